import path from "node:path";

import type { Keystore } from "../self-signed.ts";
import type { Ports } from "./free-ports.ts";
import type { JarBrokerOptions } from "./jar-broker.ts";
import type { Login } from "./running-broker.ts";

const SCRAM_MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule required";
const PLAIN_MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule required";

/** `server.properties` of a combined broker and controller with one dynamic-quorum voter. */
export function serverProperties(
  folder: string,
  ports: Ports,
  admin: Login,
  options: JarBrokerOptions,
  keystore: Keystore | undefined,
): string {
  const controller = `username="controller" password="${admin.password}"`;
  const clients = [
    `CLIENT://127.0.0.1:${ports.client}`,
    ...(keystore ? [`CLIENTTLS://localhost:${ports.tls}`] : []),
    ...(options.listeners?.includes("plaintext")
      ? [`ANONYMOUS://127.0.0.1:${ports.plaintext}`]
      : []),
  ].join(",");
  const properties: Record<string, string> = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "log.dirs": path.join(folder, "data"),
    listeners: `${clients},CONTROLLER://127.0.0.1:${ports.controller}`,
    "listener.security.protocol.map":
      "CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT,CLIENTTLS:SASL_SSL,ANONYMOUS:PLAINTEXT",
    "advertised.listeners": clients,
    "controller.listener.names": "CONTROLLER",
    "controller.quorum.bootstrap.servers": `127.0.0.1:${ports.controller}`,
    "inter.broker.listener.name": "CLIENT",
    "sasl.mechanism.inter.broker.protocol": "SCRAM-SHA-512",
    // SCRAM credentials live in the log the controller must first read, hence PLAIN there.
    "sasl.mechanism.controller.protocol": "PLAIN",
    "listener.name.controller.sasl.enabled.mechanisms": "PLAIN",
    "listener.name.controller.plain.sasl.jaas.config": `${PLAIN_MODULE} ${controller} user_controller="${admin.password}";`,
    ...scramListener("client", admin),
    ...(keystore ? tlsListener("clienttls", admin, keystore) : {}),
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": "User:admin;User:controller",
    "allow.everyone.if.no.acl.found": "false",
    "auto.create.topics.enable": "false",
    // One node: every default of 3 would keep groups and transactions from starting.
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "group.initial.rebalance.delay.ms": "0",
    // Small heap: the cleaner reserves 128 MB unless told otherwise.
    "log.cleaner.dedupe.buffer.size": "4194304",
    "log.index.size.max.bytes": "1048576",
    // Without a snapshot in between, a removed SCRAM user can take the others with it at a restart.
    "metadata.log.max.snapshot.interval.ms": "10000",
    ...options.properties,
  };
  return lines(properties);
}

/** Both SCRAM mechanisms on one listener; each needs a JAAS line of its own. */
function scramListener(listener: string, admin: Login): Record<string, string> {
  const login = `username="${admin.username}" password="${admin.password}"`;
  const prefix = `listener.name.${listener}`;
  return {
    [`${prefix}.sasl.enabled.mechanisms`]: "SCRAM-SHA-512,SCRAM-SHA-256",
    [`${prefix}.scram-sha-512.sasl.jaas.config`]: `${SCRAM_MODULE} ${login};`,
    [`${prefix}.scram-sha-256.sasl.jaas.config`]: `${SCRAM_MODULE};`,
  };
}

function tlsListener(listener: string, admin: Login, keystore: Keystore): Record<string, string> {
  const prefix = `listener.name.${listener}`;
  return {
    ...scramListener(listener, admin),
    [`${prefix}.ssl.keystore.type`]: "PKCS12",
    [`${prefix}.ssl.keystore.location`]: keystore.file,
    [`${prefix}.ssl.keystore.password`]: keystore.password,
  };
}

/** Client properties with which Kafka's own tools log in to the CLIENT listener. */
export function clientProperties({
  username,
  password,
  mechanism = "SCRAM-SHA-512",
}: Login): string {
  return lines({
    "security.protocol": "SASL_PLAINTEXT",
    "sasl.mechanism": mechanism,
    "sasl.jaas.config": `${SCRAM_MODULE} username="${username}" password="${password}";`,
  });
}

function lines(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");
}
