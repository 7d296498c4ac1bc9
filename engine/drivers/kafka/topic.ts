import { sameConfigValue } from "../../../clients/kafka/config-value.ts";
import type { TopicConfigs } from "../../../clients/kafka/topic-configs.ts";
import type { Diff, Properties, ResourceDriver, ResourceState, Value } from "../driver.ts";
import type { KafkaClient } from "./client.ts";
import {
  changedProperties,
  checkProperties,
  knownNumber,
  knownText,
  knownTexts,
  mapOf,
  text,
  type Verdict,
  wholeNumber,
} from "./properties.ts";
import { MAX_TOPIC_NAME_LENGTH, TOPIC_NAME } from "../../../model/values/kafka-limits.ts";

const NAME_WANTED = `must be 1 to ${MAX_TOPIC_NAME_LENGTH} letters, digits, dots, underscores or hyphens`;

const RULES = {
  name: { required: true, judge: text(NAME_WANTED, TOPIC_NAME) },
  partitions: { required: true, judge: wholeNumber(1) },
  replicationFactor: { required: true, judge: wholeNumber(1, 32_767) },
  config: { judge: mapOf(configText) },
};

/** Set by a running reassignment, which would lose its brake if a refresh took them for drift. */
const REASSIGNMENT_CONFIGS = [
  "leader.replication.throttled.replicas",
  "follower.replication.throttled.replicas",
];

/** `kafka:index/topic:Topic`. The id is the topic's name. */
export const topicDriver: ResourceDriver<KafkaClient> = {
  type: "kafka:index/topic:Topic",

  check: (inputs) => checkProperties(inputs, RULES),

  diff(old, inputs): Diff {
    const changed = changedProperties(old.inputs, inputs, RULES);
    refuseReplicationChange(old.inputs, inputs, changed);
    const replace = changed.filter(
      (name) => name === "name" || (name === "partitions" && isDecrease(old.inputs, inputs)),
    );
    // A new topic under the old name can only come after the old one.
    return {
      changed,
      replace,
      deleteBeforeReplace: replace.length > 0 && !changed.includes("name"),
    };
  },

  plan: (inputs) => inputs,

  async create({ createTopic }, inputs, { signal }) {
    const name = knownText(inputs, "name");
    const partitions = knownNumber(inputs, "partitions");
    const replicationFactor = knownNumber(inputs, "replicationFactor");
    const configs = knownTexts(inputs, "config");
    await createTopic.submit({ name, partitions, replicationFactor, configs }, signal);
    return { id: name, outputs: inputs };
  },

  async resumeCreate({ readTopic, alterTopicConfigs }, inputs, { signal }) {
    const name = knownText(inputs, "name");
    const left = await readTopic.submit(name, signal);
    const alike =
      left?.partitions === inputs["partitions"] &&
      left?.replicationFactor === inputs["replicationFactor"];
    if (!left || !alike) return undefined;
    const change = configChange(left.configs, knownTexts(inputs, "config"));
    if (Object.keys(change.set).length + change.remove.length > 0) {
      await alterTopicConfigs.submit({ name, ...change }, signal);
    }
    return { id: name, outputs: inputs };
  },

  async read({ readTopic }, old, { signal }): Promise<ResourceState | undefined> {
    const topic = await readTopic.submit(old.id, signal);
    if (!topic) return undefined;
    const { name, partitions, replicationFactor } = topic;
    const config = declaredConfigs(topic.configs, knownTexts(old.inputs, "config"));
    const hasConfig = "config" in old.inputs || Object.keys(config).length > 0;
    const inputs = { name, partitions, replicationFactor, ...(hasConfig && { config }) };
    return { id: name, inputs, outputs: inputs };
  },

  async update({ alterTopicConfigs, addPartitions }, old, inputs, { signal }) {
    const name = knownText(inputs, "name");
    const set = knownTexts(inputs, "config");
    const change = configChange(knownTexts(old.inputs, "config"), set);
    if (Object.keys(change.set).length + change.remove.length > 0) {
      await alterTopicConfigs.submit({ name, ...change }, signal);
    }
    const partitions = knownNumber(inputs, "partitions");
    if (partitions !== old.inputs["partitions"]) {
      await addPartitions.submit({ name, partitions }, signal);
    }
    return inputs;
  },

  async delete({ deleteTopic }, old, { signal }) {
    await deleteTopic.submit(old.id, signal);
  },
};

/** Kafka takes every config as text; numbers and booleans are written as Kafka prints them. */
function configText(value: Value): Verdict {
  if (typeof value === "string") return { value };
  const plain = typeof value === "number" || typeof value === "boolean";
  return plain ? { value: String(value) } : { fault: "must be a text" };
}

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
  const current = knownNumber(old, "replicationFactor");
  throw new Error(
    `Topic ${knownText(old, "name")}: replicationFactor is ${current} and cannot become ${wanted} by declaring it: moving replicas is an operation (a partition reassignment, throttled and watched). Declare ${current}, or reassign first and then refresh.`,
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
