import { expect, test } from "vitest";
import {
  CLUSTER_SECRET_FILES,
  type ClusterCredentials,
  clusterCredentials,
  clusterSecretFiles,
  readAtEveryStart,
} from "../../../model/kubernetes/cluster-accounts.ts";
import {
  clusterProperties,
  type ClusterPropertiesArgs,
  nodeProperties,
} from "../../../model/kubernetes/cluster-properties.ts";
import { connectionLimits } from "../../../model/broker/connection-limits.ts";
import { sessionLifetime } from "../../../model/broker/broker-security.ts";
import { GIB } from "../../../model/values/units.ts";
import { pairPurposes } from "../../../model/credentials/platform-credentials.ts";
import { afterNextStep, type LiveUsers } from "../../../model/credentials/rotation.ts";

const ARGS: ClusterPropertiesArgs = {
  name: "shop",
  namespace: "kafka",
  memory: 2 * GIB,
  access: { type: "nodePort", addresses: ["10.0.0.1", "h1", "2001:db8::3"], port: 30_092 },
  initialControllers: 3,
  brokerUsers: [{ user: "a", generation: 1 }],
  controllerUsers: [{ user: "a", generation: 1 }],
  properties: {},
};

const HOST = "shop-headless.kafka.svc.cluster.local";
const PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";
const SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required";
const file = (name: string) => `"\${dir:/etc/kafka-platform/secrets:${name}-password}"`;

test("all brokers share these properties", () => {
  const brokerLogin = `${SCRAM} username="broker-a" password=${file("broker-a")};`;
  const clientListeners = ["client", "external"];
  expect(clusterProperties(ARGS)).toEqual({
    ...connectionLimits({ memory: ARGS.memory, clientListeners, tls: true }),
    ...sessionLifetime(clientListeners),
    "process.roles": "broker,controller",
    "log.dirs": "/var/lib/kafka/data/log",
    "auto.create.topics.enable": "false",
    "offset.metadata.max.bytes": "1024",
    "metadata.log.max.snapshot.interval.ms": "10000",
    "controller.quorum.bootstrap.servers": `shop-0.${HOST}:9093,shop-1.${HOST}:9093,shop-2.${HOST}:9093`,
    "controller.quorum.auto.join.enable": "true",
    listeners: "CONTROLLER://:9093,BROKER://:9091,CLIENT://:9092,EXTERNAL://:9094",
    "listener.security.protocol.map":
      "CONTROLLER:SASL_SSL,BROKER:SASL_SSL,CLIENT:SASL_SSL,EXTERNAL:SASL_SSL",
    "inter.broker.listener.name": "BROKER",
    "socket.connection.setup.timeout.ms": "2000",
    "socket.connection.setup.timeout.max.ms": "4000",
    "controller.listener.names": "CONTROLLER",
    "ssl.keystore.type": "PEM",
    "ssl.truststore.type": "PEM",
    "ssl.truststore.location": "/etc/kafka-platform/tls/ca.pem",
    "config.providers": "dir",
    "config.providers.dir.class": "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
    "listener.name.broker.sasl.enabled.mechanisms": "SCRAM-SHA-512,SCRAM-SHA-256",
    "listener.name.broker.scram-sha-512.sasl.jaas.config": brokerLogin,
    "listener.name.broker.scram-sha-256.sasl.jaas.config": brokerLogin,
    "listener.name.client.sasl.enabled.mechanisms": "SCRAM-SHA-512,SCRAM-SHA-256",
    "listener.name.client.scram-sha-512.sasl.jaas.config": `${SCRAM};`,
    "listener.name.client.scram-sha-256.sasl.jaas.config": `${SCRAM};`,
    "listener.name.external.sasl.enabled.mechanisms": "SCRAM-SHA-512,SCRAM-SHA-256",
    "listener.name.external.scram-sha-512.sasl.jaas.config": `${SCRAM};`,
    "listener.name.external.scram-sha-256.sasl.jaas.config": `${SCRAM};`,
    "listener.name.controller.sasl.enabled.mechanisms": "PLAIN",
    "listener.name.controller.plain.sasl.jaas.config":
      `${PLAIN} username="controller-a" password=${file("controller-a")} ` +
      `user_controller-a=${file("controller-a")} user_controller-b=${file("controller-b")};`,
    "sasl.mechanism.inter.broker.protocol": "SCRAM-SHA-512",
    "sasl.mechanism.controller.protocol": "PLAIN",
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "allow.everyone.if.no.acl.found": "false",
    "super.users": "User:admin;User:broker-a;User:broker-b;User:controller-a;User:controller-b",
    "default.replication.factor": "3",
    "min.insync.replicas": "2",
    "offsets.topic.replication.factor": "3",
    "transaction.state.log.replication.factor": "3",
    "transaction.state.log.min.isr": "2",
    "share.coordinator.state.topic.replication.factor": "3",
    "share.coordinator.state.topic.min.isr": "2",
  });
});

