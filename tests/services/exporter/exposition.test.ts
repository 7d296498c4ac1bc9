import { expect, it } from "vitest";
import { counter, gauge, histogram } from "../../../model/observability/metric.ts";
import { exposition, histogramLines, type Sample } from "../../../services/exporter/exposition.ts";
import { CanaryFigures } from "../../../services/exporter/canary-figures.ts";

const text = (...families: Parameters<typeof exposition>[0] extends Iterable<infer F> ? F[] : []) =>
  [...exposition(families)].join("");

it("writes what Prometheus reads: help, type, and a line for each series", () => {
  const metric = gauge("kafka_broker_up", ["broker"], "1 when it answered");
  const samples: Sample[] = [
    [[1], 1],
    [[2], 0],
  ];
  expect(text({ metric, samples })).toBe(
    [
      "# HELP kafka_broker_up 1 when it answered",
      "# TYPE kafka_broker_up gauge",
      'kafka_broker_up{broker="1"} 1',
      'kafka_broker_up{broker="2"} 0',
      "",
    ].join("\n"),
  );
});

it("escapes what a group may be called, and writes infinity as Prometheus does", () => {
  const metric = counter("x_total", ["group"], "back\\slash");
  const samples: Sample[] = [[['a"b\\c\nd'], Infinity]];
  expect(text({ metric, samples })).toContain(String.raw`x_total{group="a\"b\\c\nd"} +Inf`);
  expect(text({ metric, samples })).toContain(String.raw`# HELP x_total back\\slash`);
});

it("leaves a metric without series out, its help too", () => {
  expect(text({ metric: gauge("empty", [], "nothing"), samples: [] })).toBe("");
});

it("comes in pieces, so that a large page is never in memory as a whole", () => {
  const metric = gauge("many", ["n"], "many");
  const samples = Array.from({ length: 20_000 }, (_, n): Sample => [[n], n]);
  const pieces = [...exposition([{ metric, samples }])];
  expect(pieces.length).toBeGreaterThan(3);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000);
  expect(pieces.join("").split("\n").length).toBe(20_003);
});

it("adds up the buckets of a histogram, as Prometheus wants them", () => {
  const figures = new CanaryFigures();
  for (const seconds of [0.004, 0.02, 0.02, 9]) figures.noteRead(seconds);
  const metric = histogram("latency_seconds", ["broker"], "latency");
  const lines = [...histogramLines(metric, [[[1], figures.latency]])].join("");
  expect(lines).toContain('latency_seconds_bucket{broker="1",le="0.005"} 1');
  expect(lines).toContain('latency_seconds_bucket{broker="1",le="0.025"} 3');
  expect(lines).toContain('latency_seconds_bucket{broker="1",le="+Inf"} 4');
  expect(lines).toContain('latency_seconds_count{broker="1"} 4');
  expect(lines).toContain('latency_seconds_sum{broker="1"} 9.044');
});
