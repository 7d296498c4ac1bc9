import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  accountName,
  dnsLabel,
  duration,
  kafkaUuid,
  port,
  size,
  topicName,
} from "../../../model/values/values.ts";

const accepts = (schema: { safeParse: (input: unknown) => { success: boolean } }, input: unknown) =>
  schema.safeParse(input).success;

describe("duration", () => {
  it.each([
    ["500ms", 500],
    ["30s", 30_000],
    ["15m", 900_000],
    ["12h", 43_200_000],
    ["7d", 604_800_000],
    ["1.5h", 5_400_000],
  ])("reads %s as %i milliseconds", (text, milliseconds) => {
    expect(duration.parse(text)).toBe(milliseconds);
  });

  it.each(["7", "7 d", "d", "-1d", "0d", "7days", "7D", "1e3d", "0.1ms", "", 7, null])(
    "refuses %j",
    (input) => {
      expect(accepts(duration, input)).toBe(false);
    },
  );
});

describe("size", () => {
  it.each([
    ["1 B", 1],
    ["512 KiB", 524_288],
    ["1 MiB", 1_048_576],
    ["1.5 GiB", 1_610_612_736],
    ["2 TiB", 2_199_023_255_552],
  ])("reads %s as %i bytes", (text, bytes) => {
    expect(size.parse(text)).toBe(bytes);
  });

  it.each(["1 MB", "1MiB", "1  MiB", "MiB", "-1 MiB", "0 B", "0.5 B", "1 mib", "", 1])(
    "refuses %j",
    (input) => {
      expect(accepts(size, input)).toBe(false);
    },
  );

  it("says what a good value looks like", () => {
    expect(size.safeParse("1 MB").error?.issues[0]?.message).toContain("512 MiB");
  });
});

test("durations and sizes of whole units multiply out exactly", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (amount) => {
      expect(duration.parse(`${String(amount)}d`)).toBe(amount * 86_400_000);
      expect(size.parse(`${String(amount)} MiB`)).toBe(amount * 1_048_576);
    }),
  );
});

test.each([
  [1024, true],
  [65_535, true],
  [1023, false],
  [65_536, false],
  [9092.5, false],
  ["9092", false],
])("port %j is accepted: %s", (input, good) => {
  expect(accepts(port, input)).toBe(good);
});

test.each([
  ["a", true],
  ["kafka-platform", true],
  ["a".repeat(40), true],
  ["a".repeat(41), false],
  ["Kafka", false],
  ["1kafka", false],
  ["kafka-", false],
  ["kafka.one", false],
])("DNS label %j is accepted: %s", (input, good) => {
  expect(accepts(dnsLabel, input)).toBe(good);
});

test.each([
  ["orders", true],
  ["shop.orders-v1", true],
  ["orders_2", true],
  ["Orders", false],
  ["orders,1", false],
  ["orders..x", false],
  ["-orders", false],
  ["a".repeat(65), false],
])("account name %j is accepted: %s", (input, good) => {
  expect(accepts(accountName, input)).toBe(good);
});

test.each([
  ["shop.orders", true],
  ["a".repeat(249), true],
  ["a".repeat(250), false],
  ["", false],
  [".", false],
  ["..", false],
  ["__consumer_offsets", false],
  ["orders/1", false],
  ["orders 1", false],
])("topic name %j is accepted: %s", (input, good) => {
  expect(accepts(topicName, input)).toBe(good);
});

test.each([
  ["4L6g3nShT-eMCtK--X86sw", true],
  ["4L6g3nShT-eMCtK--X86s", false],
  ["4L6g3nShT-eMCtK--X86sx", false],
])("Kafka id %j is accepted: %s", (input, good) => {
  expect(accepts(kafkaUuid, input)).toBe(good);
});
