import type { AlertCases } from "./alert-case.ts";
import { BROKER_CASES } from "./cases/brokers.ts";
import { CONSUMER_CASES } from "./cases/consumers.ts";
import { PARTITION_CASES } from "./cases/partitions.ts";
import { RESOURCE_CASES } from "./cases/resources.ts";
import { SERVICE_LEVEL_CASES } from "./cases/service-level.ts";
import { TOPIC_CASES } from "./cases/topics.ts";
import { WATCHER_CASES } from "./cases/watchers.ts";

/** Of every alert. */
export const ALERT_CASES: AlertCases = {
  ...BROKER_CASES,
  ...PARTITION_CASES,
  ...RESOURCE_CASES,
  ...CONSUMER_CASES,
  ...TOPIC_CASES,
  ...SERVICE_LEVEL_CASES,
  ...WATCHER_CASES,
};
