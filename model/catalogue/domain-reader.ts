import type { z } from "zod";
import { describeFaults, SettingsError } from "../values/faults.ts";
import { accountName, topicName } from "../values/values.ts";
import { accountSchema } from "../access/account-declaration.ts";
import type { CatalogueTopic, OwnedAccount } from "./catalogue.ts";
import { DEAD_LETTER_SUFFIX, deadLetterTopic } from "./dead-letters.ts";
import { idleFields } from "../topic/idle-fields.ts";
import { type Topic, topicSchema } from "../topic/topic-declaration.ts";
import { domainSchema, withDefaults } from "./domain-declaration.ts";
import { accountWaivedBy, topicWaivedBy } from "./domain-waivers.ts";
import { hiddenNames } from "./checks/hidden-names.ts";
import { namingFaults } from "./checks/naming.ts";
import { formerSpellings } from "../agreements/former-spellings.ts";

interface Declarations {
  readonly topics: readonly CatalogueTopic[];
  readonly accounts: readonly OwnedAccount[];
}

/** What was read of a file, and what was wrong with it. */
export interface Read extends Declarations {
  readonly faults: readonly string[];
  /** What is written in the spelling of the release before, or has no effect. */
  readonly warnings: readonly string[];
  /**
   * Names of topics that a file with faults means to declare: whatever names them is not dangling.
   * Undefined for a file that does not even say that.
   */
  readonly attempted: readonly string[] | undefined;
}

/**
 * What a file declares. One bad declaration does not hide what is wrong with the others.
 *
 * @param declaration a domain, or a function that makes one; what that refuses is a fault of the file
 */
export function readDomain(file: string, declaration: unknown): Read {
  const { domain: written, faults: refused } = domainOf(declaration);
  if (refused) {
    const faults = refused.map((fault) => `${file}: ${fault}`);
    return { faults, warnings: [], topics: [], accounts: [], attempted: undefined };
  }
  const hidden = hiddenNames(written).map((fault) => `${file}: ${fault}`);
  const domain = withDefaults(written);
  const parsed = domainSchema.safeParse(domain);
  const warnings = formerSpellings(domain, "").map((warning) => `${file}: ${warning}`);
  if (parsed.success) {
    const { naming } = parsed.data;
    const misnamed = (["topics", "accounts"] as const).flatMap((kind) =>
      namingFaults(kind, Object.keys(parsed.data[kind]), naming),
    );
    const faults = misnamed.map((fault) => `${file}: ${fault}`);
    warnings.push(...idle(parsed.data).map((warning) => `${file}: ${warning}`));
    faults.push(...hidden);
    return { ...declared(parsed.data), faults, warnings, attempted: [] };
  }
  const topics = entriesOf(domain, "topics");
  const valid = {
    owner: "",
    topics: validOnes(topics, topicName, topicSchema),
    accounts: validOnes(entriesOf(domain, "accounts"), accountName, accountSchema),
  };
  return {
    ...declared(valid),
    faults: [...hidden, ...describeFaults(parsed.error, domain, `${file}: `)],
    warnings,
    attempted: topics.flatMap(([name]) => [name, `${name}${DEAD_LETTER_SUFFIX}`]),
  };
}

/** What has no effect in the topics of a domain. */
const idle = ({ topics }: z.output<typeof domainSchema>): string[] =>
  Object.entries(topics).flatMap(([name, topic]) =>
    idleFields(topic).map((warning) => `topics.${name}.${warning}`),
  );

/** A domain, or what the function refuses that makes it. */
export function domainOf(declaration: unknown): { domain?: unknown; faults?: readonly string[] } {
  if (typeof declaration !== "function") return { domain: declaration };
  try {
    return { domain: (declaration as () => unknown)() };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { faults: error.faults };
  }
}

const declared = (domain: z.output<typeof domainSchema>): Declarations => ({
  topics: Object.entries(domain.topics)
    .flatMap(([name, topic]) => withDeadLetter(name, domain.owner, topic))
    .map((topic) => topicWaivedBy(domain, topic)),
  accounts: Object.entries(domain.accounts)
    .map(([name, account]) => ({ ...account, name, owner: account.owner ?? domain.owner }))
    .map((account) => accountWaivedBy(domain, account)),
});

function entriesOf(domain: unknown, part: "topics" | "accounts"): [string, unknown][] {
  const { [part]: value } = Object(domain) as Record<string, unknown>;
  return Object.entries(Object(value) as Record<string, unknown>);
}

const validOnes = <T>(entries: [string, unknown][], key: z.ZodType, schema: z.ZodType<T>) =>
  Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const parsed = schema.safeParse(value);
      return key.safeParse(name).success && parsed.success ? [[name, parsed.data] as const] : [];
    }),
  );

/** A topic, and its dead letter topic where it has one of its own. */
function withDeadLetter(name: string, owner: string, topic: Topic): CatalogueTopic[] {
  const { deadLetter, ...values } = topic;
  if (deadLetter !== true) return [{ ...values, name, owner, deadLetter }];
  const own = `${name}${DEAD_LETTER_SUFFIX}`;
  return [
    { ...values, name, owner, deadLetter: own },
    { ...deadLetterTopic(name, topic), name: own, owner, deadLetter: undefined },
  ];
}
