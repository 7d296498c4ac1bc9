import { expect, test } from "vitest";
import { singleBrokerProperties } from "../../../model/broker/broker-properties.ts";
import { derivePassword } from "../../../model/credentials/credentials.ts";
import { dockerListeners } from "../../../model/broker/listeners.ts";
import { heapFor, heapOptions } from "../../../model/broker/memory.ts";
import { PLATFORM_ACCOUNTS } from "../../../model/credentials/platform-accounts.ts";
import { brokerSecretFiles } from "../../../model/broker/secret-files.ts";
import { renderUiConfig } from "../../../model/broker/ui-config.ts";
import { GIB } from "../../../model/values/units.ts";
import { javaBucket } from "../../support/kafka/java-hash.ts";

const properties = singleBrokerProperties({ listeners: dockerListeners(19092), memory: GIB });

test("clients are sent to loopback, containers to the broker, nobody to the controller", () => {
  expect(properties).toMatchObject({
    listeners: "CLIENT://0.0.0.0:9092,INTERNAL://0.0.0.0:9094,CONTROLLER://127.0.0.1:9093",
    "advertised.listeners": "CLIENT://127.0.0.1:19092,INTERNAL://broker:9094",
    "controller.quorum.bootstrap.servers": "127.0.0.1:9093",
    "listener.security.protocol.map":
      "CLIENT:SASL_PLAINTEXT,INTERNAL:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
  });
});

test("access is denied unless granted, and only three platform accounts are exempt", () => {
  expect(properties).toMatchObject({
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "allow.everyone.if.no.acl.found": "false",
    "super.users": "User:admin;User:broker;User:controller",
    "auto.create.topics.enable": "false",
  });
});

test("the quorum is dynamic, snapshots are frequent, and the log directory is not a mount's root", () => {
  expect(properties).not.toHaveProperty("controller.quorum.voters");
  expect(properties["metadata.log.max.snapshot.interval.ms"]).toBe("10000");
  expect(properties["log.dirs"]).toBe("/var/lib/kafka/data/log");
});

test("the client listener takes both SCRAM mechanisms, the controller's takes PLAIN and never SCRAM", () => {
  expect(properties["listener.name.client.sasl.enabled.mechanisms"]).toBe(
    "SCRAM-SHA-512,SCRAM-SHA-256",
  );
  expect(properties["listener.name.controller.sasl.enabled.mechanisms"]).toBe("PLAIN");
});

test("broker.properties holds references to secrets, not secrets", () => {
  const text = JSON.stringify(properties);
  expect(text).toContain("${dir:/etc/kafka-platform/secrets:broker-password}");
  expect(text).toContain("${dir:/etc/kafka-platform/secrets:controller-password}");
});

test("everybody who must log in by SCRAM before anything is declared is a user at format time", () => {
  const admin = [{ mechanism: "SCRAM-SHA-512", generation: 1 }] as const;
  const { "scram-users": users, ...files } = brokerSecretFiles((purpose) => `<${purpose}>`, admin);
  expect(users).toBe(
    "SCRAM-SHA-512=[name=scram-anchor-csh,iterations=8192,password=<platform/scram-anchor-csh/1>]\n" +
      "SCRAM-SHA-256=[name=scram-anchor-csh,iterations=8192,password=<platform/scram-anchor-csh/1>]\n" +
      "SCRAM-SHA-512=[name=admin,iterations=8192,password=<platform/admin/1>]\n" +
      "SCRAM-SHA-512=[name=broker,iterations=8192,password=<platform/broker/1>]\n" +
      "SCRAM-SHA-512=[name=health,iterations=8192,password=<platform/health/1>]\n",
  );
  expect(files).toEqual({
    "broker-password": "<platform/broker/1>",
    "controller-password": "<platform/controller/1>",
    "health.properties":
      "bootstrap.servers=broker:9094\n" +
      "security.protocol=SASL_PLAINTEXT\n" +
      "sasl.mechanism=SCRAM-SHA-512\n" +
      "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required " +
      'username="health" password="<platform/health/1>";\n',
  });
});

test("a volume formatted while the admin is rotated has both of its credentials", () => {
  const { "scram-users": users } = brokerSecretFiles(
    (purpose) => `<${purpose}>`,
    [
      { mechanism: "SCRAM-SHA-256", generation: 2 },
      { mechanism: "SCRAM-SHA-512", generation: 1 },
    ],
  );
  expect(users?.split("\n").filter((line) => line.includes("name=admin"))).toEqual([
    "SCRAM-SHA-256=[name=admin,iterations=8192,password=<platform/admin/2>]",
    "SCRAM-SHA-512=[name=admin,iterations=8192,password=<platform/admin/1>]",
  ]);
});

