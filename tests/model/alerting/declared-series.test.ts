import { expect, test } from "vitest";
import { declaredSeries } from "../../../model/alerting/declared-series.ts";
import { INPUT } from "./alerting-input.ts";

const values = (environment: "dev" | "prod", record: string) =>
  Object.fromEntries(
    declaredSeries(INPUT, environment)
      .filter((one) => one.record === `declared:${record}`)
      .map(({ labels, value }) => [Object.values(labels).join(" "), value]),
  );

test("every group has a limit of records, unless a budget stands for it", () => {
  expect(values("prod", "lag_limit_records")).toEqual({
    "audit clicks security": 500,
    "audit orders security": 10_000,
    "billing clicks finance": 500,
    "billing orders finance": Infinity,
    "billing views finance": Infinity,
    "repair failures shop": 10_000,
    "repair orders.dlq shop": Infinity,
  });
});

test("budgets are those of the group, in seconds and in records", () => {
  expect(values("prod", "lag_budget_seconds")).toEqual({ "billing orders finance": 300 });
  expect(values("prod", "lag_budget_records")).toEqual({
    "billing clicks finance": 2_000,
    "billing views finance": 2_000,
  });
});

test("a topic with dead letters has a limit of errors, and its dead letters are known", () => {
  expect(values("prod", "error_rate_limit")).toEqual({ "clicks shop": 0.05, "orders shop": 0.1 });
  expect(values("prod", "dead_letters")).toEqual({ "failures shop": 1, "orders.dlq shop": 1 });
});

test("how much is expected is known, but for a developer's machine", () => {
  expect(values("prod", "quiet_after_seconds")).toEqual({
    "clicks shop": 7_200,
    "orders shop": 600,
  });
  expect(values("prod", "records_per_hour")).toMatchObject({
    "clicks shop": 5_000,
    "orders shop": 1_000,
  });
  expect(values("prod", "records_per_hour")).not.toHaveProperty("views shop");
  expect(values("dev", "records_per_hour")).toEqual({});
});
