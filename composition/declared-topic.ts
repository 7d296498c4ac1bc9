import type * as pulumi from "@pulumi/pulumi";
import { liftsProtection } from "../components/settings/approval.ts";
import { inEnvironment, topicSpec } from "../components/settings/topic-spec.ts";
import { ManagedTopic } from "../components/topic/managed-topic.ts";
import type { Config } from "../config.ts";
import type { ChangeGuards } from "../guards/change-guards.ts";
import type { CatalogueTopic } from "../topics/catalogue.ts";

/** What declarations are made with, besides what they say. */
export interface Making {
  readonly config: Config;
  /** Day on which approvals are judged. */
  readonly today: Date;
  /** Where what is declared in Kafka belongs. */
  readonly inKafka: pulumi.CustomResourceOptions;
  /** What looks at changes. @default nothing is refused */
  readonly guards?: ChangeGuards | undefined;
}

/** Makes the topic that a declaration means in the environment of the stack. */
export function declaredTopic(topic: CatalogueTopic, making: Making): ManagedTopic {
  const { config, today, inKafka, guards } = making;
  const { environment, protection } = config;
  const { name, owner, description, classification, guarded, retire } = topic;
  const spec = topicSpec(topic, environment);
  const { waivers, approve } = inEnvironment(topic, environment);
  const consent = { approve, retire };
  const said = { owner, description, classification, guarded, waivers, ...consent };
  const hooks = guards?.topic(name, consent);
  const protect = protection && !liftsProtection(consent, today);
  return new ManagedTopic(
    name,
    { topicName: name, spec, ...said, hooks },
    { ...inKafka, protect, ...(hooks && { hooks }) },
  );
}
