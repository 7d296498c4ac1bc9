import { expect, it } from "vitest";
import type { Measured } from "./measured.ts";
import { complaintOf } from "./verdict.ts";

const good: Measured = {
  ...{ fault: "one-broker", alert: "KafkaBrokerDown", what: "broker 2 dies", kind: "called" },
  ...{ after: 150, within: 180, resolved: 200, resolvedWithin: 480 },
};

it("finds nothing wrong with an alert that comes in time and is over in time", () => {
  expect(complaintOf(good)).toBeUndefined();
  expect(complaintOf({ ...good, after: 180, resolved: 480 })).toBeUndefined();
});

it.each<[Partial<Measured>, string]>([
  [{ after: undefined }, "one-broker: KafkaBrokerDown was not called"],
  [{ after: undefined, kind: "held back" }, "one-broker: KafkaBrokerDown was not held back"],
  [{ after: 181 }, "one-broker: KafkaBrokerDown was called after 181 s; wanted at most 180 s"],
  [
    { resolved: 481 },
    "one-broker: KafkaBrokerDown was told to be over after 481 s; wanted at most 480 s",
  ],
])("complains of %j", (change, complaint) => {
  expect(complaintOf({ ...good, ...change })).toBe(complaint);
});

it("complains of an end that was never told, and of one that nobody waited for", () => {
  const { fault, alert, what, kind, after, within, resolvedWithin = NaN } = good;
  const open = { fault, alert, what, kind, after, within };
  expect(complaintOf({ ...open, resolvedWithin })).toBe(
    "one-broker: KafkaBrokerDown was not told to be over; wanted within 480 s",
  );
  expect(complaintOf(open)).toBe("one-broker: KafkaBrokerDown: nobody waited for its end");
  expect(complaintOf({ ...open, kind: "held back" })).toBeUndefined();
});
