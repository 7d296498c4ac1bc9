import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accountAccess } from "../../../model/catalogue/account-access.ts";
import { TopicsOfAccounts } from "../../../model/catalogue/account-topics.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import {
  CLIENT_FORMATS,
  type ClientFormatName,
} from "../../../model/credentials/client-formats.ts";
import {
  CLIENT_PROFILE_NAMES,
  type ClientProfileName,
} from "../../../model/credentials/client-profiles.ts";
import { clientSettings } from "../../../model/credentials/client-settings.ts";
import { event } from "../../../model/topic/topic-profiles.ts";
import { ENVIRONMENTS } from "../../../model/values/environment.ts";
import { accessCluster, loginOf, untilCoordinated } from "../../support/access/access-cluster.ts";
import {
  type ClientConfig,
  confluent,
  installConfluentClient,
} from "../../support/kafka/confluent-client.ts";
import type { JarBroker } from "../../support/kafka/jar-broker.ts";
import { consoleTool } from "../../support/kafka/kafka-tool.ts";

// Clients that nobody here wrote, with the files as they are written: what topics accept can be sent
// and read, with the codec that they declare, over TLS.

const MIB = 1_048_576;
/** For tests of four tools, each a Java of its own. */
const TOOLS_MS = 120_000;
const topic = (maxMessageSize: `${number} MiB`, producerCodec: "none" | "zstd") =>
  event({
    ...{ description: "d", key: "k", classification: "public", partitions: 1 },
    ...{ eventsPerHour: { from: 0, to: 1 }, maxMessageSize, producerCodec },
  });
const catalogue = loadCatalogue({
  domains: {
    "topics/a.ts": {
      owner: "shop",
      topics: {
        ...{ "java-2": topic("2 MiB", "none"), "java-10": topic("10 MiB", "none") },
        ...{ "c-2": topic("2 MiB", "none"), "c-10": topic("10 MiB", "none") },
        ...{ "java-packed": topic("1 MiB", "zstd"), "c-packed": topic("1 MiB", "zstd") },
      },
      accounts: {
        ...Object.fromEntries(
          [2, 10].map((size) => [
            `writer-${size}`,
            { description: "d", produces: [`java-${size}`, `c-${size}`] },
          ]),
        ),
        packer: { description: "d", produces: ["java-packed", "c-packed"] },
        reader: {
          description: "d",
          consumes: [{ topics: ["java-2", "java-10", "c-2", "c-10"], group: "reader" }],
        },
      },
    },
  },
});

let broker: JarBroker;
let caFile: string;

beforeAll(async () => {
  installConfluentClient();
  const accounts = catalogue.accounts.map((account) => accountAccess(account));
  broker = await accessCluster(catalogue.topics, accounts, { listeners: ["tls"] });
  await untilCoordinated(broker);
  caFile = path.join(broker.folder, "broker.pem");
});
afterAll(() => broker.destroy());

/** The content of an account's file. */
function written(
  account: string,
  format: ClientFormatName,
  profile: ClientProfileName = "durability",
  environment: (typeof ENVIRONMENTS)[number] = "dev",
): string {
  const declared = catalogue.accounts.find(({ name }) => name === account);
  if (!declared) throw new Error(`no account ${account}`);
  const connection = {
    bootstrapServers: broker.tlsServer,
    tlsEnabled: true,
    caCertificate: readFileSync(caFile, "utf8"),
    ...{ ...loginOf(account, "SCRAM-SHA-512"), mechanism: "SCRAM-SHA-512" },
    consumerGroups: account === "reader" ? ["reader"] : [],
    topics: new TopicsOfAccounts(catalogue.topics, environment).of(declared),
    environment,
  };
  return CLIENT_FORMATS[format].render(clientSettings(connection, profile), caFile);
}

/** A line each, and nothing to be unescaped: as kcat and the examples of librdkafka read it. */
const readLines = (text: string): ClientConfig =>
  Object.fromEntries(
    text
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );

/** One of Kafka's own tools with the properties file of an account. */
async function tool(mainClass: string, content: string, args: readonly string[], input?: string) {
  const client = path.join(broker.folder, "account.client.properties");
  writeFileSync(client, content, { mode: 0o600 });
  const connection = { bootstrap: broker.tlsServer, client };
  return consoleTool(`org.apache.kafka.tools.${mainClass}`, connection, args, input);
}

