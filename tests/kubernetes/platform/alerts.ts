import { expect, it } from "vitest";
import { REDUCED } from "../../alerts/faults.ts";
import { Proof } from "../../alerts/prove.ts";
import { Receiver } from "../../alerts/receiver.ts";
import { complaintsOf } from "../../alerts/verdict.ts";
import { watchedBy } from "../../alerts/watched-by.ts";
import { ClusterUnderTest } from "../../faults/cluster.ts";
import { NODE } from "../support/platform-stack.ts";
import { askPrometheus, seriesOf } from "../support/prometheus.ts";
import { LONG, stack } from "./stack.ts";

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly name: string; readonly health: string }[];
  }[];
}

/** Longer than the suite takes. */
const ALL_OF_IT = "6h";

const everFired = (selector: string): string =>
  `count_over_time(ALERTS{alertstate="firing",${selector}}[${ALL_OF_IT}])`;

let receiver: Receiver | undefined;
let proof: Proof | undefined;

/** Whoever is called is here. @returns what the stack file says of it */
export async function beginReceiving(): Promise<object> {
  receiver = await Receiver.start(NODE);
  proof = new Proof({ cluster: new ClusterUnderTest(stack), receiver });
  return watchedBy(receiver);
}

export const stopReceiving = async (): Promise<void> => receiver?.stop();

export function alerts(): void {
  it("has the rules of the catalogue, and can evaluate each", LONG, async () => {
    const rules = async () => {
      const { groups } = await askPrometheus<Rules>(stack, "rules");
      return groups.flatMap((group) => group.rules);
    };
    expect((await rules()).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["declared:quiet_after_seconds", "KafkaBrokerDown", "Watchdog"]),
    );
    // It has just been told of other brokers, and evaluates each group within a minute.
    const notEvaluated = async () =>
      (await rules()).filter(({ health }) => health !== "ok").map(({ name }) => name);
    await expect.poll(notEvaluated, { timeout: 90_000, interval: 5_000 }).toEqual([]);
  });

  it("has called nobody for what was done so far, and never missed the exporter", async () => {
    const calls = everFired('severity="critical"');
    const missed = everFired('alertname="KafkaExporterDown"');
    // It fires always: without it there would be nothing to read here.
    const watchdog = everFired('alertname="Watchdog"');
    const fired = await seriesOf(stack, `${calls} or ${missed} or ${watchdog}`);
    expect(fired.map(({ alertname }) => alertname)).toEqual(["Watchdog"]);
  });

  it("calls once, for the broker alone, when a broker dies", LONG, async () => {
    await proof?.prove(REDUCED);
    expect(proof?.complaints).toEqual([]);
    const told = receiver?.told.filter(({ way }) => way === "calls") ?? [];
    expect(told.filter(({ labels }) => labels["alertname"] === "KafkaBrokerDown")).toMatchObject([
      { status: "firing", labels: { broker: "2", severity: "critical", owner: "platform" } },
    ]);
  });
}

/** Some minutes later: Alertmanager does not tell at once what it has told of lately. */
export function alertsOver(): void {
  it("came within three minutes, and are told to be over", LONG, async () => {
    await proof?.settle();
    expect(proof?.measured).toHaveLength(2);
    expect(complaintsOf(proof?.measured ?? [])).toEqual([]);
  });
}
