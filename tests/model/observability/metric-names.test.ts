import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { EXPORTER_GRANTS } from "../../../model/observability/exporter-access.ts";
import { BROKER, EXPORTER } from "../../../model/observability/metric-names.ts";
import { declaredRights } from "../../../model/access/rights.ts";

const all = [...Object.values(EXPORTER), ...Object.values(BROKER)];

it("has each name once, in the form that Prometheus asks for", () => {
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { name, labels } of all) {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    // Prometheus adds it: one of ours would become exported_cluster.
    expect(labels).not.toContain("cluster");
  }
});

it("ends the names of counters in total, and of nothing else but the one that was asked for", () => {
  const ours = Object.values(EXPORTER);
  const counters = ours.filter(({ type }) => type === "counter").map(({ name }) => name);
  expect(counters.filter((name) => !name.endsWith("_total"))).toEqual([]);
  const others = ours.filter(({ type }) => type !== "counter").map(({ name }) => name);
  const misleading = others.filter((name) => name.endsWith("_total"));
  expect(misleading).toEqual([EXPORTER.groupLagTotal.name]);
});

it("uses no metric of a broker that no rule of the agent could produce", () => {
  const rules = readFileSync(path.resolve("images/kafka/jmx-exporter.yml"), "utf8")
    .toLowerCase()
    .replaceAll("-", "_");
  const kafka = Object.values(BROKER).filter(({ name }) => name.startsWith("kafka_"));
  const object = /^kafka_[a-z]+_((?:[a-z]+_)+?metrics|[a-z]+)_/;
  const suffix = ({ name }: { name: string }) => name.replace(object, "").replace(/_total$/, "");
  // The rules for times of requests and for idle shares take every name that ends so.
  const producible = (word: string) =>
    rules.includes(word) || /(timems|avgidlepercent)$/.test(word);
  const unknown = kafka.map(suffix).filter((word) => !producible(word));
  expect(unknown).toEqual([]);
  expect(kafka.length).toBeGreaterThan(50);
  expect(producible("underreplicatedpartitons")).toBe(false);
});

it("lets the exporter write to the canary's topic, and change nothing else", () => {
  const rights = declaredRights(EXPORTER_GRANTS).map(({ right }) => right);
  const reading = ["Describe", "DescribeConfigs", "Read"];
  const changing = rights.filter(({ operation }) => !reading.includes(operation));
  expect(changing.map(({ operation, resourceName }) => `${operation} ${resourceName}`)).toEqual([
    "Write kafka-platform.canary",
  ]);
});
