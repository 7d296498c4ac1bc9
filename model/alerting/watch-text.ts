import type { CatalogueTopic } from "../catalogue/catalogue.ts";
import type { DeclaredConsumption } from "../catalogue/consumptions.ts";
import { durationText } from "../values/amount-text.ts";
import { LIMITS } from "./thresholds.ts";

/** How far a group may be behind, as people read it: `5m`, `10,000 records`. Undefined without a budget. */
export function budgetText({
  milliseconds,
  records,
}: DeclaredConsumption["budget"]): string | undefined {
  const both = [
    ...(milliseconds === undefined ? [] : [durationText(milliseconds)]),
    ...(records === undefined ? [] : [`${records.toLocaleString("en-US")} records`]),
  ];
  return both.length === 0 ? undefined : both.join(" or ");
}

/** From when on the owner of a topic is told: what holds in one environment, defaults included. */
export function watchText({
  alerts = {},
  deadLetter,
  quietAfter,
}: Pick<CatalogueTopic, "alerts" | "deadLetter" | "quietAfter">): string {
  const { lag = LIMITS.lagRecords, errorRate = LIMITS.errorRate } = alerts;
  return [
    ...(lag === "off" ? [] : [`lag above ${lag.toLocaleString("en-US")}`]),
    ...(deadLetter === undefined || errorRate === "off"
      ? []
      : [`more than ${Number((errorRate * 100).toPrecision(3))} % dead letters`]),
    ...(quietAfter === undefined ? [] : [`quiet for ${durationText(quietAfter)}`]),
  ].join(", ");
}
