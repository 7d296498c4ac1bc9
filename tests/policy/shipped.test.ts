import { beforeAll, expect, test } from "vitest";
import { evaluate } from "../../policy/evaluate.ts";
import { type Finding, isBlocking } from "../../policy/finding.ts";
import type { PolicyResource } from "../../policy/resource.ts";
import { TEST_DOMAINS } from "../support/catalogue.ts";
import { shippedProgram } from "../support/pulumi/shipped-programs.ts";

const today = new Date("2026-11-25");

let dev: PolicyResource[];
let prod: PolicyResource[];

beforeAll(async () => {
  dev = await shippedProgram("dev", TEST_DOMAINS);
  prod = await shippedProgram("prod", TEST_DOMAINS);
}, 120_000);

/** Images of others, which are named by a release's tag. */
const WAIVED = ["image-digest ui", "image-digest alertmanager", "image-digest prometheus"];

const nameOf = ({ urn }: Finding) => urn.split("::").at(-1) ?? "";
const lines = (findings: readonly Finding[]) =>
  findings.map((finding) => `${finding.rule} ${nameOf(finding)}`);
const isWaived = ({ waiver }: Finding) => waiver !== undefined;

test("the dev stack breaks no rule", () => {
  expect(lines(evaluate(dev, { environment: "dev", today }))).toEqual([]);
});

test("the prod stack breaks no mandatory rule but those that it waives", () => {
  const findings = evaluate(prod, { environment: "prod", today });
  expect(lines(findings.filter(isBlocking))).toEqual([]);
  expect(lines(findings.filter(isWaived))).toEqual(WAIVED);
});

test.for(["dev", "prod"] as const)(
  "the %s stack with the shipped catalogue breaks no mandatory rule that it does not waive",
  async (environment) => {
    const findings = evaluate(await shippedProgram(environment), { environment, today });
    expect(lines(findings.filter(isBlocking))).toEqual([]);
  },
);

test("the prod stack is advised of what only its owners can decide", () => {
  const findings = evaluate(prod, { environment: "prod", today });
  const advice = Map.groupBy(
    findings.filter((finding) => !isWaived(finding)),
    ({ rule }) => rule,
  );
  expect(Object.fromEntries([...advice].map(([rule, all]) => [rule, all.length]))).toEqual({
    "topic-retention-bytes": 1,
  });
});

test("a waiver counts until the end of its last day, and is a violation from then on", () => {
  const judged = (day: string) =>
    lines(evaluate(prod, { environment: "prod", today: new Date(day) }).filter(isBlocking));
  expect(judged("2027-05-31T23:59:59Z")).toEqual([]);
  expect(judged("2027-06-01T00:00:00Z")).toEqual([
    ...WAIVED.map(() => "waiver-expired kafka"),
    ...WAIVED,
  ]);
});
