/** What clients notice when a broker is sick, and when all of them are restarted. In order. */
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { confluent, installConfluentClient } from "../support/kafka/confluent-client.ts";
import { SteadyProducer } from "../support/kafka/steady-producer.ts";
import { fewestServing, freeze, servingBrokers, waitForReadiness } from "./support/brokers.ts";
import { PlatformStack } from "./support/platform-stack.ts";

const BROKERS = ["kafka-0", "kafka-1", "kafka-2"];
const TOPIC = "transactions";
const RECORDS_PER_SECOND = 200;
/** A restart of three brokers takes a minute and a half, on a busy machine several times that. */
const LONG = { timeout: 900_000 };

const cluster = inject("cluster");
const stack = new PlatformStack({ cluster, name: "kafka-test-faults", port: 30292 });

const spread = async () =>
  confluent({ action: "spread", config: await stack.as("shop-backend"), topic: TOPIC });

describe("the prod stack on Kubernetes", () => {
  beforeAll(async () => {
    if (cluster.lab === undefined) return;
    installConfluentClient();
    await stack.begin();
    await stack.succeed("start");
  });

  beforeEach(({ skip }) => {
    skip(cluster.lab === undefined, "KUBECONFIG names another cluster");
  });

  afterAll(async () => {
    if (cluster.lab !== undefined) await stack.end();
  });

  it("serves clients by two brokers while the third is sick, and each pod says which one", async () => {
    const leaders = (await spread()).leaders ?? [];
    expect([...new Set(leaders)].toSorted()).toEqual(stack.addresses);

    const { thaw } = await freeze(stack, "kafka-2");
    try {
      await waitForReadiness(stack, false, ["kafka-0", "kafka-1"]);
      for (const broker of [0, 1]) {
        const probe = stack.inBroker(broker, "/opt/kafka-platform/readiness.sh");
        await expect(probe).rejects.toThrow("exit code 1");
        const said = await stack.inBroker(broker, "/opt/kafka-platform/readiness.sh; true");
        expect(said).toContain("kafka-2: its exporter does not answer");
      }
      const left = (await spread()).leaders ?? [];
      expect(left).toHaveLength(leaders.length);
      expect([...new Set(left)].toSorted()).toEqual(stack.addresses.slice(0, 2));
    } finally {
      thaw();
    }
    await waitForReadiness(stack, true, BROKERS);
    expect(await servingBrokers(stack)).toEqual(BROKERS);
  });

  it("waits for a sick broker, or cures it, before another one is restarted", LONG, async () => {
    const before = await stack.kubectl("get", "pods", ...UIDS);
    const { thaw } = await freeze(stack, "kafka-0");
    try {
      await waitForReadiness(stack, false, ["kafka-1", "kafka-2"]);
      stack.set("properties", { "num.io.threads": 7 });
      // Its liveness ends it after a minute; were another one away by then, only one would serve.
      const { result, fewest } = await fewestServing(stack, stack.run("start"));
      expect(result.code, result.stderr).toBe(0);
      expect(result.stderr).toContain("Waiting until every broker is well");
      expect(fewest).toBe(2);
    } finally {
      thaw();
    }
    await waitForReadiness(stack, true, BROKERS);
    const after = await stack.kubectl("get", "pods", ...UIDS);
    expect(after.split(" ").filter((uid) => before.includes(uid))).toEqual([]);
  });

  it("refuses no record while every broker is restarted, one at a time", LONG, async () => {
    const config = await stack.as("spark-streaming");
    const read = { config, topic: TOPIC, group: "spark-streaming" } as const;
    const before = (await confluent({ action: "count", ...read })).count ?? NaN;
    const began = await stack.kubectl("get", "pods", ...UIDS);
    const producer = await SteadyProducer.start(
      await stack.as("shop-backend"),
      TOPIC,
      RECORDS_PER_SECOND,
    );
    stack.set("properties", { "num.io.threads": 6 });
    const { result: rolled, fewest } = await fewestServing(stack, stack.run("start"));
    const { sent, acknowledged, failures, slowestSeconds } = await producer.stop();
    console.log(`${sent} records during the restarts; the slowest took ${slowestSeconds} s`);

    expect(rolled.code, rolled.stderr).toBe(0);
    expect(rolled.stderr).toMatch(/^up kafka-test-faults: succeeded, 2 updated, \d+ unchanged/m);
    const ended = await stack.kubectl("get", "pods", ...UIDS);
    expect(ended.split(" ").filter((uid) => began.includes(uid))).toEqual([]);
    expect(fewest).toBe(2);
    expect(failures).toEqual([]);
    expect(acknowledged).toBe(sent);

    expect((await confluent({ action: "count", ...read })).count).toBe(before + sent);
    const { values = [] } = await confluent({ action: "consume", ...read, count: before + sent });
    const produced = values.filter((value) => !value.startsWith("partition"));
    expect(produced.map(Number).toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: sent }, (_, at) => at),
    );
  });
});

/** What makes kubectl print the ids of the brokers' pods. */
const UIDS = [
  ...["--selector", "app.kubernetes.io/component=broker"],
  ...["--output", "jsonpath={.items[*].metadata.uid}"],
];
