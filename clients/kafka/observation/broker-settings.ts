import { ConfigResourceTypes, ConfigSources, describeConfigsV4 } from "@platformatic/kafka";
import type { BrokerLink } from "../broker-link.ts";
import type { Deadline } from "../deadline.ts";
import { KafkaAdminError, refusal } from "../errors.ts";

const DESCRIBE_CONFIGS = ["DescribeConfigs", describeConfigsV4.api] as const;

const SOURCES: Readonly<Record<number, SettingSource>> = {
  [ConfigSources.DYNAMIC_BROKER_CONFIG]: "dynamic, this broker",
  [ConfigSources.DYNAMIC_DEFAULT_BROKER_CONFIG]: "dynamic, every broker",
  [ConfigSources.STATIC_BROKER_CONFIG]: "file",
};

/** Where a broker has a setting from. */
export type SettingSource = "dynamic, this broker" | "dynamic, every broker" | "file" | "default";

/** A property of a broker, as it is in effect. */
export interface BrokerSetting {
  /** Null where Kafka shows nobody the value: passwords, and keys that only plugins know. */
  readonly value: string | null;
  readonly source: SettingSource;
}

/**
 * Everything that a broker is set to, by Kafka's names. What its file says is known to itself alone, so
 * the link must lead to that broker.
 *
 * @throws KafkaAdminError without DescribeConfigs on the cluster
 */
export async function brokerSettings(
  link: BrokerLink,
  broker: number,
  deadline: Deadline,
): Promise<ReadonlyMap<string, BrokerSetting>> {
  const what = `configuration of broker ${String(broker)}`;
  const asked = [
    {
      resourceType: ConfigResourceTypes.BROKER,
      resourceName: String(broker),
      configurationKeys: null,
    },
  ];
  const answer = await link.read(DESCRIBE_CONFIGS, what, deadline, asked, false, false);
  const [result] = answer.results;
  if (result === undefined) throw new KafkaAdminError("REFUSED", `${what}: no answer about it.`);
  const error = refusal(what, result);
  if (error) throw error;
  return new Map(
    result.configs.map(({ name, value, configSource }) => [
      name,
      { value: value ?? null, source: SOURCES[configSource] ?? "default" },
    ]),
  );
}
