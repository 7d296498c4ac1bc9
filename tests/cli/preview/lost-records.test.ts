import { expect, test } from "vitest";
import { lossesOf } from "../../../cli/preview/lost-records.ts";
import { declaredState, planGoals, type ResourceGoal } from "../../../engine/index.ts";
import { PROVIDERS } from "../../../engine/providers.ts";
import { provider, STACK, topic } from "../../engine/goals.ts";

const today = new Date("2026-11-25");
const base = [provider(), topic("orders"), topic("sales")];

/** What becomes of the records when these goals come after the ones above. */
function losses(goals: readonly ResourceGoal[], failures: { urn: string; message: string }[] = []) {
  const given = { stack: STACK, providers: PROVIDERS };
  const { state } = declaredState({ ...given, goals: base });
  const { resources } = planGoals({ ...given, goals, state });
  return lossesOf({ resources, failures }, today);
}

test("no record is lost where nothing changes, or a topic comes or grows", () => {
  expect(losses(base)).toEqual([]);
  expect(losses([...base, topic("new")])).toEqual([]);
  expect(losses([provider(), topic("orders", { partitions: 12 }), topic("sales")])).toEqual([]);
});

test("a topic that goes, and one with fewer partitions, are named", () => {
  const [orders, sales, ...more] = losses([provider(), topic("orders", { partitions: 3 })]);
  expect(orders).toMatch(/^Topic orders: partitions 6 → 3/);
  expect(sales).toMatch(/^Topic sales: /);
  expect(more).toEqual([]);
});

test("of a program that fails nothing is told: what it would declare is not known", () => {
  expect(losses([provider()], [{ urn: "", message: "the catalogue is not valid" }])).toEqual([]);
  expect(losses([provider()])).toHaveLength(2);
});
