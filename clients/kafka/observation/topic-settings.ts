import { ConfigResourceTypes, ConfigSources, describeConfigsV4 } from "@platformatic/kafka";
import type { BrokerLink } from "../broker-link.ts";
import type { Deadline } from "../deadline.ts";
import { refusal } from "../errors.ts";

const DESCRIBE_CONFIGS = ["DescribeConfigs", describeConfigsV4.api] as const;

/** One setting of a topic as it is in effect. */
export interface TopicSetting {
  readonly name: string;
  readonly value: string;
  /** Who says so: the topic itself, the brokers, or nobody. */
  readonly source: "topic" | "broker" | "default";
}

/** Every setting of one topic, in order of names. @throws KafkaAdminError without the right, or the topic */
export async function topicSettings(
  link: BrokerLink,
  topic: string,
  deadline: Deadline,
): Promise<TopicSetting[]> {
  const what = `settings of topic ${topic}`;
  const { TOPIC } = ConfigResourceTypes;
  const wanted = [{ resourceType: TOPIC, resourceName: topic, configurationKeys: null }];
  const answer = await link.read(DESCRIBE_CONFIGS, what, deadline, wanted, false, false);
  const [result] = answer.results;
  const error = result && refusal(what, result);
  if (error) throw error;
  return (result?.configs ?? [])
    .map(({ name, value, configSource }): TopicSetting => {
      const source =
        configSource === ConfigSources.DYNAMIC_TOPIC_CONFIG
          ? "topic"
          : configSource === ConfigSources.DEFAULT_CONFIG
            ? "default"
            : "broker";
      return { name, value: value ?? "", source };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
