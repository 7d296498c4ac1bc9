import { EXPORTER } from "../../model/observability/metric-names.ts";
import { type Family, histogramLines, type Histogram, type Sample } from "./exposition.ts";

/** Upper bounds in seconds: from a quick acknowledgement to the time after which a record counts as failed. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] as const;

/** How the canary's records through one broker have fared: of a fixed size however long it runs. */
export class CanaryFigures {
  sent = 0;
  failed = 0;
  /** Undefined before the first record. */
  up: boolean | undefined;
  readonly latency: Histogram & { readonly counts: number[]; sum: number } = {
    bounds: BOUNDS,
    counts: new Array<number>(BOUNDS.length + 1).fill(0),
    sum: 0,
  };

  noteRead(seconds: number): void {
    this.sent += 1;
    this.up = true;
    const index = BOUNDS.findIndex((bound) => seconds <= bound);
    const bucket = index < 0 ? BOUNDS.length : index;
    this.latency.counts[bucket] = (this.latency.counts[bucket] ?? 0) + 1;
    this.latency.sum += seconds;
  }

  noteFailed(): void {
    this.sent += 1;
    this.failed += 1;
    this.up = false;
  }
}

export function* canarySeries(brokers: ReadonlyMap<number, CanaryFigures>): Generator<Family> {
  const all = [...brokers];
  const counts = (key: "sent" | "failed") =>
    all.map(([id, figures]): Sample => [[id], figures[key]]);
  yield { metric: EXPORTER.canarySent, samples: counts("sent") };
  yield { metric: EXPORTER.canaryFailed, samples: counts("failed") };
  yield {
    metric: EXPORTER.canaryUp,
    samples: all.flatMap(([id, { up }]): Sample[] =>
      up === undefined ? [] : [[[id], Number(up)]],
    ),
  };
}

export const canaryLatency = (brokers: ReadonlyMap<number, CanaryFigures>): Generator<string> =>
  histogramLines(
    EXPORTER.canaryLatency,
    [...brokers].map(([id, { latency }]) => [[id], latency] as const),
  );
