import { expect, it } from "vitest";
import { Problems } from "../../../operations/look/problems.ts";

function said(...cycles: readonly Readonly<Record<string, string>>[]): string[] {
  const lines: string[] = [];
  const problems = new Problems((line) => lines.push(line));
  for (const cycle of cycles) problems.note("offsets", new Map(Object.entries(cycle)));
  return lines.map((line) => {
    const { level, part, message } = JSON.parse(line) as Record<string, string>;
    return `${level ?? ""} ${part ?? ""} ${message ?? ""}`;
  });
}

it("says a problem once while it lasts, and once that it is over", () => {
  const down = { "2 UNREACHABLE": "broker 2 does not answer" };
  expect(said(down, down, down, {})).toEqual([
    "warn offsets broker 2 does not answer",
    "info offsets over: broker 2 does not answer",
  ]);
});

it("says a second problem of the same part, and nothing when all is well", () => {
  expect(said({ a: "one" }, { a: "one", b: "two" })).toEqual([
    "warn offsets one",
    "warn offsets two",
  ]);
  expect(said({}, {})).toEqual([]);
});
