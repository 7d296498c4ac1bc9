import fc from "fast-check";
import { expect, test } from "vitest";
import { configFaults, topicConfig } from "../../../model/topic/topic-config.ts";
import { TOPIC_CONFIG_KEYS, type TopicConfigName } from "../../../model/topic/topic-config-keys.ts";

const NAMES = Object.keys(TOPIC_CONFIG_KEYS) as TopicConfigName[];
import {
  canonicalValue,
  type ConfigValue,
  type ValueRule,
  wantedValue,
} from "../../../model/values/value-rules.ts";

const ruleOf = (name: TopicConfigName): ValueRule => TOPIC_CONFIG_KEYS[name];

/** A key with a good value of it, in base units or as a list. */
const good = fc
  .constantFrom(...NAMES)
  .chain((name) => fc.tuple(fc.constant(name), valueOf(ruleOf(name))));

function valueOf(rule: ValueRule): fc.Arbitrary<ConfigValue> {
  switch (rule.type) {
    case "boolean":
      return fc.boolean();
    case "choice":
      return fc.constantFrom(...rule.of);
    case "set":
      return fc.subarray([...rule.of], { minLength: 1 });
    case "real":
      return fc.double({ min: rule.min, max: Number(rule.max), noNaN: true });
    default:
      return fc.bigInt({ min: BigInt(rule.min), max: BigInt(rule.max) }).map(String);
  }
}

test("a canonical value is its own canonical form", () => {
  fc.assert(
    fc.property(good, ([name, value]) => {
      const canonical = canonicalValue(ruleOf(name), value);
      expect(typeof canonical).toBe("string");
      expect(canonicalValue(ruleOf(name), canonical)).toBe(canonical);
    }),
  );
});

test("equal values have one text, however they are written", () => {
  const units = [
    ["segment.ms", "ms", 1],
    ["segment.ms", "s", 1_000],
    ["segment.ms", "m", 60_000],
    ["segment.ms", "h", 3_600_000],
    ["segment.ms", "d", 86_400_000],
    ["segment.bytes", " MiB", 2 ** 20],
  ] as const;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_047 }), fc.constantFrom(...units), (amount, unit) => {
      const [name, suffix, factor] = unit;
      const text = String(amount * factor);
      expect(canonicalValue(ruleOf(name), `${amount}${suffix}`)).toBe(text);
      expect(canonicalValue(ruleOf(name), amount * factor)).toBe(text);
      expect(canonicalValue(ruleOf(name), text)).toBe(text);
    }),
  );
});

test("nothing outside a range has a value", () => {
  const ranged = NAMES.flatMap((name) => {
    const rule = ruleOf(name);
    return "min" in rule ? [[name, rule] as const] : [];
  });
  fc.assert(
    fc.property(fc.constantFrom(...ranged), fc.nat(), ([name, rule], beyond) => {
      const above = BigInt(rule.max) + 1n + BigInt(beyond);
      expect(canonicalValue(ruleOf(name), String(above))).toBeUndefined();
      const below = rule.min - 1 - beyond;
      expect(canonicalValue(ruleOf(name), below)).toBe(
        below === rule.also || (below === -1 && rule.unlimited) ? String(below) : undefined,
      );
    }),
  );
});

test("no input makes it throw, and what it takes it takes as canonical text", () => {
  fc.assert(
    fc.property(fc.constantFrom(...NAMES), fc.anything(), (name, anything) => {
      const canonical = canonicalValue(ruleOf(name), anything);
      if (canonical !== undefined) expect(canonicalValue(ruleOf(name), canonical)).toBe(canonical);
    }),
  );
});

test.each<[TopicConfigName, unknown, string]>([
  ["retention.ms", "7d", "604800000"],
  ["retention.ms", "unlimited", "-1"],
  ["retention.bytes", "5 GiB", "5368709120"],
  ["segment.bytes", "1 MiB", "1048576"],
  ["segment.ms", "0.5h", "1800000"],
  ["cleanup.policy", ["delete", "compact"], "compact,delete"],
  ["cleanup.policy", "delete,compact", "compact,delete"],
  ["min.cleanable.dirty.ratio", 0.01, "0.01"],
  ["min.cleanable.dirty.ratio", -0, "0"],
  ["compression.zstd.level", -3, "-3"],
  ["unclean.leader.election.enable", false, "false"],
  ["message.timestamp.type", "LogAppendTime", "LogAppendTime"],
  ["flush.ms", "9223372036854775807", "9223372036854775807"],
  // As YAML and TypeScript read that figure without quotes.
  ["flush.ms", 2 ** 63, "9223372036854775807"],
  ["flush.messages", "9007199254740993", "9007199254740993"],
  ["retention.ms", "0060000", "60000"],
  ["retention.ms", "+60000 ", "60000"],
  ["compression.gzip.level", "-1", "-1"],
  ["preallocate", "True", "true"],
  ["min.cleanable.dirty.ratio", "0.10", "0.1"],
  ["min.cleanable.dirty.ratio", ".5", "0.5"],
])("%s: %j is %s", (name, given, canonical) => {
  expect(canonicalValue(ruleOf(name), given)).toBe(canonical);
});

