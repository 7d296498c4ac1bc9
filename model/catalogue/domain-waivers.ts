import type { Waiver } from "../agreements/waiver.ts";
import type { CatalogueTopic, OwnedAccount } from "./catalogue.ts";

/** Waivers of a domain, for each topic and account of it that the rule can be about. */
export interface DomainWaivers {
  /** Who owns the domain: by it the policies know that these are one waiver, and not many. */
  readonly owner: string;
  readonly waivers?: readonly Waiver[] | undefined;
}

const OF_ACCOUNTS = /^(acl|account|quota)-/;
const OF_TOPICS = /^topic-/;

/** The topic with the domain's waivers behind its own, in every environment. */
export function topicWaivedBy(domain: DomainWaivers, topic: CatalogueTopic): CatalogueTopic {
  const more = ofDomain(domain, (rule) => !OF_ACCOUNTS.test(rule));
  if (more.length === 0) return topic;
  const { waivers = [], environments = {} } = topic;
  const changed = Object.entries(environments).map(([environment, changes]) => [
    environment,
    // What an environment says of waivers takes the place of what the topic says.
    changes?.waivers ? { ...changes, waivers: [...changes.waivers, ...more] } : changes,
  ]);
  return {
    ...topic,
    waivers: [...waivers, ...more],
    ...(topic.environments && {
      environments: Object.fromEntries(changed) as CatalogueTopic["environments"],
    }),
  };
}

/** The same of an account. */
export function accountWaivedBy(domain: DomainWaivers, account: OwnedAccount): OwnedAccount {
  const more = ofDomain(domain, (rule) => !OF_TOPICS.test(rule));
  return more.length === 0
    ? account
    : { ...account, waivers: [...(account.waivers ?? []), ...more] };
}

const ofDomain = ({ owner, waivers = [] }: DomainWaivers, wanted: (rule: string) => boolean) =>
  waivers.filter(({ rule }) => wanted(rule)).map((waiver) => ({ ...waiver, domain: owner }));
