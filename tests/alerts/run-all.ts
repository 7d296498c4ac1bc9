/** The watched prod stack put up, harmed in every way that was asked for, and taken away. */
import { constants, setPriority } from "node:os";
import { ClusterUnderTest } from "../faults/cluster.ts";
import { bringUpLab, takeDownLab } from "../kubernetes/support/lab.ts";
import { NODE, PlatformStack } from "../kubernetes/support/platform-stack.ts";
import { askPrometheus } from "../kubernetes/support/prometheus.ts";
import { until } from "../faults/health.ts";
import { installConfluentClient } from "../support/kafka/confluent-client.ts";
import { declareDomains } from "./causes/domains.ts";
import type { Fault } from "./fault.ts";
import { Proof } from "./prove.ts";
import { Receiver } from "./receiver.ts";
import { watchedBy } from "./watched-by.ts";

const FIRST_PORT = 30692;
const SCRAPED_WITHIN_MS = 120_000;

/**
 * @param rounds faults that are caused together
 * @param changed is told whenever something more was measured
 */
export async function runAll(
  rounds: readonly (readonly Fault[])[],
  changed: (proof: Proof) => void,
): Promise<Proof> {
  installConfluentClient();
  const { cluster, takeDown } = await bringUpLab();
  // Whoever runs `up` is no node of a real cluster: here it takes what the brokers leave.
  setPriority(constants.priority.PRIORITY_LOW);
  const stack = new PlatformStack({ cluster, name: "kafka-alerts", port: FIRST_PORT });
  const underTest = new ClusterUnderTest(stack);
  const receiver = await Receiver.start(NODE);
  const proof = new Proof({ cluster: underTest, receiver }, changed);
  // Packet rules and the stack are not left behind.
  const interrupted = () => {
    console.error("interrupted: taking the stack away");
    void underTest.end().finally(() => process.exit(130));
  };
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    await stack.begin({ enabled: false }, undefined, await watchedBy(receiver));
    await declareDomains(stack.checkout);
    await stack.succeed("start");
    await underTest.healthy();
    await isWatched(stack, receiver);
    for (const faults of rounds) await proof.prove(...faults);
    await proof.settle();
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    await underTest.end();
    await receiver.stop();
    if (takeDown) await takeDownLab();
  }
  return proof;
}

interface Targets {
  readonly activeTargets: readonly { readonly health: string }[];
}

/** Waits until Prometheus reads every target, and the watchdog has been told. */
const isWatched = (stack: PlatformStack, receiver: Receiver): Promise<void> =>
  until(async () => {
    const { activeTargets } = await askPrometheus<Targets>(stack, "targets?state=active");
    if (activeTargets.some(({ health }) => health !== "up")) return "Prometheus does not read all";
    return receiver.told.some(({ way }) => way === "watchdog")
      ? undefined
      : "the watchdog says nothing";
  }, SCRAPED_WITHIN_MS);
