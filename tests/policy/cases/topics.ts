import { type PolicyResource, UNKNOWN } from "../../../policy/resource.ts";
import { MANAGED_TOPIC } from "../../../model/stack/resource-types.ts";
import {
  ACL,
  changed,
  COMPACTED,
  CONTAINER,
  CREDENTIAL,
  DECLARATION,
  everythingWith,
  REMOVED,
  resource,
  STATEFUL_SET,
  TOPIC,
  topicNamed,
  unprotected,
} from "../resources.ts";
import type { CasesOf } from "./case.ts";

const config = (key: string, value: unknown) => changed(TOPIC, ["config", key], value);
const compacted = (key: string, value: unknown) => changed(COMPACTED, ["config", key], value);
const NOT_KNOWN = "is not known yet; wanted";
const MONTH = "2592000000 (30 days)";

const NOT_PROTECTED = "the option protect is not set; wanted true";

/** A topic without protection whose declaration says that it may go: retired, or by an approval. */
function leaving(change: string, until: string): PolicyResource[] {
  const consent = { reason: "r", by: "shop", until };
  const declaration =
    change === "retire"
      ? changed(DECLARATION, ["retire"], consent)
      : changed(DECLARATION, ["approve"], [{ change, ...consent }]);
  return [declaration, { ...unprotected(TOPIC), parent: DECLARATION.urn }];
}

const PARTITIONS = "wanted 1 to 60, or more with a reason";
const partitions = (count: unknown) => changed(TOPIC, ["partitions"], count);
/** A topic as its declaration makes it, and that declaration. */
const child = (count: number) => ({ ...partitions(count), parent: DECLARATION.urn });
const declaredWith = (count: number, reason: string) =>
  changed(changed(DECLARATION, ["spec"], { partitions: count }), ["partitionsReason"], reason);

export const TOPIC_CASES: CasesOf<
  | "topic-replication"
  | "topic-min-isr"
  | "topic-unclean-election"
  | "topic-partitions"
  | "topic-name"
  | "topic-protect"
  | "topic-owner"
  | "topic-retention"
  | "topic-retention-bytes"
  | "topic-compaction"
  | "topic-config-keys"
  | "topic-compression"
  | "topic-name-collision"
  | "topic-fits-brokers"
  | "topic-partitions-spread"
