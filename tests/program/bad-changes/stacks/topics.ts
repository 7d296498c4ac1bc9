import { UNKNOWN } from "../../../../policy/resource.ts";
import {
  KUBERNETES_CLUSTER,
  MANAGED_TOPIC,
  TOPIC,
} from "../../../../model/stack/resource-types.ts";
import { event } from "../../../../model/topic/topic-profiles.ts";
import type { WrittenTopic } from "../../../../model/topic/topic-declaration.ts";
import { TEST_TOPICS } from "../../../support/catalogue.ts";
import { REMOVED } from "../../../support/pulumi/placed.ts";
import type { BadStack } from "../bad-stack.ts";

const declaring = (change: Partial<WrittenTopic>) => ({
  owner: "shop",
  topics: {
    orders: event({
      description: "Orders.",
      key: "id",
      classification: "internal",
      partitions: 3,
      eventsPerHour: { from: 0, to: 1 },
      ...change,
    }),
  },
});
const changing = (name: string, at: string[], value: unknown) => [{ type: TOPIC, name, at, value }];
const EXPIRED = {
  rule: "topic-retention",
  reason: "Once there was one.",
  owner: "shop",
  until: "2026-01-01",
} as const;

export const TOPIC_STACKS: Readonly<Record<string, BadStack>> = {
  "a topic with one copy": {
    stack: "prod",
    domain: declaring({ replicationFactor: 1, minInsyncReplicas: 1 }),
    breaks: { "topic-replication": ["orders"] },
  },
  "a topic of whose three copies one is enough": {
    stack: "prod",
    domain: declaring({ minInsyncReplicas: 1 }),
    breaks: { "topic-min-isr": ["orders"] },
  },
  "a topic that says nothing of copies in sync": {
    stack: "prod",
    patches: changing("batch_jobs", ["config", "min.insync.replicas"], REMOVED),
    breaks: { "topic-min-isr": ["batch_jobs"] },
  },
  "a topic that elects unclean leaders": {
    stack: "dev",
    domain: declaring({ config: { "unclean.leader.election.enable": true } }),
    breaks: { "topic-unclean-election": ["orders"] },
  },
  "records for ever, without a word of why": {
    stack: "prod",
    domain: declaring({ retention: "unlimited" }),
    breaks: { "topic-retention": ["orders"] },
  },
  "records for a year under a waiver that has ended": {
    stack: "dev",
    domain: declaring({ retention: "365d", waivers: [EXPIRED] }),
    breaks: { "topic-retention": ["orders"], "waiver-expired": ["orders"] },
  },
  "deletions that nobody has time to see": {
    stack: "prod",
    domain: declaring({ cleanup: "compact,delete", tombstoneRetention: "1m" }),
    breaks: { "topic-compaction": ["orders"] },
  },
  "a misspelt configuration": {
    stack: "prod",
    patches: changing("batch_jobs", ["config", "retention.msec"], "1"),
    breaks: { "topic-config-keys": ["batch_jobs"] },
  },
  "far too many partitions": {
    stack: "prod",
    patches: changing("batch_jobs", ["partitions"], 1000),
    breaks: { "topic-partitions": ["batch_jobs"] },
  },
  "records that no request can bring": {
    stack: "dev",
    patches: changing("batch_jobs", ["config", "max.message.bytes"], String(20 * 1024 * 1024)),
    breaks: { "topic-fits-requests": ["batch_jobs"] },
  },
  "copies that only an apply will tell": {
    stack: "prod",
    patches: changing("batch_jobs", ["replicationFactor"], UNKNOWN),
    // Every rule that reads the number: what it cannot judge it does not let pass.
    breaks: {
      "topic-replication": ["batch_jobs"],
      "topic-min-isr": ["batch_jobs"],
      "topic-fits-brokers": ["batch_jobs"],
    },
  },
  "nobody answers for a topic": {
    stack: "prod",
    patches: [{ type: MANAGED_TOPIC, name: "batch_jobs", at: ["owner"], value: REMOVED }],
    breaks: { "topic-owner": ["batch_jobs"] },
  },
  "a topic that no declaration knows, and that metrics take for another": {
    stack: "prod",
    additions: [
      {
        type: TOPIC,
        name: "stray",
        inputs: { name: "batch.jobs", partitions: 1, replicationFactor: 1 },
      },
    ],
    breaks: {
      "topic-replication": ["stray"],
      "topic-min-isr": ["stray"],
      "topic-protect": ["stray"],
      "topic-owner": ["stray"],
      "topic-retention": ["stray"],
      "topic-compaction": ["stray"],
      "topic-name-collision": ["stray"],
      "kafka-identity": ["stray"],
    },
  },
  "a stack without protection": {
    stack: "prod",
    config: { protection: false },
    // Topics of the catalogue, and the canary's.
    breaks: { "topic-protect": TEST_TOPICS.length + 1, "storage-kept": 4 },
  },
  "the waivers of the stack are gone": {
    stack: "prod",
    config: { policy: { waivers: [] } },
    breaks: { "image-digest": ["alertmanager", "prometheus", "ui"] },
  },
  "a waiver for somebody else": {
    stack: "prod",
    patches: [
      { type: KUBERNETES_CLUSTER, name: "kafka", at: ["waivers", 0, "resource"], value: "other" },
    ],
    breaks: { "image-digest": ["ui"] },
  },
};
