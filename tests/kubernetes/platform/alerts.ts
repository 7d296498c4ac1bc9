import { expect, it } from "vitest";
import { askPrometheus, seriesOf } from "../support/prometheus.ts";
import { stack } from "./stack.ts";

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly name: string; readonly health: string }[];
  }[];
}

/** Longer than the suite takes. */
const ALL_OF_IT = "6h";

const everFired = (selector: string): string =>
  `count_over_time(ALERTS{alertstate="firing",${selector}}[${ALL_OF_IT}])`;

export function alerts(): void {
  it("has the rules of the catalogue, and can evaluate each", async () => {
    const { groups } = await askPrometheus<Rules>(stack, "rules");
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["declared:quiet_after_seconds", "KafkaBrokerDown", "Watchdog"]),
    );
    expect(rules.filter(({ health }) => health !== "ok")).toEqual([]);
  });

  it("has called nobody for what was done so far, and misses no exporter where there is none", async () => {
    const calls = everFired('severity="critical"');
    const missed = everFired('alertname="KafkaExporterDown"');
    // It fires always: without it there would be nothing to read here.
    const watchdog = everFired('alertname="Watchdog"');
    const fired = await seriesOf(stack, `${calls} or ${missed} or ${watchdog}`);
    expect(fired.map(({ alertname }) => alertname)).toEqual(["Watchdog"]);
  });
}
