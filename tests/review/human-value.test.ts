import { expect, test } from "vitest";
import { humanValue } from "../../review/human-value.ts";

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
