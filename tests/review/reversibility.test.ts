import { STATEFUL_SET, VOLUME } from "../../model/stack/resource-types.ts";
import { expect, test } from "vitest";
import { TOPIC_CONFIG_KEYS, type TopicConfigKey } from "../../model/topic/topic-config-keys.ts";
import { UNKNOWN } from "../../policy/resource.ts";
import type { Change } from "../../review/change.ts";
import { configEffect } from "../../review/config-effects.ts";
import { assess as assessment } from "../../review/reversibility.ts";
import { change, TOPIC, topicInputs, topicUpdate } from "./changes.ts";

/** An assessment with its reasons as texts alone. */
const assess = (planned: Change) => {
  const { reasons, ...rest } = assessment(planned);
  return { ...rest, reasons: reasons.map(({ text }) => text) };
};

const config = (before: Record<string, unknown>, after: Record<string, unknown>) =>
  assess(topicUpdate({ config: before }, { config: after }));

test.each<[Record<string, unknown>, Record<string, unknown>, string, string[]]>([
  [
    {},
    { "retention.ms": "86400000" },
    "loses data",
    ["retention.ms 7d → 1d: records older than the new time are deleted"],
  ],
  [
    { "retention.ms": "-1" },
    {},
    "loses data",
    ["retention.ms unlimited → 7d: records older than the new time are deleted"],
  ],
  [{}, { "retention.ms": "-1" }, "reversible", []],
  [
    {},
    { "retention.bytes": "1073741824" },
    "loses data",
    ["retention.bytes unlimited → 1 GiB: records beyond the new size are deleted"],
  ],
  [{ "retention.bytes": "1073741824" }, {}, "reversible", []],
  [
    {},
    { "retention.ms": UNKNOWN },
    "loses data",
    ["retention.ms 7d → [unknown]: records older than the new time are deleted"],
  ],
  [
    { "cleanup.policy": "compact" },
    { "cleanup.policy": "compact", "retention.ms": "1" },
    "reversible",
    [],
  ],
  [
    {},
    { "cleanup.policy": "compact" },
    "loses data",
    ["cleanup.policy delete → compact: older values of a key are compacted away"],
  ],
  [
    { "cleanup.policy": "compact" },
    {},
    "loses data",
    ["cleanup.policy compact → delete: records older than the retention are deleted"],
  ],
  [{ "cleanup.policy": "compact,delete" }, {}, "reversible", []],
  [
    { "cleanup.policy": "compact", "delete.retention.ms": "86400000" },
    { "cleanup.policy": "compact", "delete.retention.ms": "3600000" },
    "loses data",
    ["delete.retention.ms 1d → 1h: a consumer that is behind for longer never hears of a deletion"],
  ],
  [{ "delete.retention.ms": "86400000" }, { "delete.retention.ms": "3600000" }, "reversible", []],
  [
    { "min.insync.replicas": "2" },
    { "min.insync.replicas": "1" },
    "reversible",
    ["min.insync.replicas 2 → 1: a record can be acknowledged with fewer copies of it"],
  ],
  [{ "min.insync.replicas": "1" }, { "min.insync.replicas": "2" }, "reversible", []],
  [
    {},
    { "unclean.leader.election.enable": "true" },
    "reversible",
    [
      "unclean.leader.election.enable false → true: a replica that lacks acknowledged records may become leader",
    ],
  ],
  [{}, { "segment.bytes": "1048576" }, "reversible", []],
  [
    {},
    { "not.a.key": "1" },
    "irreversible",
    ["not.a.key: what it does to stored records is not known here"],
  ],
])(
  "a topic's configuration from %j to %j is judged: %s",
  (before, after, reversibility, reasons) => {
    expect(config(before, after)).toMatchObject({ reversibility, reasons });
  },
);

/** Two values of a key; the harmful way is from the first to the second, or back. */
const twoValues = (key: TopicConfigKey): [string, string] => {
  if ("max" in key) return [String(Math.min(Number(key.max), 1_000_000)), String(key.min)];
  return key.type === "boolean" ? ["false", "true"] : ["delete", "compact"];
};

/** Keys that can touch stored records, or put them at risk. Whoever adds one decides where it belongs. */
const RISKY = [
  "cleanup.policy",
  "delete.retention.ms",
  "flush.messages",
  "flush.ms",
  "max.compaction.lag.ms",
  "min.cleanable.dirty.ratio",
  "min.compaction.lag.ms",
  "min.insync.replicas",
  "remote.log.delete.on.disable",
  "remote.storage.enable",
  "retention.bytes",
  "retention.ms",
  "unclean.leader.election.enable",
];

