import type { Grants } from "../access/grants.ts";

/** The account that the exporter logs in as; no declaration may take its name. */
export const EXPORTER_ACCOUNT = "kafka-exporter";

/** Where it serves `/metrics`: the port of kafka_exporter, so that scrape configurations fit. */
export const EXPORTER_PORT = 9308;

/** Where it finds what it is told, and the secrets that this names, each in a file of its own. */
export const EXPORTER_FILES = {
  folder: "/etc/kafka-platform",
  config: "/etc/kafka-platform/exporter.json",
  /** Of its Kafka account. */
  password: "/etc/kafka-platform/secrets/exporter-password",
  pagePassword: "/etc/kafka-platform/secrets/page-password",
  /** Certificates to trust, where connections are encrypted. */
  ca: "/etc/kafka-platform/secrets/ca.crt",
} as const;

/** Where it says that its process answers, and that it has seen the cluster a moment ago. */
export const EXPORTER_HEALTH = { alive: "/healthz", ready: "/readyz" } as const;

/** Who logs in to its status page. */
export const STATUS_PAGE_USERNAME = "admin";

/** Topic that only the canary writes to and reads: a partition for each broker. */
export const CANARY_TOPIC = "kafka-platform.canary";

/**
 * What the exporter may do: see everything, change nothing but the canary's topic.
 *
 * `observes` includes Read, since the age of the record at a group's position can only be had with the
 * record. It works with `inspects` (no Read) too: then lag in seconds is known only for positions that
 * are younger than the exporter, and `kafka_collect_denied{part="positions"}` says so.
 */
export const EXPORTER_GRANTS: Grants = {
  observes: true,
  produces: [CANARY_TOPIC],
};
