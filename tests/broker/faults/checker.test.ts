/** The checker of the fault scenarios on a real broker: it passes what is well, and finds what was planted. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LoadJournal } from "../../faults/checker/journal.ts";
import { Load, readBack, readByBoth } from "../../faults/checker/clients.ts";
import { judge } from "../../faults/checker/verdict.ts";
import {
  confluent,
  installConfluentClient,
  scramConfig,
} from "../../support/kafka/confluent-client.ts";
import { clientProperties } from "../../support/kafka/jar-broker-files.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { adminOf, told } from "../../support/kafka/kafka-clients.ts";

const TOPICS = ["checked-a", "checked-b"];
const NO_FAULTS = { lost: 0, duplicated: 0, reordered: 0, displaced: 0, unknown: 0 };

let broker: JarBroker;
const config = () =>
  scramConfig(broker.bootstrapServer, broker.admin.username, broker.admin.password);

async function createTopics(names: readonly string[], partitions: number): Promise<void> {
  const admin = await adminOf(broker);
  const topics = names.map((name) => ({ name, partitions, replicationFactor: 1, configs: {} }));
  expect(told(await admin.createTopics(topics))).toEqual(names.map(() => "ok"));
  await admin.close();
}

/** What both readers find of a journal, in topics of this run. */
async function verdictOf(journal: LoadJournal, topics: readonly string[]) {
  return judge(
    journal,
    await readByBoth({
      ...{ topics, config: config(), bootstrap: broker.bootstrapServer },
      properties: clientProperties(broker.admin),
    }),
  );
}

describe("the checker", { timeout: 180_000 }, () => {
  beforeAll(async () => {
    installConfluentClient();
    broker = await JarBroker.start();
  });
  afterAll(() => broker.destroy());

  it("accounts for every record through a crash of the broker and a change of login", async () => {
    await createTopics(TOPICS, 3);
    const args = { topics: TOPICS, producers: 3, rate: 500, minIsr: 1 };
    const load = await Load.start({ config: config(), ...args });
    await broker.kill();
    await broker.startAgain();
    await load.use(config());
    await sleep(3000);
    const journal = await load.stop();
    const verdict = await verdictOf(journal, TOPICS);

    expect(verdict.complaints).toEqual([]);
    expect(verdict.faults).toEqual(NO_FAULTS);
    expect(verdict.failed).toBe(0);
    expect(verdict.acknowledged).toBe(verdict.sent);
    expect(journal.sent).toHaveLength(3);
    // A start takes more than a second, in which nothing is accepted and ten seconds of which are the worst.
    expect(verdict.longestGapMs).toBeGreaterThan(1000);
    expect(verdict.worst10sP99Ms).toBeGreaterThan(1000);
    expect(verdict.p50Ms).toBeLessThan(verdict.p99Ms);
  });

  it("finds a lost, a repeated and an exchanged record, and one that nobody sent", async () => {
    await createTopics(["planted"], 1);
    const values = ["0", "2", "1", "3", "3", "6"].map(
      (sequence) => `planted 0 ${sequence} padding`,
    );
    await confluent({ action: "produce", config: config(), topic: "planted", records: values });
    const [first] = await readBack(config(), ["planted"]);
    if (!first) throw new Error("nothing was read back");
    const acknowledged = [0, 1, 2, 3, 4].map((sequence) => ({
      ...{ ...first, sequence, offset: -1 },
      ...{ sentMs: sequence, latencyMs: 5 },
    }));
    const { faults, complaints } = await verdictOf(
      { sent: [6], acknowledged, failures: ["_MSG_TIMED_OUT"], samples: [] },
      ["planted"],
    );
    expect(faults).toEqual({ lost: 1, duplicated: 1, reordered: 1, displaced: 0, unknown: 1 });
    expect(complaints).toEqual(
      ["librdkafka", "the console consumer"].flatMap((reader) => [
        `1 lost by ${reader}: 4 of producer 0`,
        `1 duplicated by ${reader}: 3 of producer 0`,
        `1 reordered by ${reader}: 1 of producer 0`,
        `1 unknown by ${reader}: 6 of producer 0`,
      ]),
    );
  });

  it("finds that acknowledged records have gone", async () => {
    await createTopics(["shortened"], 2);
    const load = await Load.start({
      ...{ config: config(), topics: ["shortened"], producers: 1, rate: 200, minIsr: 1 },
    });
    const journal = await load.stop();
    const file = path.join(broker.folder, "records-to-delete.json");
    const records = { partitions: [{ topic: "shortened", partition: 1, offset: 1 }], version: 1 };
    await writeFile(file, JSON.stringify(records));
    await broker.tool("org.apache.kafka.tools.DeleteRecordsCommand", [
      ...["--bootstrap-server", broker.bootstrapServer],
      ...["--command-config", await broker.clientConfig()],
      ...["--offset-json-file", file],
    ]);
    const gone = journal.acknowledged.find(
      ({ partition, offset }) => partition === 1 && offset === 0,
    );
    const { faults, complaints } = await verdictOf(journal, ["shortened"]);
    expect(faults).toEqual({ ...NO_FAULTS, lost: 1 });
    const name = `${String(gone?.sequence)} of producer 0`;
    expect(complaints).toEqual([
      `1 lost by librdkafka: ${name}`,
      `1 lost by the console consumer: ${name}`,
    ]);
  });
});