test("only these properties differ from broker to broker", () => {
  expect(nodeProperties({ ...ARGS, racks: ["a", "b", "c"] }, 2)).toEqual({
    "node.id": "2",
    "advertised.listeners": `BROKER://shop-2.${HOST}:9091,CLIENT://shop-2.${HOST}:9092,EXTERNAL://[2001:db8::3]:30095`,
    "broker.rack": "c",
    "ssl.keystore.location": "/etc/kafka-platform/tls/broker-2.pem",
  });
  expect(nodeProperties({ ...ARGS, access: { type: "none" } }, 0)).toEqual({
    "node.id": "0",
    "advertised.listeners": `BROKER://shop-0.${HOST}:9091,CLIENT://shop-0.${HOST}:9092`,
    "ssl.keystore.location": "/etc/kafka-platform/tls/broker-0.pem",
  });
});

test("without access from outside there is no trace of its listener", () => {
  const properties = clusterProperties({ ...ARGS, access: { type: "none" } });
  expect(JSON.stringify(properties).toLowerCase()).not.toContain("external");
});

test("the other users log in, and both stay valid", () => {
  const properties = clusterProperties({
    ...ARGS,
    brokerUsers: [
      { user: "b", generation: 2 },
      { user: "a", generation: 1 },
    ],
    controllerUsers: [{ user: "b", generation: 2 }],
  });
  expect(properties["listener.name.broker.scram-sha-512.sasl.jaas.config"]).toBe(
    `${SCRAM} username="broker-b" password=${file("broker-b")};`,
  );
  expect(properties["listener.name.controller.plain.sasl.jaas.config"]).toBe(
    `${PLAIN} username="controller-b" password=${file("controller-b")} ` +
      `user_controller-a=${file("controller-a")} user_controller-b=${file("controller-b")};`,
  );
});

test("racks let consumers read from the nearest copy; the stack's own properties come last", () => {
  const properties = clusterProperties({
    ...ARGS,
    racks: ["a", "b", "c"],
    properties: { "num.io.threads": "16", "num.network.threads": undefined },
  });
  expect(properties["replica.selector.class"]).toBe(
    "org.apache.kafka.common.replica.RackAwareReplicaSelector",
  );
  expect(Object.entries(properties).at(-1)).toEqual(["num.io.threads", "16"]);
  expect(properties).not.toHaveProperty("num.network.threads");
});

const FIRST: ClusterCredentials = {
  admin: [{ mechanism: "SCRAM-SHA-512", generation: 1 }],
  brokerUsers: [{ user: "a", generation: 1 }],
  controllerUsers: [{ user: "a", generation: 1 }],
};

