import { expect, it } from "vitest";
import { timeWithZone } from "../../../cli/terminal/time-with-zone.ts";

const at = (given: string) => new Date(timeWithZone("to-time", given)).toISOString();

it("reads a time with its zone", () => {
  expect(at("2026-03-01T08:00:00Z")).toBe("2026-03-01T08:00:00.000Z");
  expect(at("2026-03-01T09:00+01:00")).toBe("2026-03-01T08:00:00.000Z");
  expect(at("2026-03-01 02:30:00.250-0530")).toBe("2026-03-01T08:00:00.250Z");
  expect(at("2026-03-01Z")).toBe("2026-03-01T00:00:00.000Z");
});

it("refuses one without a zone, and shows both readings", () => {
  expect(() => at("2026-03-01T08:00")).toThrow(
    /has no zone\. As UTC it is 2026-03-01T08:00:00\.000Z; as the time of this machine \(.+\) it is 2026-03-01T08:00:00[+-]\d\d:\d\d/,
  );
});

it.each([
  "",
  "yesterday",
  "2026-02-30T00:00:00Z",
  "2026-03-01T25:00:00Z",
  "1772352000",
  "2026-3-1Z",
])("refuses %j", (given) => {
  expect(() => at(given)).toThrow("wanted a time with its zone");
});
