import type { Metric } from "../../model/observability/metric.ts";

/** One value of a metric: its labels in the order in which the metric declares them. */
export type Sample = readonly [labels: readonly (string | number)[], value: number];

/** A metric with all its samples. Of a histogram, samples carry the suffix and `le` themselves. */
export interface Family {
  readonly metric: Metric;
  readonly samples: Iterable<Sample>;
}

export const CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Bytes that are handed on at a time, about. */
const CHUNK = 64 * 1024;

/**
 * Prometheus' text format, version 0.0.4, in pieces: a page of a hundred thousand series is never in
 * memory as a whole. A metric without samples is left out.
 */
export function* exposition(families: Iterable<Family>): Generator<string> {
  let text = "";
  for (const { metric, samples } of families) {
    let isFirst = true;
    for (const [labels, value] of samples) {
      if (isFirst)
        text += `# HELP ${metric.name} ${escaped(metric.help, false)}\n# TYPE ${metric.name} ${metric.type}\n`;
      isFirst = false;
      text += `${metric.name}${labelled(metric.labels, labels)} ${shown(value)}\n`;
      if (text.length >= CHUNK) {
        yield text;
        text = "";
      }
    }
  }
  yield text;
}

/** The series of a histogram, bucket by bucket. */
export function* histogramLines(
  metric: Metric,
  histograms: Iterable<readonly [labels: readonly (string | number)[], histogram: Histogram]>,
): Generator<string> {
  let text = `# HELP ${metric.name} ${escaped(metric.help, false)}\n# TYPE ${metric.name} histogram\n`;
  let isEmpty = true;
  for (const [labels, { bounds, counts, sum }] of histograms) {
    isEmpty = false;
    let count = 0;
    for (const [index, bound] of [...bounds, Infinity].entries()) {
      count += counts[index] ?? 0;
      const named = labelled([...metric.labels, "le"], [...labels, shown(bound)]);
      text += `${metric.name}_bucket${named} ${String(count)}\n`;
    }
    text += `${metric.name}_sum${labelled(metric.labels, labels)} ${shown(sum)}\n`;
    text += `${metric.name}_count${labelled(metric.labels, labels)} ${String(count)}\n`;
  }
  if (!isEmpty) yield text;
}

/** Counts by upper bound; one more count than bounds, for what is above them all. */
export interface Histogram {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  readonly sum: number;
}

function labelled(names: readonly string[], values: readonly (string | number)[]): string {
  if (names.length === 0) return "";
  const pairs = names.map((name, index) => `${name}="${escaped(String(values[index]), true)}"`);
  return `{${pairs.join(",")}}`;
}

function shown(value: number): string {
  if (value === Infinity) return "+Inf";
  if (value === -Infinity) return "-Inf";
  return String(value);
}

function escaped(text: string, quoted: boolean): string {
  if (!/[\\\n"]/.test(text)) return text;
  const plain = text.replaceAll("\\", String.raw`\\`).replaceAll("\n", String.raw`\n`);
  return quoted ? plain.replaceAll('"', String.raw`\"`) : plain;
}