test("the secret files are the users to format with, and one password each", () => {
  const files = clusterSecretFiles((purpose) => `<${purpose}>`, FIRST);
  const anchor = "name=scram-anchor-csh,iterations=8192,password=<platform/scram-anchor-csh/1>";
  expect(files).toEqual({
    "scram-users":
      `SCRAM-SHA-512=[${anchor}]\nSCRAM-SHA-256=[${anchor}]\n` +
      "SCRAM-SHA-512=[name=admin,iterations=8192,password=<platform/admin/1>]\n" +
      "SCRAM-SHA-512=[name=broker-a,iterations=8192,password=<platform/broker-a/1>]\n" +
      "SCRAM-SHA-512=[name=broker-b,iterations=8192,password=<platform/broker-b/retired/0>]\n",
    "broker-a-password": "<platform/broker-a/1>",
    "broker-b-password": "<platform/broker-b/retired/0>",
    "controller-a-password": "<platform/controller-a/1>",
    "controller-b-password": "<platform/controller-b/retired/0>",
  });
  expect(CLUSTER_SECRET_FILES).toEqual(Object.keys(files));
});

test("the password of the brokers' idle user, and who is only formatted, restart nobody", () => {
  const files = clusterSecretFiles((purpose) => purpose, FIRST);
  expect(Object.keys(readAtEveryStart(files, FIRST.brokerUsers))).toEqual([
    ...["broker-a-password", "controller-a-password", "controller-b-password"],
  ]);
});

test("a rotation walks from one user to the other and back, and no password returns", () => {
  const seen: unknown[] = [];
  let live: LiveUsers = [{ user: "a", generation: 1 }];
  for (let step = 0; step < 6; step += 1) {
    live = afterNextStep(live, "2026-11-25");
    seen.push([live[0].user, ...Object.values(pairPurposes("broker", live))]);
  }
  expect(seen).toEqual([
    ["a", "platform/broker-a/1", "platform/broker-b/2"],
    ["b", "platform/broker-a/1", "platform/broker-b/2"],
    ["b", "platform/broker-a/retired/1", "platform/broker-b/2"],
    ["b", "platform/broker-a/3", "platform/broker-b/2"],
    ["a", "platform/broker-a/3", "platform/broker-b/2"],
    ["a", "platform/broker-a/3", "platform/broker-b/retired/2"],
  ]);
});

test("the admin's retired credential is overwritten with a password that nobody is given", () => {
  const retired = clusterCredentials({
    ...FIRST,
    admin: [{ mechanism: "SCRAM-SHA-256", generation: 2 }],
  });
  expect(retired.slice(0, 2)).toEqual([
    { username: "admin", mechanism: "SCRAM-SHA-256", purpose: "platform/admin/2" },
    {
      username: "admin",
      mechanism: "SCRAM-SHA-512",
      purpose: "platform/admin/retired/1",
    },
  ]);
});

test("a node that was added later is a broker only, and listens for no controller", () => {
  const of = (node: number) => nodeProperties(ARGS, node);
  expect(of(2)).not.toHaveProperty("process.roles");
  expect(of(3)).toMatchObject({
    "node.id": "3",
    "process.roles": "broker",
    "controller.quorum.auto.join.enable": "false",
    listeners: "BROKER://:9091,CLIENT://:9092,EXTERNAL://:9094",
  });
});

test("tiered storage lists its segments over TLS, as the broker's user in use, in three copies", () => {
  const store = {
    managerClass: "org.example.Store",
    classPath: "/opt/store/*",
    storeRanges: [],
    storePort: 443,
    properties: {},
  };
  const { [`${METADATA}.common.client.sasl.jaas.config`]: jaas, ...own } = clusterProperties({
    ...ARGS,
    tieredStorage: store,
  });
  expect(jaas).toContain('username="broker-a"');
  expect(own).toMatchObject({
    "remote.log.metadata.manager.listener.name": "BROKER",
    [`${METADATA}.topic.replication.factor`]: "3",
    [`${METADATA}.common.client.ssl.truststore.location`]: "/etc/kafka-platform/tls/ca.pem",
  });
});

const METADATA = "rlmm.config.remote.log.metadata";
