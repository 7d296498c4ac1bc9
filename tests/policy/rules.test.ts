import { describe, expect, it, test } from "vitest";
import { POLICY_RULES } from "../../model/agreements/policy-rules.ts";
import { evaluate } from "../../policy/evaluate.ts";
import type { PolicyResource } from "../../policy/resource.ts";
import { RULE_TEXTS } from "../../policy/rules.ts";
import { ALL_CASES } from "./cases/all.ts";
import type { Case, Cases } from "./cases/case.ts";
import { EVERYTHING } from "./resources.ts";

const today = new Date("2026-11-25T12:00:00Z");

const KINDS = ["good", "bad", "missing", "unknown", "unrelated"] as const;

const listOf = (given: Case[0]): readonly PolicyResource[] => ("urn" in given ? [given] : given);

describe.for<[string, Cases]>(Object.entries(ALL_CASES))("%s", ([rule, cases]) => {
  const { environment = "prod" } = cases;
  it.for(KINDS.flatMap((kind) => cases[kind].map((one, n) => [kind, n, one] as const)))(
    "judges its %s case %i as the case says",
    ([kind, , [given, ...messages]]) => {
      const found = evaluate(listOf(given), { environment, today });
      expect(
        found.filter((finding) => finding.rule === rule).map(({ message }) => message),
      ).toEqual(messages);
      if (kind === "good" || kind === "unrelated") expect(messages).toEqual([]);
    },
  );
});

test("every id is the id of one rule", () => {
  const ids = RULE_TEXTS.map(({ id }) => id);
  expect(ids.toSorted()).toEqual(POLICY_RULES.toSorted());
});

test("each rule says what is right, why, and what to do", () => {
  for (const { title, reason, fix } of RULE_TEXTS) {
    expect(title).toMatch(/^.+[^.]$/);
    expect(reason).toMatch(/^[A-Z].*\.$/);
    expect(fix).toMatch(/^[A-Z].*\.$/);
  }
});

test("a cluster in which nothing is wrong has no finding", () => {
  expect(evaluate(EVERYTHING, { environment: "prod", today })).toEqual([]);
});
