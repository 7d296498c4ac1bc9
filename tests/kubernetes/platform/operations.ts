/** The runbooks, command by command, while a client writes. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { maintenanceJob } from "../../../components/kubernetes/manifests/maintenance-job.ts";
import type { Properties } from "../../../engine/index.ts";
import { kubernetesProvider } from "../../../engine/providers.ts";
import { confluent } from "../../support/kafka/confluent-client.ts";
import { created, recordingContext } from "../../support/pulumi/driver-run.ts";
import { SteadyProducer } from "../../support/kafka/steady-producer.ts";
import {
  fewestServing,
  freeze,
  isEndedByLiveness,
  servingBrokers,
  waitForReadiness,
} from "../support/brokers.ts";
import { fromRunbook, UP } from "../support/runbook.ts";
import { brokerIds, BROKERS, cluster, LONG, PORT, stack, TOPIC } from "./stack.ts";

const RECORDS_PER_SECOND = 100;
const node = stack.addresses[0]?.split(":")[0] ?? "";

/** Tells the stack file how many brokers there are, and which have left. */
function setBrokers(brokers: number, retiredBrokers: readonly number[]): void {
  stack.set("brokers", brokers);
  stack.set("retiredBrokers", retiredBrokers);
  stack.set(
    "racks",
    Array.from({ length: brokers }, (_, at) => `zone-${"abc"[at % 3] ?? ""}`),
  );
  const addresses = Array.from({ length: brokers }, () => node);
  stack.set("access", { type: "nodePort", addresses, port: PORT });
}

/** The gauge of one broker's exporter. */
const gauge = async (broker: number, name: string): Promise<number> => {
  const metrics = await stack.kubectl(
    ...["get", "--raw"],
    `/api/v1/namespaces/${stack.namespace}/pods/kafka-${String(broker)}:9404/proxy/metrics`,
  );
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, "m").exec(metrics)?.[1]);
};

const REPLICAS = "kafka_server_replicamanager_partitioncount";

const READINESS = "/opt/kafka-platform/readiness.sh";

/** Records besides those of the steady producer. */
let written = 0;

/** Addresses of the brokers that take records: one is written to each partition. */
async function leaders(): Promise<string[]> {
  const producer = { config: await stack.as("shop-backend"), topic: TOPIC } as const;
  const { leaders: all = [] } = await confluent({ action: "spread", ...producer });
  written += all.length;
  return [...new Set(all)].toSorted();
}

/** What the job has said that looks after the version of the metadata. */
const versionLog = () => stack.kubectl("logs", "job/kafka-metadata-version");

/** What the topic holds, by its reader. */
async function recordsHeld(): Promise<number> {
  const config = await stack.as("spark-streaming");
  return (
    (await confluent({ action: "count", config, topic: TOPIC, group: "spark-streaming" })).count ??
    NaN
  );
}

