import { expect, test } from "vitest";
import { describeDifference, differences } from "./differences.ts";

test("equal values have no differences, whatever the order of their keys", () => {
  const one = { a: [1, { b: null }], c: "x" };
  const other = { c: "x", a: [1, { b: null }] };
  expect(differences("state", one, other)).toEqual([]);
});

test("each innermost place is told, with what either side has there", () => {
  const pulumi = { "urn::a": { verb: "update", keys: ["x", "y"] }, "urn::b": { verb: "same" } };
  const embedded = { "urn::a": { verb: "replace", keys: ["x"] } };
  expect(differences("plan", pulumi, embedded)).toEqual([
    { where: "plan urn::a verb", pulumi: "update", embedded: "replace" },
    { where: "plan urn::a keys 1", pulumi: "y", embedded: undefined },
    { where: "plan urn::b", pulumi: { verb: "same" }, embedded: undefined },
  ]);
});

test("nothing, an empty list, an empty object and null are four different things", () => {
  const [ones, others] = [0, 1].map(() => [undefined, [], {}, null]);
  for (const [at, one] of ones?.entries() ?? []) {
    for (const [where, other] of others?.entries() ?? []) {
      expect(differences("x", { v: one }, { v: other })).toHaveLength(at === where ? 0 : 1);
    }
  }
});

test("a list is not the object with the same keys", () => {
  expect(differences("x", ["a"], { 0: "a" })).toEqual([
    { where: "x", pulumi: ["a"], embedded: { 0: "a" } },
  ]);
});

test("a difference is one line, cut where it is long", () => {
  const line = describeDifference({ where: "x", pulumi: undefined, embedded: "y".repeat(1000) });
  expect(line).toMatch(/^x: pulumi has none, embedded "y{199}…$/);
});
