import { sameConfigValue } from "../../../clients/kafka/config-value.ts";
import type { TopicConfigs } from "../../../clients/kafka/topic-configs.ts";
import type { Diff, Properties, ResourceDriver, ResourceState } from "../driver.ts";
import type { KafkaClient } from "./client.ts";
import { MAX_TOPIC_NAME_LENGTH, TOPIC_NAME } from "../../../model/values/kafka-limits.ts";
import { converted, integer, mapOf, optional, required, text } from "../property-rules.ts";
import { checkTable, diffTable, known, replaces, updates } from "../property-table.ts";

const NAME = {
  pattern: TOPIC_NAME,
  wanted: `1 to ${MAX_TOPIC_NAME_LENGTH} letters, digits, dots, underscores or hyphens`,
};

/** Kafka takes every config as text; numbers and booleans are written as Kafka prints them. */
const CONFIG = converted("a text", (value) => {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
});

const table = {
  name: replaces(required(text(NAME))),
  /** Fewer replace. */
  partitions: updates(required(integer(1, 2_147_483_647))),
  /** Another one is refused. */
  replicationFactor: updates(required(integer(1, 32_767))),
  config: updates(optional(mapOf(CONFIG))),
};

/** Set by a running reassignment, which would lose its brake if a refresh took them for drift. */
const REASSIGNMENT_CONFIGS = [
  "leader.replication.throttled.replicas",
  "follower.replication.throttled.replicas",
];

/** `kafka:index/topic:Topic`. The id is the topic's name. */
export const topicDriver: ResourceDriver<KafkaClient> = {
  type: "kafka:index/topic:Topic",
  holdsRecords: true,

  check: (inputs) => checkTable(table, inputs),

  diff(old, inputs): Diff {
    const { changed, replace } = diffTable(table, old.inputs, inputs);
    refuseReplicationChange(old.inputs, inputs, changed);
    if (changed.includes("partitions") && isDecrease(old.inputs, inputs)) {
      // A new topic under the old name can only come after the old one.
      const deleteBeforeReplace = !changed.includes("name");
      return { changed, replace: [...replace, "partitions"], deleteBeforeReplace };
    }
    return { changed, replace, deleteBeforeReplace: false };
  },

  plan: (inputs) => inputs,

  async create({ createTopic }, inputs, { signal }) {
    const { name, partitions, replicationFactor, config: configs = {} } = declared(inputs);
    await createTopic.submit({ name, partitions, replicationFactor, configs }, signal);
    return { id: name, outputs: inputs };
  },

  async resumeCreate({ readTopic, alterTopicConfigs }, inputs, { signal }) {
    const { name, partitions, replicationFactor, config = {} } = declared(inputs);
    const left = await readTopic.submit(name, signal);
    const alike = left?.partitions === partitions && left.replicationFactor === replicationFactor;
    if (!left || !alike) return undefined;
    const change = configChange(left.configs, config);
    if (Object.keys(change.set).length + change.remove.length > 0) {
      await alterTopicConfigs.submit({ name, ...change }, signal);
    }
    return { id: name, outputs: inputs };
  },

  async read({ readTopic }, old, { signal }): Promise<ResourceState | undefined> {
    const topic = await readTopic.submit(old.id, signal);
    if (!topic) return undefined;
    const { name, partitions, replicationFactor } = topic;
    const config = declaredConfigs(topic.configs, declared(old.inputs).config ?? {});
    const hasConfig = "config" in old.inputs || Object.keys(config).length > 0;
    const inputs = { name, partitions, replicationFactor, ...(hasConfig && { config }) };
    return { id: name, inputs, outputs: inputs };
  },

  async update({ alterTopicConfigs, addPartitions }, old, inputs, { signal }) {
    const { name, partitions, config = {} } = declared(inputs);
    const change = configChange(declared(old.inputs).config ?? {}, config);
    if (Object.keys(change.set).length + change.remove.length > 0) {
      await alterTopicConfigs.submit({ name, ...change }, signal);
    }
    if (partitions !== old.inputs["partitions"]) {
      await addPartitions.submit({ name, partitions }, signal);
    }
    return inputs;
  },

  async delete({ deleteTopic }, old, { signal }) {
    await deleteTopic.submit(old.id, signal);
  },
};

const declared = known<typeof table>;

function isDecrease(old: Properties, { partitions }: Properties): boolean {
  return typeof partitions === "number" && partitions < Number(old["partitions"]);
}

function refuseReplicationChange(
  old: Properties,
  now: Properties,
  changed: readonly string[],
): void {
  const wanted = now["replicationFactor"];
  if (!changed.includes("replicationFactor") || typeof wanted !== "number") return;
  const { name, replicationFactor: current } = declared(old);
  throw new Error(
    `Topic ${name}: replicationFactor is ${current} and cannot become ${wanted} by declaring it: moving replicas is an operation (a partition reassignment, throttled and watched). Declare ${current}, or reassign first and then refresh.`,
  );
}

/** Only the keys that differ, so that what others set on the topic stays. */
export function configChange(
  old: TopicConfigs,
  now: TopicConfigs,
): { set: Record<string, string>; remove: string[] } {
  const set = Object.fromEntries(Object.entries(now).filter(([key, value]) => old[key] !== value));
  return { set, remove: Object.keys(old).filter((key) => !(key in now)) };
}

/** The topic's configs, in the program's spelling where Kafka only prints the same value differently. */
export function declaredConfigs(actual: TopicConfigs, declared: TopicConfigs): TopicConfigs {
  const shown = Object.entries(actual).filter(
    ([key]) => key in declared || !REASSIGNMENT_CONFIGS.includes(key),
  );
  return Object.fromEntries(
    shown.map(([key, value]) => {
      const spelling = declared[key];
      return [key, spelling !== undefined && sameConfigValue(spelling, value) ? spelling : value];
    }),
  );
}