export function operations(): void {
  let producer: SteadyProducer | undefined;
  let before = NaN;

  beforeAll(async () => {
    if (cluster.lab === undefined) return;
    before = await recordsHeld();
    const config = await stack.as("shop-backend");
    producer = await SteadyProducer.start(config, TOPIC, RECORDS_PER_SECOND);
  });
  afterAll(async () => {
    // Ended by the tests, unless one of them failed.
    await producer?.stop();
  });

  it(
    "serves by two brokers while one is sick, and waits or cures it before another one restarts",
    LONG,
    async () => {
      expect(await versionLog()).toContain("the metadata has version 29 (4.2) already");
      // They are where they were put: no restart has moved them yet.
      expect(await leaders()).toEqual(stack.addresses);
      const ids = await brokerIds();
      const { thaw } = await freeze(stack, "kafka-0");
      try {
        await waitForReadiness(stack, false, ["kafka-1", "kafka-2"]);
        for (const broker of [1, 2]) {
          const said = await stack.inBroker(broker, `${READINESS} && echo is ready; true`);
          expect(said).toContain("kafka-0: its exporter does not answer");
          expect(said).not.toContain("is ready");
        }
        expect(await leaders()).toEqual(stack.addresses.slice(1));
        stack.set("metadataVersion", "4.3");
        // Its liveness ends it after a minute; were another one away by then, only one would serve. Once it is
        // told to end it goes on, as otherwise it would be killed when its three minutes for that are over.
        const [{ result, fewest }] = await Promise.all([
          fewestServing(stack, stack.run(...fromRunbook("upgrade-kafka", UP))),
          isEndedByLiveness(stack, "kafka-0").then(thaw),
        ]);
        expect(result.code, result.stderr).toBe(0);
        expect(result.stderr).toContain("Waiting until every broker is well");
        expect(result.stderr).toMatch(/^up kafka-test: succeeded, /m);
        expect(fewest).toBe(2);
      } finally {
        thaw();
      }
      await waitForReadiness(stack, true, BROKERS);
      expect((await brokerIds()).filter((id) => ids.includes(id))).toEqual([]);
    },
  );

  it("raises the version of the metadata in that run, which changed nothing else", async () => {
    expect(await versionLog()).toContain("the metadata has version 30 (4.3); before: 29");
  });

  it(
    "adds a broker that votes on nothing, and restarts the others one at a time",
    LONG,
    async () => {
      const ids = await brokerIds();
      setBrokers(4, []);
      // They restart for the new peer: more memory, which restarts them by itself as well, comes along.
      stack.set("memory", "1100 MiB");
      const up = stack.succeed(...fromRunbook("add-and-remove-brokers", UP));
      expect((await fewestServing(stack, up)).fewest).toBe(3);
      expect((await brokerIds()).filter((id) => ids.includes(id))).toEqual([]);
      const limits = "jsonpath={.items[*].spec.containers[0].resources.limits.memory}";
      const brokers = ["--selector", "app.kubernetes.io/component=broker"];
      expect(await stack.kubectl("get", "pods", ...brokers, "--output", limits)).toBe(
        "1100Mi 1100Mi 1100Mi 1100Mi",
      );
      expect(await servingBrokers(stack)).toEqual(["kafka-0", "kafka-1", "kafka-2", "kafka-3"]);
      expect(
        await gauge(3, 'kafka_server_raft_metrics_current_state\\{state="observer",?\\}'),
      ).toBe(1);
      // Only the canary's topic has grown with the brokers, by one partition: Kafka says where that is.
      expect(await gauge(3, REPLICAS)).toBeLessThanOrEqual(1);
    },
  );

  it("gives the new broker its share", LONG, async () => {
    const balance = "npm run reassign -- --stack prod --balance";
    const shown = await stack.succeed(...fromRunbook("add-and-remove-brokers", balance));
    expect(shown.stdout).toMatch(/^\d+ partitions are to move\.\n(?:.*\n)*Nothing was moved/);
    await stack.succeed(...fromRunbook("add-and-remove-brokers", `${balance} --execute`));
    const held = await Promise.all([0, 1, 2, 3].map((broker) => gauge(broker, REPLICAS)));
    expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(1);
    const again = await stack.succeed("reassign", "--balance");
    expect(again.stdout).toBe("0 partitions are to move.\n");
  });

  it(
    "lets a broker leave once it holds nothing, forgets it, and keeps its volume",
    LONG,
    async () => {
      setBrokers(3, [3]);
      const refused = await stack.run("start");
      expect(refused.code).toBe(1);
      expect(refused.stderr).toMatch(
        /The brokers do not leave: broker 3 still holds \d+ replicas\./,
      );
      expect(refused.stderr).toContain(
        `npm run reassign -- --stack ${stack.namespace} --drain 3 --execute`,
      );
      expect(await servingBrokers(stack)).toHaveLength(4);

      const drain = "npm run reassign -- --stack prod --drain 3 --execute";
      await stack.succeed(...fromRunbook("add-and-remove-brokers", drain));
      expect(await gauge(3, REPLICAS)).toBe(0);
      await stack.succeed(...fromRunbook("add-and-remove-brokers", UP));
      expect(await servingBrokers(stack)).toEqual(["kafka-0", "kafka-1", "kafka-2"]);
      expect(await stack.kubectl("logs", "job/kafka-unregister-3")).toContain(
        "broker 3 is no longer part of the cluster",
      );
      const claim = ["get", "pvc", "data-kafka-3", "--output", "jsonpath={.status.phase}"];
      expect(await stack.kubectl(...claim)).toBe("Bound");
    },
  );

  it("grows volumes without a restart", LONG, async () => {
    const ids = await brokerIds();
    stack.set("storage", { class: "lab-local", size: "2 GiB" });
    await stack.succeed(...fromRunbook("grow-volumes-and-memory", UP));
    const claim = ["get", "pvc", "data-kafka-0"];
    const capacity = () =>
      stack.kubectl(...claim, "--output", "jsonpath={.status.capacity.storage}");
    await expect.poll(capacity, { timeout: 60_000 }).toBe("2Gi");
    expect(await brokerIds()).toEqual(ids);
  });

  it(
    "refused no record through all of it, and every one is there once, in order",
    LONG,
    async () => {
      if (!producer) throw new Error("there was no producer");
      const { sent, acknowledged, failures, slowestSeconds } = await producer.stop();
      producer = undefined;
      console.log(`${sent} records through all operations; the slowest took ${slowestSeconds} s`);
      expect(failures).toEqual([]);
      expect(acknowledged).toBe(sent);
      // The group has read what was there before.
      const { values = [], partitions = [] } = await confluent({
        ...{ action: "consume", config: await stack.as("spark-streaming") },
        ...{ topic: TOPIC, group: "spark-streaming", count: (await recordsHeld()) - before },
      });
      const isOther = (value: string): boolean => value.startsWith("partition ");
      expect(values.filter(isOther)).toHaveLength(written);
      const times = new Map<string, number>();
      for (const value of values.filter((one) => !isOther(one)))
        times.set(value, (times.get(value) ?? 0) + 1);
      const numbers = Array.from({ length: sent }, (_, at) => String(at));
      const last = new Map<number | undefined, number>();
      const late = values.filter((value, at) => {
        if (isOther(value)) return false;
        const before = last.get(partitions[at]) ?? -1;
        last.set(partitions[at], Number(value));
        return Number(value) < before;
      });
      expect({
        late,
        missing: numbers.filter((number) => !times.has(number)),
        twice: [...times].filter(([, count]) => count > 1).map(([value]) => value),
        records: values.length - written,
      }).toEqual({ late: [], missing: [], twice: [], records: sent });
    },
  );

  // By the job alone: with a lower version in the stack file every broker is restarted before it.
  it("refuses a lower version of the metadata", LONG, async () => {
    const { context, kubeconfig } = cluster;
    const api = await kubernetesProvider.connect({ context, kubeconfig }, recordingContext());
    const driver = kubernetesProvider.resources.find(({ type }) => type.endsWith(":Job"));
    if (!driver) throw new Error("no driver for jobs");
    const job = maintenanceJob({
      ...{ name: "kafka", namespace: stack.namespace, image: stack.imageReference },
      ...{ purpose: "lower", command: ["/opt/kafka-platform/metadata-version.sh", "4.2"] },
    });
    const inputs = JSON.parse(JSON.stringify(job)) as Properties;
    const made = created(driver, api, inputs, { ...recordingContext(), timeoutSeconds: 300 });
    await expect(made).rejects.toThrow("it is never lowered");
    await kubernetesProvider.close(api);
  });
}
