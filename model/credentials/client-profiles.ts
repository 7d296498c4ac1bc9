import type { Environment } from "../values/environment.ts";

/** Settings of producers and of consumers, in the property names of Kafka's Java clients. */
export interface RoleSettings {
  readonly producer: Readonly<Record<string, string>>;
  readonly consumer: Readonly<Record<string, string>>;
}

/**
 * Settings for what matters most to a client. Group settings are those of the classic protocol, the
 * clients' default. Where the figures come from: docs/decisions/clients.md.
 */
export interface ClientProfile extends Partial<RoleSettings> {
  /** The profile that holds where this one says nothing. */
  readonly extends?: ClientProfileName;
  /** What differs by environment. */
  readonly environments?: Readonly<Partial<Record<Environment, Partial<RoleSettings>>>>;
}

export type ClientProfileName =
  | "durability"
  | "throughput"
  | "latency"
  | "durable-throughput"
  | "batched-latency"
  | "auto-commit";

export const CLIENT_PROFILES: Readonly<Record<ClientProfileName, ClientProfile>> = {
  /** No acknowledged record is lost or written twice; a consumer says itself what it has done. */
  durability: {
    producer: {
      acks: "all",
      "enable.idempotence": "true",
      retries: "2147483647",
      // After a restart a broker knows only the last batch of each producer: with more of them under way
      // when all brokers go down, what was stored already would be stored again.
      "max.in.flight.requests.per.connection": "1",
      // A broker that has fallen silent is given up in time to reach its successor within 15 seconds;
      // it takes the cluster nine to name one. The default is 30.
      "request.timeout.ms": "10000",
      "compression.type": "gzip",
      "batch.size": "16384",
      "linger.ms": "5",
      "buffer.memory": "33554432",
    },
    consumer: {
      "auto.offset.reset": "earliest",
      "enable.auto.commit": "false",
      "max.poll.records": "500",
      "session.timeout.ms": "30000",
      "heartbeat.interval.ms": "3000",
      "fetch.min.bytes": "1024",
      "fetch.max.wait.ms": "500",
    },
    // Room for a consumer that moves to another node.
    environments: { prod: { consumer: { "session.timeout.ms": "45000" } } },
  },
  /** Most bytes a second; a record acknowledged by a leader that then dies may be lost. */
  throughput: {
    producer: {
      acks: "1",
      "enable.idempotence": "false",
      retries: "3",
      "max.in.flight.requests.per.connection": "5",
      "compression.type": "lz4",
      "batch.size": "65536",
      "linger.ms": "10",
      "buffer.memory": "134217728",
    },
    consumer: {
      "fetch.min.bytes": "65536",
      "fetch.max.wait.ms": "500",
      "fetch.max.bytes": "52428800",
      "max.partition.fetch.bytes": "2097152",
      "max.poll.records": "5000",
      "receive.buffer.bytes": "262144",
      "session.timeout.ms": "60000",
      "heartbeat.interval.ms": "3000",
    },
    environments: { prod: { producer: { retries: "5" } } },
  },
  /** Soonest delivery; what fails once is not sent again. */
  latency: {
    producer: {
      acks: "1",
      "enable.idempotence": "false",
      retries: "0",
      "max.in.flight.requests.per.connection": "1",
      "compression.type": "none",
      "batch.size": "0",
      "linger.ms": "0",
    },
    consumer: {
      "fetch.min.bytes": "1",
      // A fetch is answered with the first byte; waiting only bounds how often an idle one asks.
      "fetch.max.wait.ms": "100",
      "max.partition.fetch.bytes": "1048576",
      "max.poll.records": "100",
    },
  },
  /** As durable, in batches four times as large. */
  "durable-throughput": {
    extends: "durability",
    producer: {
      "compression.type": "lz4",
      "batch.size": "65536",
      "linger.ms": "10",
      "buffer.memory": "134217728",
    },
  },
  /** As soon, and records that come at once are sent together. */
  "batched-latency": {
    extends: "latency",
    producer: { "compression.type": "snappy", "batch.size": "16384" },
  },
  /** Simple services: the client commits by itself, reads what is new, and gives up in time. */
  "auto-commit": {
    extends: "durability",
    producer: {
      retries: "5",
      "retry.backoff.ms": "100",
      "retry.backoff.max.ms": "30000",
      "request.timeout.ms": "30000",
    },
    consumer: {
      "auto.offset.reset": "latest",
      "enable.auto.commit": "true",
      "auto.commit.interval.ms": "5000",
      "max.poll.interval.ms": "60000",
      "max.partition.fetch.bytes": "1048576",
      "fetch.min.bytes": "1",
      "fetch.max.wait.ms": "5000",
    },
  },
};

export const CLIENT_PROFILE_NAMES = Object.keys(CLIENT_PROFILES) as ClientProfileName[];
