import {
  ConfigResourceTypes,
  ConfigSources,
  describeConfigsV4,
  IncrementalAlterConfigOperationTypes,
  incrementalAlterConfigsV1,
} from "@platformatic/kafka";

import { runBatch } from "./batch.ts";
import type { BrokerLink } from "./broker-link.ts";
import { sameConfigValue } from "./config-value.ts";
import type { Deadline } from "./deadline.ts";
import { KafkaAdminError, type Outcome, refusal } from "./errors.ts";

const DESCRIBE_CONFIGS = ["DescribeConfigs", describeConfigsV4.api] as const;
// Incremental: the older AlterConfigs wipes every config it is not given.
const ALTER_CONFIGS = ["IncrementalAlterConfigs", incrementalAlterConfigsV1.api] as const;

const UNKNOWN_TOPIC = 3;

/** Config keys and their values as text. */
export type TopicConfigs = Readonly<Record<string, string>>;

export interface TopicConfigChange {
  readonly name: string;
  readonly set: TopicConfigs;
  /** Keys that go back to the brokers' default. */
  readonly remove: readonly string[];
}

/** Changes exactly the keys named; every other config of the topic stays. */
export async function alterTopicConfigs(
  link: BrokerLink,
  changes: readonly TopicConfigChange[],
  deadline: Deadline,
): Promise<Outcome[]> {
  return runBatch(changes, deadline, {
    key: ({ name }) => name,
    name: ({ name }) => `topic ${name}`,
    records: ({ set, remove }) => Object.keys(set).length + remove.length,
    send: async (part) => {
      const what = `altering configs of ${part.length} topics`;
      const answer = await link.write(ALTER_CONFIGS, what, deadline, part.map(toRequest), false);
      const byName = new Map(answer.responses.map((one) => [one.resourceName, one]));
      return part.map(({ name }) => {
        const one = byName.get(name);
        return one && refusal(`topic ${name}`, one);
      });
    },
    unseen: async (pending) => {
      const names = pending.map(({ name }) => name);
      const configs = await describeTopicConfigs(link, names, deadline);
      return pending.filter((change) => !hasChange(configs.get(change.name), change));
    },
  });
}

/** The configs set on each topic itself, by name; topics that do not exist are left out. */
export async function describeTopicConfigs(
  link: BrokerLink,
  names: readonly string[],
  deadline: Deadline,
): Promise<Map<string, TopicConfigs | KafkaAdminError>> {
  if (names.length === 0) return new Map();
  const resources = [...new Set(names)].map((resourceName) => ({
    resourceType: ConfigResourceTypes.TOPIC,
    resourceName,
    configurationKeys: null,
  }));
  const what = `describing configs of ${resources.length} topics`;
  const answer = await link.read(DESCRIBE_CONFIGS, what, deadline, resources, false, false);
  const described = new Map<string, TopicConfigs | KafkaAdminError>();
  for (const result of answer.results) {
    const { resourceName, configs } = result;
    if (result.errorCode === UNKNOWN_TOPIC) continue;
    const own = configs.filter((one) => one.configSource === ConfigSources.DYNAMIC_TOPIC_CONFIG);
    const values = Object.fromEntries(own.map(({ name, value }) => [name, value ?? ""]));
    described.set(resourceName, refusal(`topic ${resourceName}`, result) ?? values);
  }
  return described;
}

function hasChange(
  configs: TopicConfigs | KafkaAdminError | undefined,
  { set, remove }: TopicConfigChange,
): boolean {
  if (configs === undefined || configs instanceof KafkaAdminError) return false;
  const isSet = ([key, value]: [string, string]): boolean => {
    const now = configs[key];
    return now !== undefined && sameConfigValue(now, value);
  };
  return Object.entries(set).every(isSet) && remove.every((key) => !(key in configs));
}

function toRequest({ name, set, remove }: TopicConfigChange) {
  const { SET, DELETE } = IncrementalAlterConfigOperationTypes;
  return {
    resourceType: ConfigResourceTypes.TOPIC,
    resourceName: name,
    configs: [
      ...Object.entries(set).map(([key, value]) => ({ name: key, configOperation: SET, value })),
      ...remove.map((key) => ({ name: key, configOperation: DELETE })),
    ],
  };
}