test("Java sorts the anchor's name into the first bucket of a table of any size up to 65,536", () => {
  expect(javaBucket(PLATFORM_ACCOUNTS.anchor, 2 ** 16)).toBe(0);
});

test("derived passwords are alphanumeric, repeatable, and differ by secret and by purpose", () => {
  const one = derivePassword("s1", "account/a/SCRAM-SHA-512/1");
  expect(one).toMatch(/^[A-Za-z0-9]{32}$/);
  expect(derivePassword("s1", "account/a/SCRAM-SHA-512/1")).toBe(one);
  const others = [
    derivePassword("s2", "account/a/SCRAM-SHA-512/1"),
    derivePassword("s1", "account/a/SCRAM-SHA-256/1"),
    derivePassword("s1", "account/a/SCRAM-SHA-512/2"),
    derivePassword("s1", "account/b/SCRAM-SHA-512/1"),
  ];
  expect(new Set([one, ...others]).size).toBe(5);
});

test("the derivation never changes: another password would lock out every client", () => {
  expect(derivePassword("0123456789abcdef0123456789abcdef", "platform/admin/1")).toBe(
    "cMRtSdnSjYbk8V3M02pBQ9hLXM5of634",
  );
});

test("heap is half of the memory, at most 5 GiB, and does not grow", () => {
  expect(heapFor(4 * GIB)).toBe(2 * GIB);
  expect(heapFor(64 * GIB)).toBe(5 * GIB);
  expect(heapOptions(GIB)).toBe("-Xms512m -Xmx512m");
});

test("the UI asks for a login, is read-only and reads metrics from the exporter", () => {
  const config: unknown = JSON.parse(
    renderUiConfig({
      clusterName: "shop",
      bootstrapServers: ["broker:9094"],
      account: { username: "kafka-ui", password: "pwU", mechanism: "SCRAM-SHA-256" },
      login: { username: "admin", password: "pwL" },
    }),
  );
  expect(config).toEqual({
    auth: { type: "LOGIN_FORM" },
    spring: { security: { user: { name: "admin", password: "pwL" } } },
    kafka: {
      clusters: [
        {
          name: "shop",
          bootstrapServers: "broker:9094",
          readOnly: true,
          properties: {
            "security.protocol": "SASL_PLAINTEXT",
            "sasl.mechanism": "SCRAM-SHA-256",
            "sasl.jaas.config":
              "org.apache.kafka.common.security.scram.ScramLoginModule required " +
              'username="kafka-ui" password="pwU";',
          },
          metrics: { type: "PROMETHEUS", port: 9404 },
        },
      ],
    },
  });
});

test("what a stack sets itself comes last, and tiered storage names its plugin and who it logs in as", () => {
  const own = singleBrokerProperties({
    listeners: dockerListeners(19092),
    memory: GIB,
    properties: { "num.io.threads": "16", "connections.max.reauth.ms": "60000" },
    tieredStorage: {
      managerClass: "org.example.Store",
      classPath: "/opt/store/*",
      ...{ storeRanges: [], storePort: 443 },
      properties: { "bucket.name": "b", "upload.parts": 4 },
    },
  });
  const added = Object.entries(own).filter(([key, value]) => properties[key] !== value);
  expect(Object.fromEntries(added)).toEqual({
    "num.io.threads": "16",
    "listener.name.client.scram-sha-512.connections.max.reauth.ms": "60000",
    "listener.name.client.scram-sha-256.connections.max.reauth.ms": "60000",
    "listener.name.internal.scram-sha-512.connections.max.reauth.ms": "60000",
    "listener.name.internal.scram-sha-256.connections.max.reauth.ms": "60000",
    "remote.log.storage.system.enable": "true",
    "remote.log.storage.manager.class.name": "org.example.Store",
    "remote.log.storage.manager.class.path": "/opt/store/*",
    "remote.log.metadata.manager.listener.name": "INTERNAL",
    "rsm.config.bucket.name": "b",
    "rsm.config.upload.parts": "4",
    "rlmm.config.remote.log.metadata.topic.replication.factor": "1",
    "rlmm.config.remote.log.metadata.common.client.sasl.mechanism": "SCRAM-SHA-512",
    "rlmm.config.remote.log.metadata.common.client.sasl.jaas.config":
      'org.apache.kafka.common.security.scram.ScramLoginModule required username="broker" ' +
      'password="${dir:/etc/kafka-platform/secrets:broker-password}";',
  });
});

test("a partition of a topic without a size of its own is bounded, as its segments are", () => {
  expect(properties["log.retention.bytes"]).toBe(String(256 * 2 ** 20));
  expect(properties["log.segment.bytes"]).toBe(String(128 * 2 ** 20));
});
