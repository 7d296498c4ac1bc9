/**
 * The accounts that the platform itself needs. They exist from the moment the broker's volume is
 * formatted, because without them nobody could log in to make the others.
 */
export const PLATFORM_ACCOUNTS = {
  /** Declares topics, accounts and grants; a super user. */
  admin: "admin",
  /** Brokers among themselves; a super user. */
  broker: "broker",
  /** The controller listener, by PLAIN: SCRAM credentials live in the log the controller must first read. */
  controller: "controller",
  /** Logs in for the container's health check; may do nothing. */
  health: "health",
  /**
   * Keeps every SCRAM mechanism from ever being without a user; nobody logs in as it.
   *
   * Kafka 4.3.1 applies a batch of metadata records user by user, in the order of a Java HashMap, and
   * forgets the mechanism when a removal leaves it empty on the way, so that the users still to come
   * are lost: a removed account could lock everybody out at the next start. Java sorts this name into
   * the first bucket of a table of any size up to 65,536, and it is the first user of a format.
   */
  anchor: "scram-anchor-csh",
} as const;

export type PlatformAccount = keyof typeof PLATFORM_ACCOUNTS;

export const PLATFORM_ACCOUNT_NAMES: readonly PlatformAccount[] = [
  "admin",
  "broker",
  "controller",
  "health",
  "anchor",
];

/** Exempt from ACLs. The UI and the health check are not. */
export const SUPER_USERS: readonly string[] = [
  PLATFORM_ACCOUNTS.admin,
  PLATFORM_ACCOUNTS.broker,
  PLATFORM_ACCOUNTS.controller,
];

/** Principals that no declaration may take. */
export const KAFKA_UI_ACCOUNT = "kafka-ui";
/** What commands that only look log in as. */
export const OPERATOR_ACCOUNT = "kafka-operator";