/** How many records the only partition of a topic has. */
async function stored(name: string): Promise<number> {
  const client = await broker.clientConfig();
  const where = ["--bootstrap-server", broker.bootstrapServer, "--command-config", client];
  const printed = await broker.tool("org.apache.kafka.tools.GetOffsetShell", [
    ...where,
    ...["--topic", name],
  ]);
  return Number(printed.trim().split(":").at(-1));
}

/** A record that just fits into a batch of so many mebibytes. */
const record = (mebibytes: number) => "x".repeat(mebibytes * MIB - 1000);

test.each([2, 10])(
  "Kafka's own tools write and read a record of %i MiB with the files as written",
  async (size) => {
    const name = `java-${size}`;
    const writer = written(`writer-${size}`, "properties");
    const send = (content: string) =>
      tool("ConsoleProducer", content, ["--topic", name], `${record(size)}\n`);
    await send(writer.replace(/^max\.request\.size=.*\n/m, ""));
    expect(await stored(name), "without the size").toBe(0);
    await send(writer);
    expect(await stored(name)).toBe(1);
    const once = ["--from-beginning", "--max-messages", "1", "--timeout-ms", "30000"];
    const reader = written("reader", "properties");
    const read = await tool("consumer.ConsoleConsumer", reader, ["--topic", name, ...once]);
    expect(read.trim() === record(size)).toBe(true);
  },
  TOOLS_MS,
);

test.each([2, 10])(
  "librdkafka writes and reads a record of %i MiB with the files as written",
  async (size) => {
    const name = `c-${size}`;
    const text = written(`writer-${size}`, "librdkafka");
    const writer = readLines(text);
    const without = readLines(text.replace(/^message\.max\.bytes=.*\n/m, ""));
    const send = (config: ClientConfig) =>
      confluent({ action: "produce", config, topic: name, records: [record(size)] });
    expect(await send(without)).toMatchObject({ error: "MSG_SIZE_TOO_LARGE" });
    expect(await send(writer)).toEqual({ produced: 1 });
    const config = readLines(written("reader", "librdkafka"));
    const read = await confluent({
      ...{ action: "consume", config, topic: name },
      ...{ group: "reader", count: 1 },
    });
    expect(read.values?.map((value) => value === record(size))).toEqual([true]);
  },
);

/** Codecs of the batches that a topic's only partition has on disk. */
async function codecsOf(name: string): Promise<string[]> {
  const folder = path.join(broker.folder, "data", `${name}-0`);
  const files = readdirSync(folder).filter((file) => file.endsWith(".log"));
  const printed = await broker.tool("org.apache.kafka.tools.DumpLogSegments", [
    "--files",
    files.map((file) => path.join(folder, file)).join(","),
  ]);
  return [
    ...new Set([...printed.matchAll(/compresscodec: (\w+)/g)].map(([, codec = ""]) => codec)),
  ];
}

test(
  "batches have the codec that their topic declares, and another file gives them another",
  async () => {
    const load = ["--num-records", "50", "--record-size", "500", "--throughput", "-1"];
    const send = (content: string) =>
      tool("ProducerPerformance", content, ["--topic", "java-packed", ...load]);
    await send(written("packer", "properties"));
    expect(await codecsOf("java-packed")).toEqual(["zstd"]);
    await send(
      written("packer", "properties").replace("compression.type=zstd", "compression.type=lz4"),
    );
    expect(await codecsOf("java-packed")).toEqual(["zstd", "lz4"]);

    const config = readLines(written("packer", "librdkafka"));
    const records = Array.from({ length: 50 }, () => "y".repeat(500));
    await confluent({ action: "produce", config, topic: "c-packed", records });
    expect(await codecsOf("c-packed")).toEqual(["zstd"]);
  },
  TOOLS_MS,
);

test("librdkafka accepts every setting of every profile in every environment, and no unknown one", async () => {
  const accepted = (config: ClientConfig) => confluent({ action: "accept", config });
  const all = CLIENT_PROFILE_NAMES.flatMap((profile) =>
    ENVIRONMENTS.map((environment) => ({ profile, environment })),
  );
  for (const { profile, environment } of all) {
    for (const account of ["writer-10", "reader"]) {
      const config = readLines(written(account, "librdkafka", profile, environment));
      expect(await accepted(config), `${account} ${profile} ${environment}`).toEqual({});
    }
  }
  const java = { ...readLines(written("reader", "librdkafka")), "fetch.max.wait.ms": "500" };
  expect(await accepted(java)).toMatchObject({ error: "_INVALID_ARG" });
});