test.each<[TopicConfigName, unknown]>([
  ["retention.ms", "9223372036854775808"],
  ["retention.ms", 2 ** 62],
  ["compression.gzip.level", 0],
  ["min.cleanable.dirty.ratio", "0x0"],
  ["min.cleanable.dirty.ratio", ""],
  ["retention.ms", "7 days"],
  ["retention.ms", -2],
  ["retention.ms", 1.5],
  ["segment.ms", "unlimited"],
  ["segment.bytes", "1023 KiB"],
  ["segment.bytes", "2 GiB"],
  ["segment.bytes", "512MB"],
  ["cleanup.policy", "compact, delete"],
  ["cleanup.policy", ["delete", "delete"]],
  ["cleanup.policy", []],
  ["preallocate", "yes"],
  ["preallocate", 1],
  ["message.timestamp.type", "logappendtime"],
  ["min.cleanable.dirty.ratio", "1.01"],
  ["min.cleanable.dirty.ratio", Number.NaN],
])("%s: %j is refused", (name, given) => {
  expect(canonicalValue(ruleOf(name), given)).toBeUndefined();
});

test.each<[TopicConfigName, string]>([
  ["preallocate", "true or false"],
  ["message.timestamp.type", "one of CreateTime, LogAppendTime"],
  ["cleanup.policy", "one or more of compact, delete"],
  ["segment.bytes", "a size such as 512 MiB, from 1,048,576 to 2,147,483,647 bytes"],
  ["compression.gzip.level", "a whole number from 1 to 9, or -1"],
  ["min.cleanable.dirty.ratio", "a number from 0 to 1"],
  ["flush.ms", "a duration such as 12h or 7d, from 0 to 9,223,372,036,854,775,807 ms"],
])("%s wants %s", (name, wanted) => {
  expect(wantedValue(ruleOf(name))).toBe(wanted);
});

test("a declaration's configuration comes out canonical", () => {
  expect(topicConfig.parse({ "segment.ms": "1d", preallocate: true })).toEqual({
    "segment.ms": "86400000",
    preallocate: "true",
  });
});

test("whatever a field sets is refused by name, and every other key is taken", () => {
  const refused = NAMES.filter((name) => {
    const rule = ruleOf(name);
    const value = "of" in rule ? rule.of[0] : "min" in rule ? String(rule.max) : true;
    return !topicConfig.safeParse({ [name]: value }).success;
  });
  expect(refused).toEqual([
    "cleanup.policy",
    "delete.retention.ms",
    "max.message.bytes",
    "min.insync.replicas",
    "retention.bytes",
    "retention.ms",
  ]);
});

test("throttles of a reassignment and unknown keys are no declarations", () => {
  for (const key of ["leader.replication.throttled.replicas", "nope"]) {
    expect(topicConfig.safeParse({ [key]: "x" }).error?.issues).toMatchObject([
      { code: "unrecognized_keys", keys: [key] },
    ]);
  }
});

test.each<[Record<string, string>, string[]]>([
  [{}, []],
  [{ "local.retention.ms": "3600000" }, []],
  [{ "local.retention.ms": "-2", "local.retention.bytes": "-2" }, []],
  [{ "retention.ms": "-1", "local.retention.ms": "-1" }, []],
  [
    { "cleanup.policy": "compact,delete" },
    ["remote.storage.enable with cleanup.policy compact: Kafka compacts on brokers alone"],
  ],
  [
    { "retention.ms": "1000", "local.retention.ms": "1001" },
    ["local.retention.ms 1001 is above retention.ms 1000: brokers would keep more than the topic"],
  ],
  [
    { "retention.bytes": "1000", "local.retention.bytes": "-1" },
    [
      "local.retention.bytes -1 is above retention.bytes 1000: brokers would keep more than the topic",
    ],
  ],
])("a topic with tiered storage and %j has the faults that Kafka finds", (config, faults) => {
  expect(configFaults({ ...config, "remote.storage.enable": "true" })).toEqual(faults);
  expect(configFaults({ ...config, "remote.storage.enable": "false" })).toEqual([]);
});
