import { KIB, MIB } from "../../../model/values/units.ts";
import { UNKNOWN } from "../../../policy/resource.ts";
import {
  changed,
  CONFIG_MAP,
  CONTAINER,
  DEPLOYMENT,
  DOCKER_BROKER,
  type Path,
  OTHER_CONFIG_MAP,
  REMOVED,
  STATEFUL_SET,
  TOPIC,
  withProperty,
} from "../resources.ts";
import type { CasesOf } from "./case.ts";

const NOT_KNOWN = "is not known yet; wanted";
const UNKNOWN_DATA = [
  changed(CONFIG_MAP, ["data"], UNKNOWN),
  `undecidable: data ${NOT_KNOWN} an object`,
] as const;
const ofBatches = (bytes: unknown) =>
  changed(
    TOPIC,
    ["config", "max.message.bytes"],
    typeof bytes === "number" ? String(bytes) : bytes,
  );
const docker = (key: string, value: unknown) => changed(DOCKER_BROKER, ["properties", key], value);
const container: Path = ["spec", "template", "spec", "containers", 0];

/** The brokers' StatefulSet with another variable in their environment; {@link REMOVED} takes it away. */
function environment(name: string, value: unknown) {
  const { spec } = STATEFUL_SET.inputs as {
    spec: { template: { spec: { containers: { env: { name: string }[] }[] } } };
  };
  const env = spec.template.spec.containers[0]?.env.filter((one) => one.name !== name) ?? [];
  const put = value === REMOVED ? env : [...env, { name, value }];
  return changed(STATEFUL_SET, [...container, "env"], put);
}
const memory = (part: string, value: unknown) =>
  changed(STATEFUL_SET, [...container, "resources", part, "memory"], value);
const replicas = (value: unknown) => changed(STATEFUL_SET, ["spec", "replicas"], value);

export const BROKER_CASES: CasesOf<
  | "broker-listeners"
  | "broker-authorizer"
  | "broker-defaults"
  | "broker-replication"
  | "broker-rack"
  | "broker-count"
  | "quorum-odd"
  | "heap-vs-limit"
  | "broker-memory"
  | "broker-connections"
  | "topic-fits-requests"
  | "broker-jvm-options"
