import { describe, expect, test } from "vitest";
import { type AclEntry, covers, coversDenial, type Right } from "../../../model/access/acl.ts";
import { compileGrants, consumerGroups } from "../../../model/access/compile-grants.ts";
import { accountAccess } from "../../../model/catalogue/account-access.ts";
import type { CatalogueAccount } from "../../../model/catalogue/catalogue.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { topicSpec } from "../../../model/topic/topic-spec.ts";
import { SettingsError } from "../../../model/values/faults.ts";
import {
  accountOf,
  accountWith,
  CATALOGUE_NAMES,
  declarationOf,
  DEFAULTS,
  isDenied,
  realCatalogue,
  type RealTopic,
  parts,
  rightOf,
} from "../../support/catalogues/real-catalogues.ts";

const TARGET = { environment: "prod", brokers: 3, tieredStorage: true } as const;

const domainOf = (topics: readonly RealTopic[], accounts: object = {}) => ({
  owner: "theirs",
  defaults: DEFAULTS,
  topics: Object.fromEntries(topics.map((topic) => [topic.name, declarationOf(topic)])),
  accounts,
});
const load = (topics: readonly RealTopic[], accounts: object = {}) =>
  loadCatalogue({ domains: { "theirs.ts": domainOf(topics, accounts) } }, TARGET);

/** What is refused of a part, by the topic. */
function refusals(topics: readonly RealTopic[]): string[] {
  try {
    load(topics);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return [...error.faults];
  }
}

/** Kafka 4 removed it: it takes the key from nobody. */
const REMOVED = "message.timestamp.difference.max.ms";

const all = CATALOGUE_NAMES.flatMap((name) =>
  parts(realCatalogue(name).topics).map((topics, part) => ({ name, part, topics })),
);

test("every topic of the five catalogues is declared as it is, or refused with Kafka's own reason", () => {
  const topics = all.flatMap((one) => one.topics);
  const faults = all.flatMap((one) => refusals(one.topics));
  const removed = topics.filter(({ config }) => Object.hasOwn(config, REMOVED));
  expect(topics).toHaveLength(831);
  expect(faults.filter((fault) => !fault.includes(REMOVED))).toEqual([]);
  expect(faults).toHaveLength(removed.length);
  expect(removed.length / topics.length).toBeLessThan(0.01);
});

test.each(all)("each value of $name, part $part, is what Kafka is told", ({ topics }) => {
  const taken = topics.filter(({ config }) => !Object.hasOwn(config, REMOVED));
  const loaded = new Map(load(taken).topics.map((topic) => [topic.name, topicSpec(topic, "prod")]));
  for (const { name, partitions, replicationFactor, config } of taken) {
    const spec = loaded.get(name);
    expect(spec).toMatchObject({ partitions, replicationFactor: replicationFactor ?? 3 });
    // Without the key it is -1.
    const { "retention.bytes": bytes = "-1", ...rest } = config;
    expect({ "retention.bytes": "-1", ...spec?.config }).toMatchObject({
      ...rest,
      "retention.bytes": bytes,
    });
  }
});

describe.each(["observatory", "retailer"] as const)("the entries of %s", (name) => {
  const { topics, acls = [] } = realCatalogue(name);
  const [part = []] = parts(topics);
  const taken = part.filter(({ config }) => !Object.hasOwn(config, REMOVED));
  const byAccount = Map.groupBy(acls, ({ principal }) => accountOf(principal));
  const names = taken.map((topic) => topic.name);
  const accounts = Object.fromEntries(
    [...byAccount].map(([account, own]) => [account, accountWith(own, names)]),
  );
  const loaded = new Map<string, CatalogueAccount>();

  test("are each what an account does, or says in Kafka's words", () => {
    for (const account of load(taken, accounts).accounts) loaded.set(account.name, account);
    expect([...loaded.keys()].sort()).toEqual([...byAccount.keys()].sort());
  });

  test.each([...byAccount])("are those of %s, no more and no fewer", (account, own) => {
    const declared = loaded.get(account);
    if (!declared) throw new Error(`${account} was not loaded`);
    const entries = compileGrants(accountAccess(declared)).map(({ entry }) => entry);
    const isSaid = (acl: Right, denied: boolean, by: readonly [Right, boolean][]) =>
      by.some(
        ([other, denies]) => denied === denies && (denied ? coversDenial : covers)(other, acl),
      );
    const wanted = own.map((acl): [Right, boolean] => [rightOf(acl), isDenied(acl)]);
    const got = entries.map((entry: AclEntry): [Right, boolean] => [
      entry,
      entry.permission === "Deny",
    ]);
    expect(wanted.filter(([acl, denied]) => !isSaid(acl, denied, got))).toEqual([]);
    expect(got.filter(([entry, denied]) => !isSaid(entry, denied, wanted))).toEqual([]);
  });
});

test("every consumer group is one that an account may join", () => {
  const { topics, groups = [] } = realCatalogue("retailer");
  const [first] = topics;
  if (!first) throw new Error("no topic");
  // Everything is no name: whoever may join every group says so in Kafka's words.
  const named = groups.filter((group) => group !== "*");
  const consumer = {
    description: "d",
    consumes: named.map((group) => ({ topics: [first.name], group })),
    acls: [{ allow: ["Read"], on: "group:*" }],
  };
  const [account] = load([first], { consumer }).accounts;
  if (!account) throw new Error("no account");
  expect(groups).toHaveLength(670);
  expect(consumerGroups({ grants: account.grants })).toEqual([...new Set(named)].sort());
});
