import { expect, test } from "vitest";
import { evaluate } from "../../policy/evaluate.ts";
import type { Finding } from "../../policy/finding.ts";
import { shippedProgram } from "../support/pulumi/shipped-programs.ts";

/** Rules about single topics, and about what all of them take together. */
const OF_TOPICS = /^(topic-|storage-size$)/;

/** What policies find in the topics of a stack: under a waiver, and how often without one. */
async function findingsIn(environment: "dev" | "prod") {
  const resources = await shippedProgram(environment);
  const findings = evaluate(resources, { environment, today: new Date("2026-11-25") });
  const ofTopics = findings.filter(({ rule }) => OF_TOPICS.test(rule));
  const line = ({ rule, urn }: Finding) => `${rule} ${urn.split("::").at(-1) ?? ""}`;
  const advice = Map.groupBy(
    ofTopics.filter(({ waiver }) => !waiver),
    ({ rule }) => rule,
  );
  return {
    waived: ofTopics.filter(({ waiver }) => waiver).map(line),
    advice: Object.fromEntries([...advice].map(([rule, all]) => [rule, all.length])),
  };
}

const KEPT_LONGER = [
  "topic-retention fraud-alerts",
  "topic-retention schema-history.client_2",
  "topic-retention tda_audit",
];

test("in dev three topics are kept longer than a month, each under a waiver", async () => {
  expect(await findingsIn("dev")).toEqual({ waived: KEPT_LONGER, advice: {} });
});

test("in prod the same three are kept longer, and owners are advised to limit sizes and to spread partitions", async () => {
  expect(await findingsIn("prod")).toEqual({
    waived: KEPT_LONGER,
    advice: { "storage-size": 1, "topic-partitions-spread": 3, "topic-retention-bytes": 24 },
  });
});