test("every key that may lose or risk data says so in one direction and not in the other", () => {
  for (const [name, key] of Object.entries<TopicConfigKey>(TOPIC_CONFIG_KEYS)) {
    const [one, other] = twoValues(key);
    const base = name === "cleanup.policy" ? {} : { "cleanup.policy": "compact,delete" };
    const [down, up] = [
      [one, other],
      [other, one],
    ].map(([from, to]) =>
      configEffect(name, { before: { ...base, [name]: from }, after: { ...base, [name]: to } }),
    );
    const told = [down, up].filter((assessment) => (assessment?.reasons.length ?? 0) > 0);
    const expected = !RISKY.includes(name) ? 0 : name === "cleanup.policy" ? 2 : 1;
    expect([name, told.length]).toEqual([name, expected]);
  }
});

test.each<[unknown, unknown, string, string]>([
  [
    6,
    12,
    "irreversible",
    "partitions 6 → 12: they cannot be taken away again, and new records of a key may go to another partition than its older ones",
  ],
  [
    6,
    UNKNOWN,
    "irreversible",
    "partitions 6 → [unknown]: they cannot be taken away again, and new records of a key may go to another partition than its older ones",
  ],
])("partitions from %s to %s are judged: %s", (before, after, reversibility, reason) => {
  expect(assess(topicUpdate({ partitions: before }, { partitions: after }))).toMatchObject({
    reversibility,
    reasons: [reason],
  });
});

test("another replication factor needs data to move", () => {
  expect(assess(topicUpdate({ replicationFactor: 3 }, { replicationFactor: 2 }))).toMatchObject({
    reversibility: "needs data to move",
    reasons: [
      "replicationFactor 3 → 2: every partition is copied, or loses copies, by a reassignment that has to be throttled and watched",
    ],
  });
});

test("the worst of a topic's changes counts, and comes first", () => {
  const assessment = assess(
    topicUpdate({ partitions: 6 }, { partitions: 9, config: { "retention.ms": "1000" } }),
  );
  expect(assessment.reversibility).toBe("loses data");
  expect(assessment.reasons.map((reason) => reason.split(" ")[0])).toEqual([
    "retention.ms",
    "partitions",
  ]);
});

test("of several changes of a topic each keeps its own label", () => {
  const { reasons } = assessment(
    topicUpdate(
      { partitions: 12 },
      { partitions: 24, config: { "retention.ms": "86400000", "retention.bytes": "-1" } },
    ),
  );
  expect(reasons.map(({ reversibility, text }) => [reversibility, text.split(" ")[0]])).toEqual([
    ["loses data", "retention.ms"],
    ["irreversible", "partitions"],
  ]);
});

test("a topic that goes loses data unless it stays in Kafka, and so do fewer partitions", () => {
  const before = { inputs: topicInputs("orders", { partitions: 12 }) };
  expect(assess(change("delete", TOPIC, "orders", { before }))).toMatchObject({
    reversibility: "loses data",
    reasons: ["all its records are deleted"],
  });
  expect(
    assess(change("delete", TOPIC, "orders", { before: { ...before, retainOnDelete: true } })),
  ).toMatchObject({
    reversibility: "reversible",
    reasons: ["the topic stays in Kafka, undeclared"],
  });
  const after = { inputs: topicInputs("orders", { partitions: 6 }) };
  expect(
    assess(change("replace", TOPIC, "orders", { before, after }, { replaceKeys: ["partitions"] })),
  ).toMatchObject({
    reversibility: "loses data",
    reasons: [
      "partitions 12 → 6: Kafka cannot take partitions away, so the topic is deleted with all its records and made again, empty",
    ],
  });
});

const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
const claim = (storage: string) => ({ inputs: { spec: { resources: { requests: { storage } } } } });
const SET = "kubernetes:apps/v1:StatefulSet";
const brokers = (replicas: number, env: Record<string, string> = {}, image = "a") => ({
  inputs: {
    spec: {
      replicas,
      template: {
        spec: {
          containers: [
            { image, env: Object.entries(env).map(([name, value]) => ({ name, value })) },
          ],
        },
      },
    },
  },
});

