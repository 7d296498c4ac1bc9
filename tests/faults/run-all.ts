/** The stack put up, harmed in every way that was asked for, and taken away. */
import { constants, setPriority } from "node:os";
import { bringUpLab, takeDownLab } from "../kubernetes/support/lab.ts";
import { installConfluentClient } from "../support/kafka/confluent-client.ts";
import { PlatformStack } from "../kubernetes/support/platform-stack.ts";
import { ClusterUnderTest } from "./cluster.ts";
import { tell } from "./report/tell.ts";
import { keep } from "./results.ts";
import { type Result, runScenario } from "./run-scenario.ts";
import type { Scenario } from "./scenario.ts";
import { SCENARIOS } from "./scenarios.ts";

/** Of the cluster that scenarios share. */
const FIRST_PORT = 30392;
/** As many as a cluster of three brokers has, rounded up. */
const PORTS = 10;

/**
 * Runs scenarios one after the other, tells each result, and keeps it. First those that share a
 * cluster, then each that puts up one of its own.
 *
 * @param image that the lab has already, by digest. Default: built of the checkout
 */
export async function runAll(scenarios: readonly Scenario[], image?: string): Promise<Result[]> {
  installConfluentClient();
  const { cluster, takeDown } = await bringUpLab();
  // Whoever runs `up` is no node of a real cluster: here it takes what the brokers leave.
  setPriority(constants.priority.PRIORITY_LOW);
  const results: Result[] = [];
  try {
    const sharing = scenarios.filter(({ begin }) => begin === undefined);
    if (sharing.length > 0) {
      const shared = new ClusterUnderTest(
        new PlatformStack({ cluster, name: "kafka-faults", port: FIRST_PORT }),
      );
      results.push(...(await runOn(shared, sharing, image, () => shared.begin(image))));
    }
    const alone = SCENARIOS.filter(({ begin }) => begin !== undefined);
    for (const scenario of scenarios.filter((one) => alone.includes(one))) {
      // Ports of its own: Kubernetes keeps those of a killed `up` reserved for a while.
      const port = FIRST_PORT + PORTS * (1 + alone.indexOf(scenario));
      const own = new ClusterUnderTest(
        new PlatformStack({ cluster, name: `kafka-${scenario.name}`, port }),
      );
      results.push(...(await runOn(own, [scenario], image)));
    }
  } finally {
    if (takeDown) await takeDownLab();
  }
  return results;
}

/** Runs scenarios on one cluster, which is taken away afterwards. */
async function runOn(
  underTest: ClusterUnderTest,
  scenarios: readonly Scenario[],
  image: string | undefined,
  begin: () => Promise<void> = () => Promise.resolve(),
): Promise<Result[]> {
  const results: Result[] = [];
  const stop = { asked: false };
  // Packet rules and the stack are not left behind; what is cut short is no result.
  const interrupted = () => {
    stop.asked = true;
    console.error("interrupted: taking the stack away");
    void underTest.end().finally(() => process.exit(130));
  };
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    await begin();
    for (const scenario of scenarios) {
      console.log(`--- ${scenario.name}: ${scenario.title}`);
      const result = await runScenario(underTest, scenario, image);
      // What ends the process waits for the stack to go.
      if (stop.asked) await new Promise(() => undefined);
      keep(result);
      results.push(result);
      tell(result);
    }
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    if (!stop.asked) await underTest.end();
  }
  return results;
}
