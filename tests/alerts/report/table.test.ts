import { expect, it } from "vitest";
import { table } from "./table.ts";

it("shows who is told of what when, and what is held back by what", () => {
  const common = { fault: "one-broker", what: "broker 2 dies" };
  const called = { ...common, alert: "KafkaBrokerDown", kind: "called" as const };
  const held = { ...common, alert: "KafkaBrokersMissing", kind: "held back" as const };
  const shown = { ...common, alert: "AlertsNotDelivered", kind: "shown" as const };
  expect(
    table([
      { ...called, after: 151, within: 180, resolved: 190, resolvedWithin: 480 },
      { ...held, after: 320, within: 360, by: ["KafkaBrokerDown"] },
      { ...shown, within: 180 },
    ]).split("\n"),
  ).toEqual([
    "| alert | fault | told | after | at most | over after |",
    "| --- | --- | --- | --- | --- | --- |",
    "| KafkaBrokerDown | broker 2 dies | somebody is called | 151 s | 180 s | 190 s |",
    "| KafkaBrokersMissing | broker 2 dies | held back by KafkaBrokerDown | 320 s | 360 s |  |",
    "| AlertsNotDelivered | broker 2 dies | is only shown |  | 180 s |  |",
  ]);
});