test.each<[string, Change, string, string[]]>([
  [
    "a claim that goes",
    change("delete", CLAIM, "data", { before: claim("1Gi") }),
    "loses data",
    ["the records on it are deleted with it"],
  ],
  [
    "a claim that is kept",
    change("delete", CLAIM, "data", { before: { ...claim("1Gi"), retainOnDelete: true } }),
    "irreversible",
    ["the old one is kept with its records, and what is made anew does not use it"],
  ],
  [
    "a claim that grows",
    change("update", CLAIM, "data", { before: claim("100Gi"), after: claim("200Gi") }),
    "irreversible",
    ["storage 100Gi → 200Gi: a volume never shrinks again"],
  ],
  [
    "a claim that shrinks",
    change("update", CLAIM, "data", { before: claim("1Ti"), after: claim("900Gi") }),
    "irreversible",
    ["storage 1Ti → 900Gi: Kubernetes does not shrink a volume"],
  ],
  [
    "a claim's labels",
    change("update", CLAIM, "data", { before: claim("1Gi"), after: claim("1Gi") }),
    "reversible",
    [],
  ],
  [
    "the namespace",
    change("replace", "kubernetes:core/v1:Namespace", "kafka", { before: {}, after: {} }),
    "loses data",
    ["the records on it are deleted with it"],
  ],
  [
    "a Docker volume",
    change("delete", "docker:index/volume:Volume", "data", { before: {} }),
    "loses data",
    ["the records on it are deleted with it"],
  ],
  [
    "more brokers",
    change("update", SET, "kafka", { before: brokers(3), after: brokers(5) }),
    "needs data to move",
    ["brokers 3 → 5: a new broker is empty until partitions are moved to it"],
  ],
  [
    "fewer brokers",
    change("update", SET, "kafka", { before: brokers(5), after: brokers(3) }),
    "needs data to move",
    [
      "brokers 5 → 3: what is only on brokers that go must be moved before, or it is away with them",
    ],
  ],
  [
    "another image",
    change("update", SET, "kafka", { before: brokers(3), after: brokers(3, {}, "b") }),
    "reversible",
    ["brokers restart one by one"],
  ],
  [
    "a newer metadata version",
    change("update", SET, "kafka", {
      before: brokers(3, { METADATA_VERSION: "4.2" }),
      after: brokers(3, { METADATA_VERSION: "4.3" }),
    }),
    "irreversible",
    [
      "METADATA_VERSION 4.2 → 4.3: a cluster's metadata does not go back to an older version",
      "brokers restart one by one",
    ],
  ],
  [
    "another cluster id",
    change("update", SET, "kafka", {
      before: brokers(3, { CLUSTER_ID: "a" }),
      after: brokers(3, { CLUSTER_ID: "b" }),
    }),
    "irreversible",
    [
      "CLUSTER_ID a → b: brokers refuse disks that were formatted for another cluster",
      "brokers restart one by one",
    ],
  ],
  [
    "a StatefulSet made anew",
    change("replace", SET, "kafka", { before: brokers(3), after: brokers(3) }),
    "reversible",
    ["all brokers stop at once and start again; their volumes stay"],
  ],
  [
    "an entry that goes",
    change("delete", "kafka:index/acl:Acl", "a", { before: {} }),
    "reversible",
    [],
  ],
  [
    "a quota made anew",
    change("replace", "kafka:index/quota:Quota", "a", { before: {}, after: {} }),
    "reversible",
    [],
  ],
  [
    "a credential that goes",
    change("delete", "kafka:index/userScramCredential:UserScramCredential", "a", { before: {} }),
    "reversible",
    ["nobody can log in with it any more"],
  ],
  [
    "a certificate that is renewed",
    change("replace", "tls:index/locallySignedCert:LocallySignedCert", "a", {
      before: {},
      after: {},
    }),
    "reversible",
    [],
  ],
  [
    "a component",
    change("delete", "kafka-platform:topic:ManagedTopic", "a", { before: {} }),
    "reversible",
    [],
  ],
  [
    "something unheard of",
    change("delete", "aws:s3/bucket:Bucket", "a", { before: {} }),
    "irreversible",
    ["what is lost when a aws:s3/bucket:Bucket is deleted is not known here"],
  ],
  [
    "something unheard of that is new",
    change("create", "aws:s3/bucket:Bucket", "a", { after: {} }),
    "reversible",
    [],
  ],
])("it is told how reversible this is: %s", (_, planned, reversibility, reasons) => {
  expect(assess(planned)).toMatchObject({ reversibility, reasons });
});

test("what watches the brokers may go: its figures are no records", () => {
  const inputs = { metadata: { labels: { "app.kubernetes.io/component": "prometheus" } } };
  const gone = change("delete", STATEFUL_SET, "prometheus", { before: { inputs } });
  expect(assess(gone)).toMatchObject({
    reversibility: "reversible",
    reasons: ["what was seen of the brokers so far is forgotten; no record is"],
    risks: [],
  });
  const volume = { labels: [{ label: "kafka-platform.holds", value: "figures" }] };
  expect(assess(change("delete", VOLUME, "data", { before: { inputs: volume } })).risks).toEqual(
    [],
  );
  // The label is taken off with the same change: it is judged by what it was.
  const renamed = change("replace", VOLUME, "data", {
    before: { inputs: {} },
    after: { inputs: volume },
  });
  expect(assess(renamed).reversibility).toBe("loses data");
});