> = {
  "topic-replication": {
    good: [[TOPIC]],
    bad: [
      [changed(TOPIC, ["replicationFactor"], 2), "replicationFactor is 2; wanted 3"],
      [changed(TOPIC, ["replicationFactor"], 4), "replicationFactor is 4; wanted 3"],
    ],
    missing: [
      [changed(TOPIC, ["replicationFactor"], REMOVED), "replicationFactor is missing; wanted 3"],
    ],
    unknown: [
      [
        changed(TOPIC, ["replicationFactor"], UNKNOWN),
        `undecidable: replicationFactor ${NOT_KNOWN} a number`,
      ],
      [
        changed(TOPIC, ["replicationFactor"], "3"),
        "undecidable: replicationFactor is given text; wanted a number",
      ],
    ],
    unrelated: [[changed(STATEFUL_SET, ["replicationFactor"], 1)]],
  },
  "topic-min-isr": {
    good: [
      [TOPIC],
      [changed(config("min.insync.replicas", "1"), ["replicationFactor"], 1)],
      [changed(config("min.insync.replicas", "1"), ["replicationFactor"], 2)],
    ],
    bad: [
      [config("min.insync.replicas", "1"), 'min.insync.replicas is "1" with 3 copies; wanted "2"'],
      [config("min.insync.replicas", "3"), 'min.insync.replicas is "3" with 3 copies; wanted "2"'],
    ],
    missing: [
      [
        config("min.insync.replicas", REMOVED),
        'min.insync.replicas is missing with 3 copies; wanted "2"',
      ],
      [
        changed(TOPIC, ["config"], REMOVED),
        'min.insync.replicas is missing with 3 copies; wanted "2"',
      ],
    ],
    unknown: [
      [
        config("min.insync.replicas", UNKNOWN),
        `undecidable: config.min.insync.replicas ${NOT_KNOWN} text`,
      ],
      [changed(TOPIC, ["config"], UNKNOWN), `undecidable: config ${NOT_KNOWN} an object`],
    ],
    unrelated: [[changed(ACL, ["config"], { "min.insync.replicas": "1" })]],
  },
  "topic-unclean-election": {
    good: [[TOPIC], [config("unclean.leader.election.enable", "false")]],
    bad: [
      [
        config("unclean.leader.election.enable", "true"),
        'unclean.leader.election.enable is "true"; wanted "false"',
      ],
    ],
    missing: [[changed(TOPIC, ["config"], REMOVED)]],
    unknown: [
      [
        config("unclean.leader.election.enable", UNKNOWN),
        `undecidable: config.unclean.leader.election.enable ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[changed(ACL, ["config"], { "unclean.leader.election.enable": "true" })]],
  },
  "topic-partitions": {
    good: [[TOPIC], [partitions(60)], [[declaredWith(61, "Peaks."), child(61)]]],
    bad: [
      [partitions(61), `partitions is 61; ${PARTITIONS}`],
      [partitions(0), `partitions is 0; ${PARTITIONS}`],
      [partitions(1.5), `partitions is 1.5; ${PARTITIONS}`],
      [[declaredWith(61, ""), child(61)], `partitions is 61; ${PARTITIONS}`],
      // The reason is for another number.
      [[declaredWith(61, "Peaks."), child(1000)], `partitions is 1000; ${PARTITIONS}`],
    ],
    missing: [[changed(TOPIC, ["partitions"], REMOVED), `partitions is missing; ${PARTITIONS}`]],
    unknown: [[partitions(UNKNOWN), `undecidable: partitions ${NOT_KNOWN} a number`]],
    unrelated: [[changed(ACL, ["partitions"], 61)]],
  },
  "topic-name": {
    good: [[TOPIC], [topicNamed("a.name-with_all.3")]],
    bad: [
      [topicNamed("__offsets"), 'name is "__offsets"; wanted a name that Kafka takes'],
      [topicNamed("two words"), 'name is "two words"; wanted a name that Kafka takes'],
      [topicNamed(".."), 'name is ".."; wanted a name that Kafka takes'],
      [topicNamed("x".repeat(250)), `name is "${"x".repeat(250)}"; wanted a name that Kafka takes`],
    ],
    missing: [
      [changed(TOPIC, ["name"], REMOVED), "name is missing; wanted a name that Kafka takes"],
    ],
    unknown: [[changed(TOPIC, ["name"], UNKNOWN), `undecidable: name ${NOT_KNOWN} text`]],
    unrelated: [[changed(CONTAINER, ["name"], "__offsets")]],
  },
  "topic-protect": {
    good: [
      [TOPIC],
      [leaving("retire", "2027-01-01")],
      [leaving("partition-decrease", "2027-01-01")],
    ],
    bad: [
      [unprotected(TOPIC), NOT_PROTECTED],
      [leaving("retire", "2020-01-01"), NOT_PROTECTED],
      [leaving("partition-decrease", "2020-01-01"), NOT_PROTECTED],
      [leaving("retention-cut", "2027-01-01"), NOT_PROTECTED],
    ],
    missing: [[unprotected(TOPIC), "the option protect is not set; wanted true"]],
    // An option is never unknown.
    unknown: [[changed(TOPIC, ["name"], UNKNOWN)]],
    unrelated: [[unprotected(ACL)]],
  },
  "topic-owner": {
    good: [[TOPIC], [DECLARATION]],
    bad: [
      [
        { ...TOPIC, parent: "urn:pulumi:test::kafka-platform::other:index:Thing::a" },
        "it belongs to no declaration in topics/",
      ],
      [changed(DECLARATION, ["owner"], ""), "owner is missing"],
    ],
    missing: [
      [{ ...TOPIC, parent: undefined }, "it belongs to no declaration in topics/"],
      [
        resource(MANAGED_TOPIC, "orders", {}),
        "owner is missing",
        "description is missing",
        "classification is missing",
      ],
    ],
    unknown: [[changed(DECLARATION, ["owner"], UNKNOWN), `undecidable: owner ${NOT_KNOWN} text`]],
    unrelated: [[{ ...CREDENTIAL, parent: undefined }]],
  },
  "topic-retention": {
    good: [[TOPIC], [config("retention.ms", "2592000000")], [COMPACTED]],
    bad: [
      [config("retention.ms", "2592000001"), `retention.ms is "2592000001"; wanted 1 to ${MONTH}`],
      [config("retention.ms", "-1"), `retention.ms is "-1"; wanted 1 to ${MONTH}`],
      [config("retention.ms", "soon"), `retention.ms is "soon"; wanted 1 to ${MONTH}`],
      [
        changed(compacted("retention.ms", "-1"), ["config", "cleanup.policy"], "compact,delete"),
        `retention.ms is "-1"; wanted 1 to ${MONTH}`,
      ],
    ],
    missing: [
      [config("retention.ms", REMOVED), `retention.ms is missing; wanted 1 to ${MONTH}`],
      [changed(TOPIC, ["config"], REMOVED), `retention.ms is missing; wanted 1 to ${MONTH}`],
      [compacted("retention.ms", REMOVED)],
    ],
    unknown: [
      [config("retention.ms", UNKNOWN), `undecidable: config.retention.ms ${NOT_KNOWN} text`],
      [config("cleanup.policy", UNKNOWN), `undecidable: config.cleanup.policy ${NOT_KNOWN} text`],
    ],
    unrelated: [[changed(ACL, ["config"], { "retention.ms": "-1" })]],
  },
  "topic-retention-bytes": {
    good: [[TOPIC], [compacted("retention.bytes", REMOVED)]],
    bad: [
      [
        config("retention.bytes", "-1"),
        'retention.bytes is "-1"; wanted a size for each partition',
      ],
    ],
    missing: [
      [
        config("retention.bytes", REMOVED),
        "retention.bytes is missing; wanted a size for each partition",
      ],
    ],
    unknown: [
      [config("retention.bytes", UNKNOWN), `undecidable: config.retention.bytes ${NOT_KNOWN} text`],
    ],
    unrelated: [[changed(ACL, ["config"], {})]],
  },
  "topic-compaction": {
    good: [[TOPIC], [COMPACTED], [compacted("delete.retention.ms", "3600000")]],
    bad: [
      [
        compacted("delete.retention.ms", "3599999"),
        `delete.retention.ms is "3599999"; wanted 3600000 (1 hour) to ${MONTH}`,
      ],
      [
        compacted("delete.retention.ms", "2592000001"),
        `delete.retention.ms is "2592000001"; wanted 3600000 (1 hour) to ${MONTH}`,
      ],
    ],
    missing: [
      [
        compacted("delete.retention.ms", REMOVED),
        `delete.retention.ms is missing; wanted 3600000 (1 hour) to ${MONTH}`,
      ],
      [
        config("cleanup.policy", REMOVED),
        'cleanup.policy is missing; wanted "delete", "compact" or "compact,delete"',
      ],
    ],
    unknown: [
      [
        compacted("delete.retention.ms", UNKNOWN),
        `undecidable: config.delete.retention.ms ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[changed(ACL, ["config"], { "cleanup.policy": "compact" })]],
  },
  "topic-config-keys": {
    good: [[TOPIC], [COMPACTED]],
    bad: [
      [config("retention", "7d"), "retention is no configuration of a topic"],
      [config("__proto__x", "1"), "__proto__x is no configuration of a topic"],
      [
        config("segment.ms", "007"),
        'segment.ms is "007"; wanted a duration such as 12h or 7d, from 1 to 9,223,372,036,854,775,807 ms',
      ],
      [
        config("unclean.leader.election.enable", "False"),
        'unclean.leader.election.enable is "False"; wanted true or false',
      ],
      [
        config("cleanup.policy", "compact, delete"),
        'cleanup.policy is "compact, delete"; wanted one or more of compact, delete',
      ],
    ],
    missing: [[changed(TOPIC, ["config"], REMOVED)]],
    unknown: [
      [config("segment.ms", UNKNOWN), `undecidable: config.segment.ms ${NOT_KNOWN} text`],
      [changed(TOPIC, ["config"], UNKNOWN), `undecidable: config ${NOT_KNOWN} an object`],
    ],
    unrelated: [[changed(ACL, ["config"], { colour: "red" })]],
  },
  "topic-compression": {
    good: [[TOPIC], [config("compression.type", "producer")]],
    bad: [[config("compression.type", "zstd"), 'compression.type is "zstd"; wanted "producer"']],
    missing: [[changed(TOPIC, ["config"], REMOVED)]],
    unknown: [
      [
        config("compression.type", UNKNOWN),
        `undecidable: config.compression.type ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[changed(ACL, ["config"], { "compression.type": "zstd" })]],
  },
  "topic-name-collision": {
    good: [[[topicNamed("a.b"), topicNamed("a.c"), topicNamed("a-b")]]],
    bad: [
      [[topicNamed("a.b"), topicNamed("a_b")], '"a_b" and "a.b" are one name in metrics'],
      [
        [topicNamed("a.b.c"), topicNamed("a_b.c"), topicNamed("a.b_c")],
        '"a_b.c" and "a.b.c" are one name in metrics',
        '"a.b_c" and "a.b.c" are one name in metrics',
      ],
    ],
    missing: [[[changed(TOPIC, ["name"], REMOVED), topicNamed("a")]]],
    unknown: [[[changed(TOPIC, ["name"], UNKNOWN)], `undecidable: name ${NOT_KNOWN} text`]],
    unrelated: [[[changed(CONTAINER, ["name"], "a.b"), topicNamed("a_b")]]],
  },
  "topic-fits-brokers": {
    good: [[[STATEFUL_SET, TOPIC]]],
    bad: [
      [
        [STATEFUL_SET, changed(TOPIC, ["replicationFactor"], 4)],
        "replicationFactor is 4; there are 3 brokers",
      ],
      [[CONTAINER, TOPIC], "replicationFactor is 3; there are 1 brokers"],
      [
        [changed(STATEFUL_SET, ["spec", "replicas"], 2), TOPIC],
        "replicationFactor is 3; there are 2 brokers",
      ],
    ],
    missing: [
      [[STATEFUL_SET, changed(TOPIC, ["replicationFactor"], REMOVED)]],
      [
        [changed(STATEFUL_SET, ["spec", "replicas"], REMOVED), TOPIC],
        "replicationFactor is 3; there are 1 brokers",
      ],
    ],
    unknown: [
      [
        [changed(STATEFUL_SET, ["spec", "replicas"], UNKNOWN), TOPIC],
        `undecidable: spec.replicas ${NOT_KNOWN} a number`,
      ],
    ],
    // Nothing here says how many brokers there are.
    unrelated: [[TOPIC]],
  },
  "topic-partitions-spread": {
    good: [
      [everythingWith()],
      [everythingWith(changed(TOPIC, ["partitions"], 1))],
      [everythingWith(changed(TOPIC, ["partitions"], 6))],
    ],
    bad: [
      [
        everythingWith(changed(TOPIC, ["partitions"], 4)),
        "partitions is 4; wanted a multiple of the 3 brokers",
      ],
    ],
    missing: [[everythingWith(changed(TOPIC, ["partitions"], REMOVED))]],
    unknown: [
      [
        everythingWith(changed(TOPIC, ["partitions"], UNKNOWN)),
        `undecidable: partitions ${NOT_KNOWN} a number`,
      ],
    ],
    unrelated: [[everythingWith(changed(ACL, ["partitions"], 4))]],
  },
};
