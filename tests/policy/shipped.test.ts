import { beforeAll, expect, test } from "vitest";
import { evaluate } from "../../policy/evaluate.ts";
import { type Finding, isBlocking } from "../../policy/finding.ts";
import type { PolicyResource } from "../../policy/resource.ts";
import { shippedProgram } from "../support/pulumi/shipped-programs.ts";

const today = new Date("2026-11-25");

let dev: PolicyResource[];
let prod: PolicyResource[];

beforeAll(async () => {
  dev = await shippedProgram("dev");
  prod = await shippedProgram("prod");
}, 120_000);

const nameOf = ({ urn }: Finding) => urn.split("::").at(-1) ?? "";
const lines = (findings: readonly Finding[]) =>
  findings.map((finding) => `${finding.rule} ${nameOf(finding)}`);
const isWaived = ({ waiver }: Finding) => waiver !== undefined;

const KEPT_LONGER = [
  "topic-retention fraud-alerts",
  "topic-retention schema-history.client_2",
  "topic-retention tda_audit",
];

test("the dev stack breaks no rule but those it waives", () => {
  const findings = evaluate(dev, { environment: "dev", today });
  expect(lines(findings)).toEqual(KEPT_LONGER);
  expect(findings.every(isWaived)).toBe(true);
});

test("the prod stack breaks no mandatory rule but those it waives", () => {
  const findings = evaluate(prod, { environment: "prod", today });
  expect(lines(findings.filter(isBlocking))).toEqual([]);
  expect(lines(findings.filter(isWaived))).toEqual([...KEPT_LONGER, "image-digest ui"]);
});

test("what the prod stack is advised of: what only its owners can decide", () => {
  const findings = evaluate(prod, { environment: "prod", today });
  const advice = Map.groupBy(
    findings.filter((finding) => !isWaived(finding)),
    ({ rule }) => rule,
  );
  expect(Object.fromEntries([...advice].map(([rule, all]) => [rule, all.length]))).toEqual({
    "broker-rack": 3,
    "quota-default": 1,
    "service-sources": 3,
    "storage-size": 1,
    "topic-partitions-spread": 3,
    "topic-retention-bytes": 24,
  });
});

test("a waiver counts until the end of its last day, and is a violation from then on", () => {
  const judged = (day: string) =>
    lines(evaluate(prod, { environment: "prod", today: new Date(day) }).filter(isBlocking));
  expect(judged("2027-05-31T23:59:59Z")).toEqual([]);
  expect(judged("2027-06-01T00:00:00Z")).toEqual(["waiver-expired kafka", "image-digest ui"]);
});
