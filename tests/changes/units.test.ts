import { expect, test } from "vitest";
import { humanDuration, humanSize, humanValue, quantityBytes } from "../../changes/units.ts";

test.each([
  [604_800_000, "7d"],
  [129_600_000, "36h"],
  [90_000, "90s"],
  [1_500, "1500ms"],
  [0, "0ms"],
  [4_321_987, "about 1.20h"],
])("%d ms are %s", (milliseconds, text) => {
  expect(humanDuration(milliseconds)).toBe(text);
});

test.each([
  [2 ** 30, "1 GiB"],
  [100 * 2 ** 30, "100 GiB"],
  [1_048_588, "about 1.00 MiB"],
  [512, "512 B"],
  [0, "0 B"],
])("%d bytes are %s", (bytes, text) => {
  expect(humanSize(bytes)).toBe(text);
});

const TOPIC = "kafka:index/topic:Topic";

test.each([
  [TOPIC, "config.retention.ms", "604800000", "7d"],
  [TOPIC, "config.retention.ms", "-1", "unlimited"],
  [TOPIC, "config.max.compaction.lag.ms", "9223372036854775807", "never"],
  [TOPIC, "config.max.message.bytes", "1048576", "1 MiB"],
  [TOPIC, "config.cleanup.policy", "delete", undefined],
  [TOPIC, "config.min.insync.replicas", "2", undefined],
  [TOPIC, "config.retention.ms", "soon", undefined],
  [TOPIC, "config.retention.ms", "", undefined],
  [TOPIC, "config.__proto__", "1", undefined],
  [TOPIC, "partitions", 6, undefined],
  ["kafka:index/quota:Quota", "config.producer_byte_rate", "1048576", "1 MiB/s"],
  ["kafka:index/quota:Quota", "config.request_percentage", "50", undefined],
  ["kubernetes:core/v1:ConfigMap", "config.retention.ms", "604800000", undefined],
])("%s %s = %j means %j", (type, path, raw, human) => {
  expect(humanValue(type, path, raw)).toBe(human);
});

test.each([
  ["100Gi", 100 * 2 ** 30],
  ["1.5Ki", 1536],
  ["2G", 2e9],
  ["512", 512],
  [7, 7],
  ["much", undefined],
  [undefined, undefined],
])("the quantity %j is %j bytes", (quantity, bytes) => {
  expect(quantityBytes(quantity)).toBe(bytes);
});
