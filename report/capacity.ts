import { TOPIC_CONFIG_KEYS } from "../components/settings/topic-config-keys.ts";
import type { PolicyResource } from "../policy/resource.ts";
import { type Change, CLAIM, STATEFUL_SET, TOPIC } from "../changes/change.ts";
import { at, numberAt, textAt } from "../changes/property-value.ts";
import { quantityBytes } from "../changes/units.ts";

/** What a set of resources comes to. Values that are not known yet are left out. */
export interface Capacity {
  readonly topics: number;
  readonly partitions: number;
  /** Copies of partitions, over all brokers. */
  readonly replicas: number;
  readonly brokers: number;
  /** Bytes of the brokers' volumes; 0 where they have no size of their own. */
  readonly volumes: number;
  /** Bytes that topics with a limit of size can grow to, on all brokers together. */
  readonly limitedTopics: number;
  /** Topics without such a limit: how large they grow depends on what is written. */
  readonly unlimitedTopics: number;
}

export interface CapacityChange {
  readonly before: Capacity;
  readonly after: Capacity;
}

/** Partitions and storage before and after a plan. */
export const capacityChange = (changes: readonly Change[]): CapacityChange => ({
  before: capacityOf(changes.flatMap(({ before }) => before ?? [])),
  after: capacityOf(changes.flatMap(({ after }) => after ?? [])),
});

function capacityOf(resources: readonly PolicyResource[]): Capacity {
  const inputsOf = (type: string) =>
    resources.filter((resource) => resource.type === type).map(({ inputs }) => inputs);
  const topics = inputsOf(TOPIC);
  const limits = topics.map(limitOf);
  const sets = inputsOf(STATEFUL_SET).map((inputs) => numberAt(inputs, "spec", "replicas") ?? 0);
  const volumes = inputsOf("docker:index/volume:Volume");
  const claims = inputsOf(CLAIM).map(
    (inputs) => quantityBytes(textAt(inputs, "spec", "resources", "requests", "storage")) ?? 0,
  );
  return {
    topics: topics.length,
    partitions: sum(topics.map((topic) => numberAt(topic, "partitions") ?? 0)),
    replicas: sum(topics.map(replicasOf)),
    brokers: sum(sets) + volumes.length,
    volumes: sum(claims),
    limitedTopics: sum(limits.map((limit) => limit ?? 0)),
    unlimitedTopics: limits.filter((limit) => limit === undefined).length,
  };
}

const replicasOf = (topic: unknown): number =>
  (numberAt(topic, "partitions") ?? 0) * (numberAt(topic, "replicationFactor") ?? 0);

/**
 * Bytes of all copies of a topic at its largest: a partition may exceed its limit by the segment that
 * is being written, because only whole segments are deleted.
 */
function limitOf(topic: unknown): number | undefined {
  const config = at(topic, "config");
  const limit = numberAt(config, "retention.bytes") ?? -1;
  const policy = textAt(config, "cleanup.policy") ?? TOPIC_CONFIG_KEYS["cleanup.policy"].default;
  if (limit < 0 || !policy.split(",").includes("delete")) return undefined;
  const segment =
    numberAt(config, "segment.bytes") ?? Number(TOPIC_CONFIG_KEYS["segment.bytes"].default);
  return replicasOf(topic) * (limit + segment);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);
