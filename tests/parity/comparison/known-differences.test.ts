import { expect, test } from "vitest";
import { type KnownDifference, KnownDifferences } from "./known-differences.ts";

const entry = (stack: KnownDifference["stack"], difference: RegExp): KnownDifference => ({
  stack,
  difference,
  reason: "for the test",
});
const found = (where: string) => ({ where, pulumi: 1, embedded: 2 });

test("only what no entry of the stack matches is unexplained", () => {
  const entries = [entry("dev", /^plan a x: pulumi 1, /), entry("prod", /^plan b /)];
  const known = new KnownDifferences(entries, "dev");
  expect(known.unexplained([found("plan a x"), found("plan b x")])).toEqual([found("plan b x")]);
});

test("an entry that matched nothing is idle, and those of other stacks are not", () => {
  const [used, unused] = [entry("dev", /^plan a /), entry("dev", /^plan c /)];
  const known = new KnownDifferences([used, unused, entry("prod", /x/)], "dev");
  expect(known.idle).toEqual([used, unused]);
  known.unexplained([found("plan a x")]);
  expect(known.idle).toEqual([unused]);
});
