import { expect, test } from "vitest";
import { connectTopics } from "../../../model/catalogue/connect-topics.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import type { WrittenTopic } from "../../../model/topic/topic-declaration.ts";
import { compactedTable, event } from "../../../model/topic/topic-profiles.ts";
import type { SettingsError } from "../../../model/values/faults.ts";

const OWN = {
  classification: "internal",
  ...{ description: "d", key: "k", eventsPerHour: { from: 0, to: 9 } },
} as const;
const events = event({ ...OWN, partitions: 3 });
const table = (partitions: number, more: Partial<WrittenTopic> = {}) => ({
  ...compactedTable({ ...OWN, partitions }),
  ...more,
});

/** What is wrong with a domain of these topics and one account, `worker`. */
function faults(topics: object, grants: object, accountGroups = {}): readonly string[] {
  const worker = { description: "d", ...grants };
  const domain = { owner: "o", topics, accounts: { worker } };
  try {
    loadCatalogue({ domains: { "topics/a.ts": domain }, accountGroups });
    return [];
  } catch (error) {
    return (error as SettingsError).faults;
  }
}

const names = { configTopic: "configs", offsetTopic: "offsets", statusTopic: "status" };
const connect = (more = {}) => ({ connect: [{ group: "etl", ...names, ...more }] });
const AT = "topics/a.ts: accounts.worker: topic";
const WHY = "because a worker refuses to start on any other";

test("what the helper makes is fit for Connect", () => {
  expect(faults(connectTopics(names), connect())).toEqual([]);
});

test("Connect's topics are compacted, and its configuration has one partition", () => {
  const topics = { ...connectTopics(names), configs: events, status: events };
  expect(faults(topics, connect())).toEqual([
    `${AT} "configs" is the config topic of Connect cluster "etl": given 3 partitions (dev, staging, prod); wanted exactly 1, ${WHY}`,
    `${AT} "configs" is the config topic of Connect cluster "etl": given cleanup "delete"; wanted "compact", ${WHY}`,
    `${AT} "status" is the status topic of Connect cluster "etl": given cleanup "delete"; wanted "compact", ${WHY}`,
  ]);
  const growing = {
    ...connectTopics(names),
    configs: table(1, { environments: { prod: { partitions: 6 } } }),
  };
  expect(faults(growing, connect())).toEqual([
    `${AT} "configs" is the config topic of Connect cluster "etl": given 6 partitions (prod); wanted exactly 1, ${WHY}`,
  ]);
});

test("one topic is not two of Connect's, nor of two clusters, nor of Connect and a registry", () => {
  expect(
    faults({ configs: table(1) }, connect({ offsetTopic: "configs", statusTopic: "configs" })),
  ).toEqual([
    'topic "configs": given as the config topic of Connect cluster "etl" (topics/a.ts: accounts.worker) and ' +
      'the offset topic of Connect cluster "etl" (topics/a.ts: accounts.worker) and the status topic of ' +
      'Connect cluster "etl" (topics/a.ts: accounts.worker); wanted a topic of its own for each',
  ]);
  const both = { connect: [...connect().connect, { group: "other", ...names }] };
  expect(faults(connectTopics(names), both)).toHaveLength(3);
  const registry = { schemaRegistries: [{ topics: ["configs"], group: "registry" }] };
  expect(faults(connectTopics(names), { ...connect(), ...registry })).toHaveLength(1);
});

test("one Connect cluster that is declared twice has its topics once", () => {
  const again = { connect: [...connect().connect, ...connect().connect] };
  expect(faults(connectTopics(names), again)).toEqual([]);
});

test("a registry's topic is compacted and has one partition, also where a group of accounts names it", () => {
  const grant = { schemaRegistries: [{ topics: ["_sche*"], group: "registry" }] };
  expect(faults({ _schemas: table(1) }, grant)).toEqual([]);
  const group = { description: "d", owner: "o", ...grant };
  for (const [given, told] of [
    [faults({ _schemas: table(3) }, grant), "topics/a.ts: accounts.worker"],
    [
      faults({ _schemas: table(3) }, {}, { registries: group }),
      "topics/account-groups.ts: registries",
    ],
  ] as const) {
    expect(given).toEqual([
      `${told}: topic "_schemas" is where schema registry "registry" keeps its schemas: given 3 partitions ` +
        "(dev, staging, prod); wanted exactly 1, because a registry refuses to start on any other, or loses schemas",
    ]);
  }
});

test("MirrorMaker's topics are as it would make them, where they are declared", () => {
  const grant = { mirrorsFrom: ["eu"], mirrorsTo: [{ target: "us", topics: ["eu.orders"] }] };
  const fit = {
    ...{ "eu.orders": events, "mm2-configs.eu.internal": table(1) },
    ...{ "mm2-offsets.eu.internal": table(25), "mm2-status.eu.internal": table(5) },
    ...{ "eu.checkpoints.internal": table(1), "mm2-offset-syncs.us.internal": table(1) },
  };
  expect(faults(fit, grant)).toEqual([]);
  const unfit = {
    ...fit,
    "mm2-configs.eu.internal": table(2),
    "mm2-offset-syncs.us.internal": events,
  };
  expect(faults(unfit, grant)).toHaveLength(3);
});
