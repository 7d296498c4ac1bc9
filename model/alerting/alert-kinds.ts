import type { AlertKind } from "./alert-kind.ts";
import { BROKER_ALERTS } from "./kinds/brokers.ts";
import { CONSUMER_ALERTS } from "./kinds/consumers.ts";
import { PARTITION_ALERTS } from "./kinds/partitions.ts";
import { RESOURCE_ALERTS } from "./kinds/resources.ts";
import { SERVICE_LEVEL_ALERTS } from "./kinds/service-level.ts";
import { TOPIC_ALERTS } from "./kinds/topics.ts";
import { WATCHER_ALERTS } from "./kinds/watchers.ts";

/** Every kind of alert, by what it is about: few, so that each is known by whoever is called. */
export const ALERT_KINDS: Readonly<Record<string, readonly AlertKind[]>> = {
  brokers: BROKER_ALERTS,
  partitions: PARTITION_ALERTS,
  resources: RESOURCE_ALERTS,
  consumers: CONSUMER_ALERTS,
  topics: TOPIC_ALERTS,
  "service level": SERVICE_LEVEL_ALERTS,
  watchers: WATCHER_ALERTS,
};
