import { expect, test } from "vitest";
import { TopicsOfAccounts } from "../../model/catalogue/account-topics.ts";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { clientSettings } from "../../model/credentials/client-settings.ts";
import type { Environment } from "../../model/values/environment.ts";
import { DECLARATIONS } from "../../topics/index.ts";

const { topics, accounts } = loadCatalogue(DECLARATIONS);

/** Codec and largest sizes that an account's file has: what it sends, and what it fetches. */
function figures(name: string, environment: Environment) {
  const account = accounts.find((one) => one.name === name);
  if (!account) throw new Error(`no account ${name}`);
  const login = { username: name, password: "p", mechanism: "SCRAM-SHA-512", consumerGroups: [] };
  const where = { bootstrapServers: "a:1", tlsEnabled: false, environment };
  const own = new TopicsOfAccounts(topics, environment).of(account);
  const { producer, consumer } = clientSettings({ ...login, ...where, topics: own }, "durability");
  return [
    producer["compression.type"],
    producer["max.request.size"],
    consumer["max.partition.fetch.bytes"],
  ];
}

const MIB = 1_048_576;
const size = (mebibytes: number) => String(mebibytes * MIB);

test.each<[string, Environment, ReturnType<typeof figures>]>([
  ["shop-backend", "dev", ["lz4", size(2), undefined]],
  ["spark-streaming", "dev", ["gzip", size(10), size(2)]],
  ["analytics-collector", "dev", ["gzip", undefined, undefined]],
  ["analytics-collector", "prod", ["lz4", undefined, undefined]],
  // Of its change streams, and not of the topics in which its worker keeps its own state.
  ["debezium", "prod", ["lz4", undefined, undefined]],
  // Failed records with what is added to them.
  ["windowed-jobs", "prod", ["lz4", String(MIB + 65_536), undefined]],
  ["tda_backend_api", "prod", ["lz4", size(11), size(10)]],
])("clients of %s in %s send and fetch as their topics declare", (name, environment, expected) => {
  expect(figures(name, environment)).toEqual(expected);
});