> = {
  "broker-listeners": {
    good: [[CONFIG_MAP]],
    bad: [
      [
        withProperty(
          "listener.security.protocol.map",
          "CONTROLLER:SASL_SSL,BROKER:SASL_SSL,CLIENT:SASL_PLAINTEXT,EXTERNAL:PLAINTEXT",
        ),
        "listener CLIENT speaks SASL_PLAINTEXT; wanted SASL_SSL",
        "listener EXTERNAL speaks PLAINTEXT; wanted SASL_SSL",
      ],
      [
        withProperty("listener.name.client.sasl.enabled.mechanisms", undefined),
        "listener CLIENT enables no SASL mechanism of its own",
      ],
      [
        withProperty(
          "listener.security.protocol.map",
          "CONTROLLER:SASL_PLAINTEXT,BROKER:SASL_SSL,CLIENT:SASL_SSL,EXTERNAL:SASL_SSL",
        ),
        "listener CONTROLLER speaks SASL_PLAINTEXT; wanted SASL_SSL",
        "listener CONTROLLER takes PLAIN without TLS; wanted SCRAM, or loopback only",
      ],
      // Outside dev the broker of a Docker host has no TLS.
      [
        DOCKER_BROKER,
        ...["CLIENT", "INTERNAL", "CONTROLLER"].map(
          (name) => `listener ${name} speaks SASL_PLAINTEXT; wanted SASL_SSL`,
        ),
      ],
    ],
    missing: [
      [withProperty("listeners", undefined), "listeners is missing"],
      [
        withProperty("listener.security.protocol.map", undefined),
        "listener CONTROLLER speaks PLAINTEXT; wanted SASL_SSL",
        "listener CONTROLLER takes PLAIN without TLS; wanted SCRAM, or loopback only",
        ...["BROKER", "CLIENT", "EXTERNAL"].map(
          (name) => `listener ${name} speaks PLAINTEXT; wanted SASL_SSL`,
        ),
      ],
      [changed(DOCKER_BROKER, ["properties"], REMOVED), "listeners is missing"],
    ],
    unknown: [
      UNKNOWN_DATA,
      [
        changed(CONFIG_MAP, ["data", "broker.properties"], "a=1\nlisteners"),
        "undecidable: data.broker.properties has a line that is not key=value",
      ],
    ],
    unrelated: [[OTHER_CONFIG_MAP]],
  },
  "broker-authorizer": {
    good: [[CONFIG_MAP], [DOCKER_BROKER]],
    bad: [
      [
        withProperty("authorizer.class.name", "com.example.Open"),
        'authorizer.class.name is "com.example.Open"; wanted "org.apache.kafka.metadata.authorizer.StandardAuthorizer"',
      ],
      [
        withProperty("allow.everyone.if.no.acl.found", "true"),
        'allow.everyone.if.no.acl.found is "true"; wanted "false"',
      ],
      [
        docker("super.users", "User:admin;User:shop"),
        "super.users has User:shop, which is not the platform's",
      ],
    ],
    missing: [
      [
        withProperty("authorizer.class.name", undefined),
        'authorizer.class.name is missing; wanted "org.apache.kafka.metadata.authorizer.StandardAuthorizer"',
      ],
      // Kafka's default is the safe one.
      [withProperty("allow.everyone.if.no.acl.found", undefined)],
    ],
    unknown: [
      UNKNOWN_DATA,
      [docker("super.users", UNKNOWN), `undecidable: properties.super.users ${NOT_KNOWN} text`],
    ],
    unrelated: [[OTHER_CONFIG_MAP]],
  },
  "broker-defaults": {
    good: [[CONFIG_MAP], [DOCKER_BROKER]],
    bad: [
      [
        withProperty("auto.create.topics.enable", "true"),
        'auto.create.topics.enable is "true"; wanted "false"',
      ],
      [
        withProperty("unclean.leader.election.enable", "true"),
        'unclean.leader.election.enable is "true"; leave it out',
      ],
      [
        withProperty("controlled.shutdown.enable", "false"),
        'controlled.shutdown.enable is "false"; leave it out',
      ],
    ],
    missing: [
      [
        withProperty("auto.create.topics.enable", undefined),
        'auto.create.topics.enable is missing; wanted "false"',
      ],
    ],
    unknown: [UNKNOWN_DATA],
    unrelated: [[OTHER_CONFIG_MAP]],
  },
  "broker-replication": {
    good: [[CONFIG_MAP]],
    bad: [
      [
        withProperty("offsets.topic.replication.factor", "1"),
        'offsets.topic.replication.factor is "1"; wanted "3"',
      ],
      [
        withProperty("transaction.state.log.min.isr", "1"),
        'transaction.state.log.min.isr is "1"; wanted "2"',
      ],
      [
        withProperty("share.coordinator.state.topic.replication.factor", "2"),
        'share.coordinator.state.topic.replication.factor is "2"; wanted "3"',
      ],
    ],
    missing: [
      [
        withProperty("min.insync.replicas", undefined),
        'min.insync.replicas is missing; wanted "2"',
      ],
    ],
    unknown: [UNKNOWN_DATA],
    unrelated: [[OTHER_CONFIG_MAP]],
  },
  "broker-rack": {
    good: [[CONFIG_MAP]],
    bad: [
      [
        changed(CONFIG_MAP, ["data", "node-1.properties"], "node.id=1\n"),
        "node-1.properties has no broker.rack",
      ],
    ],
    missing: [
      [
        changed(CONFIG_MAP, ["data", "node-2.properties"], ""),
        "node-2.properties has no broker.rack",
      ],
    ],
    unknown: [
      [
        changed(CONFIG_MAP, ["data", "node-0.properties"], UNKNOWN),
        `undecidable: data.node-0.properties ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[OTHER_CONFIG_MAP], [DOCKER_BROKER]],
  },
  "broker-count": {
    good: [[STATEFUL_SET], [replicas(5)]],
    bad: [[replicas(2), "spec.replicas is 2; wanted at least 3"]],
    missing: [[replicas(REMOVED), "spec.replicas is missing; wanted at least 3"]],
    unknown: [[replicas(UNKNOWN), `undecidable: spec.replicas ${NOT_KNOWN} a number`]],
    unrelated: [[DEPLOYMENT]],
  },
  "quorum-odd": {
    good: [[STATEFUL_SET]],
    bad: [
      [
        environment("INITIAL_CONTROLLERS", "0@a:9093:x,1@b:9093:y"),
        "INITIAL_CONTROLLERS names 2 of 3 brokers; wanted 3 or 5",
      ],
      [
        environment("INITIAL_CONTROLLERS", "0@a,1@b,2@c,3@d,4@e"),
        "INITIAL_CONTROLLERS names 5 of 3 brokers; wanted 3 or 5",
      ],
    ],
    missing: [[environment("INITIAL_CONTROLLERS", REMOVED), "INITIAL_CONTROLLERS is missing"]],
    unknown: [
      [
        environment("INITIAL_CONTROLLERS", UNKNOWN),
        `undecidable: spec.template.spec.containers[0].env[5].value ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[DEPLOYMENT]],
  },
  "heap-vs-limit": {
    good: [[STATEFUL_SET], [CONTAINER], [memory("limits", "4096Mi")]],
    bad: [
      [
        environment("KAFKA_HEAP_OPTS", "-Xms1g -Xmx2g"),
        "-Xms is 1024 MiB, -Xmx 2048 MiB; wanted them equal",
      ],
      [
        environment("KAFKA_HEAP_OPTS", "-Xms3g -Xmx3g"),
        "the heap is 3072 MiB of 4096 MiB; wanted half at most",
      ],
      [memory("requests", "2Gi"), "2048 MiB requested, 4096 MiB allowed; wanted them equal"],
      [changed(CONTAINER, ["memory"], 768), "the heap is 512 MiB of 768 MiB; wanted half at most"],
    ],
    missing: [
      [environment("KAFKA_HEAP_OPTS", REMOVED), "KAFKA_HEAP_OPTS is missing; wanted -Xms and -Xmx"],
      [memory("limits", REMOVED), "the limit of memory is missing"],
      [memory("requests", REMOVED), "no memory requested, 4096 MiB allowed; wanted them equal"],
    ],
    unknown: [
      [
        memory("limits", UNKNOWN),
        `undecidable: spec.template.spec.containers[0].resources.limits.memory ${NOT_KNOWN} text or a number`,
      ],
      [changed(CONTAINER, ["envs"], UNKNOWN), `undecidable: envs ${NOT_KNOWN} a list`],
    ],
    unrelated: [[DEPLOYMENT], [changed(CONTAINER, ["envs"], ["A=b"])]],
  },
  "broker-memory": {
    good: [
      [[CONFIG_MAP, STATEFUL_SET]],
      [[DOCKER_BROKER, CONTAINER]],
      [[withProperty("max.connections", "1000"), STATEFUL_SET]],
    ],
    bad: [
      [
        [withProperty("max.connections", "100000"), STATEFUL_SET],
        "connections and requests may take 13316 MiB of a heap of 2048 MiB; wanted 1280 MiB at most",
      ],
      [
        [docker("queued.max.request.bytes", "-1"), CONTAINER],
        'queued.max.request.bytes is "-1"; wanted a number of at least 1',
      ],
      [
        [docker("max.connections", "many"), CONTAINER],
        'max.connections is "many"; wanted a number of at least 1',
      ],
      [
        [
          DOCKER_BROKER,
          changed(CONTAINER, ["envs"], ["KAFKA_HEAP_OPTS=-Xmx256m", "QUORUM_MODE=x"]),
        ],
        "connections and requests may take 268 MiB of a heap of 256 MiB; wanted 160 MiB at most",
      ],
    ],
    missing: [
      [
        [withProperty("sasl.server.max.receive.size", undefined), STATEFUL_SET],
        "sasl.server.max.receive.size is missing; wanted a number of at least 1",
      ],
      [
        [withProperty("socket.request.max.bytes", undefined), STATEFUL_SET],
        "socket.request.max.bytes is missing; wanted a number of at least 1",
      ],
    ],
    unknown: [[[changed(CONFIG_MAP, ["data"], UNKNOWN), STATEFUL_SET], UNKNOWN_DATA[1]]],
    unrelated: [[[OTHER_CONFIG_MAP, STATEFUL_SET]], [CONFIG_MAP]],
  },
  "broker-connections": {
    good: [[CONFIG_MAP], [DOCKER_BROKER]],
    bad: [
      [
        docker("max.connections", "1"),
        'max.connections is "1"; wanted 5 for each account, and at least 50',
      ],
      [
        withProperty("max.connections.per.ip", "0"),
        'max.connections.per.ip is "0"; wanted 5 for each account, and at least 50',
      ],
      [
        withProperty("listener.name.external.max.connections", "none"),
        'listener.name.external.max.connections is "none"; wanted 5 for each account, and at least 50',
      ],
    ],
    missing: [
      [
        docker("listener.name.client.max.connections", ""),
        'listener.name.client.max.connections is ""; wanted 5 for each account, and at least 50',
      ],
    ],
    unknown: [UNKNOWN_DATA],
    unrelated: [[OTHER_CONFIG_MAP]],
  },
  "topic-fits-requests": {
    good: [
      [[CONFIG_MAP, TOPIC]],
      [[DOCKER_BROKER, ofBatches(12 * MIB - 64 * KIB)]],
      [[withProperty("socket.request.max.bytes", String(100 * MIB)), ofBatches(99 * MIB)]],
    ],
    bad: [
      [
        [DOCKER_BROKER, ofBatches(12 * MIB - 64 * KIB + 1)],
        "config.max.message.bytes is 12517377; requests have 12582912 bytes at most (socket.request.max.bytes), 65536 of them for what is not records",
      ],
      [
        [withProperty("socket.request.max.bytes", "65536"), TOPIC],
        "config.max.message.bytes is 1048588; requests have 65536 bytes at most (socket.request.max.bytes), 65536 of them for what is not records",
      ],
    ],
    // Without the bound there is another finding, and Kafka's own is larger than any batch.
    missing: [
      [[withProperty("socket.request.max.bytes", undefined), ofBatches(99 * MIB)]],
      [[CONFIG_MAP, ofBatches(REMOVED)]],
    ],
    unknown: [
      [[CONFIG_MAP, ofBatches(UNKNOWN)], `undecidable: config.max.message.bytes ${NOT_KNOWN} text`],
    ],
    unrelated: [[[OTHER_CONFIG_MAP, ofBatches(99 * MIB)]], [ofBatches(99 * MIB)]],
  },
  "broker-jvm-options": {
    good: [
      [STATEFUL_SET],
      [environment("KAFKA_OPTS", "-XX:TieredStopAtLevel=1 -Duser.timezone=UTC")],
    ],
    bad: [
      [
        environment("KAFKA_OPTS", "-Dcom.sun.management.jmxremote.port=9999 -Djavax.net.debug=all"),
        'KAFKA_OPTS has "-Dcom.sun.management.jmxremote.port=9999"',
        'KAFKA_OPTS has "-Djavax.net.debug=all"',
      ],
      [environment("KAFKA_OPTS", "-XX:OnError=ls"), 'KAFKA_OPTS has "-XX:OnError=ls"'],
      [
        environment("KAFKA_OPTS", "-XX:-ExitOnOutOfMemoryError"),
        'KAFKA_OPTS has "-XX:-ExitOnOutOfMemoryError"',
      ],
      [
        changed(CONTAINER, ["envs"], ["QUORUM_MODE=standalone", "KAFKA_OPTS=-agentlib:jdwp=x"]),
        'KAFKA_OPTS has "-agentlib:jdwp=x"',
      ],
    ],
    missing: [[environment("QUORUM_MODE", REMOVED)]],
    unknown: [
      [
        environment("KAFKA_OPTS", UNKNOWN),
        `undecidable: spec.template.spec.containers[0].env[6].value ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[DEPLOYMENT]],
  },
};
