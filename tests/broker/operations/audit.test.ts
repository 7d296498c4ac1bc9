/** What an audit sees of a real broker: what was planted with Kafka's own tools, and what it may not see. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import { BrokerLinks } from "../../../clients/kafka/observation/broker-links.ts";
import { serverCertificate } from "../../../clients/kafka/observation/server-certificate.ts";
import { certificateFacts } from "../../../operations/audit/certificate-facts.ts";
import { CONTROLS } from "../../../operations/audit/controls.ts";
import { judge } from "../../../operations/audit/judge.ts";
import { lookAtCluster } from "../../../operations/audit/look.ts";
import { cleanParts, viewOf } from "../../operations/audit/clean-view.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { adminOf } from "../../support/kafka/kafka-clients.ts";
import { kafkaTool } from "../../support/kafka/kafka-tool.ts";

const STRANGER = { username: "stranger", password: "what-nobody-declared" };

let broker: JarBroker;
let admin: KafkaAdmin;
let links: BrokerLinks;
let byAdmin: Awaited<ReturnType<typeof audited>>;

const linksOf = ({ username, password }: { username: string; password: string }) =>
  new BrokerLinks({
    bootstrapServers: [broker.bootstrapServer],
    sasl: { username, password, mechanism: "SCRAM-SHA-512" },
    deadlineMs: 10_000,
  });

const tool = (mainClass: string, args: readonly string[]) =>
  kafkaTool({ bootstrap: broker.bootstrapServer, ...broker.admin }, mainClass, args);

async function audited(as: { readonly admin: KafkaAdmin; readonly links: BrokerLinks }) {
  const view = viewOf(cleanParts());
  const live = await lookAtCluster(as.admin, as.links);
  const declared = { ...view.declared, hiddenProperties: new Map<string, string>() };
  const results = judge(CONTROLS, { ...view, declared, parts: { ...view.parts, ...live } });
  return new Map(results.map((result) => [result.control.id, result]));
}

beforeAll(async () => {
  broker = await JarBroker.start({
    users: [STRANGER],
    listeners: ["plaintext", "tls"],
    properties: {
      "auto.create.topics.enable": "true",
      "unclean.leader.election.enable": "true",
      "connection.failed.authentication.delay.ms": "0",
      "listener.name.client.sasl.enabled.mechanisms": "SCRAM-SHA-512,SCRAM-SHA-256,PLAIN",
      "listener.name.client.plain.sasl.jaas.config":
        "org.apache.kafka.common.security.plain.PlainLoginModule required;",
      "listener.name.clienttls.ssl.enabled.protocols": "TLSv1.1,TLSv1.2",
    },
  });
  admin = await adminOf(broker);
  links = linksOf(broker.admin);
  const acl = ["--add", "--force"];
  await tool("org.apache.kafka.tools.AclCommand", [
    ...acl,
    "--allow-principal",
    "User:*",
    "--operation",
    "All",
    "--topic",
    "*",
  ]);
  await tool("org.apache.kafka.tools.AclCommand", [
    ...acl,
    "--allow-principal",
    "User:gone",
    "--operation",
    "Alter",
    "--cluster",
  ]);
  await tool("org.apache.kafka.tools.AclCommand", [
    ...acl,
    "--deny-principal",
    "User:stranger",
    "--operation",
    "Read",
    "--group",
    "g",
  ]);
  await tool("org.apache.kafka.tools.TopicCommand", [
    "--create",
    "--topic",
    "by-hand",
    "--partitions",
    "1",
    "--config",
    "unclean.leader.election.enable=true",
  ]);
  await tool("kafka.admin.ConfigCommand", [
    "--alter",
    "--entity-type",
    "users",
    "--entity-name",
    "weak",
    "--add-config",
    "SCRAM-SHA-256=[iterations=4096,password=weak-weak]",
  ]);
  await tool("kafka.admin.ConfigCommand", [
    "--alter",
    "--entity-type",
    "clients",
    "--entity-name",
    "hot",
    "--add-config",
    "producer_byte_rate=1024",
  ]);
  await tool("kafka.admin.ConfigCommand", [
    "--alter",
    "--entity-type",
    "brokers",
    "--entity-name",
    "1",
    "--add-config",
    "log.cleaner.threads=2",
  ]);
  byAdmin = await audited({ admin, links });
}, 180_000);
afterAll(async () => {
  await links.close();
  await admin.close();
  await broker.destroy();
});

it.each([
  ["right-undeclared", "entry User:*|*|ALL|ALLOW|TOPIC|*|LITERAL"],
  ["right-everybody", "entry User:*|*|ALL|ALLOW|TOPIC|*|LITERAL"],
  ["right-all-operations", "entry User:*|*|ALL|ALLOW|TOPIC|*|LITERAL"],
  ["right-every-topic", "entry User:*|*|ALL|ALLOW|TOPIC|*|LITERAL"],
  ["right-rules-cluster", "entry User:gone|*|ALTER|ALLOW|CLUSTER|kafka-cluster|LITERAL"],
  ["right-denied", "entry User:stranger|*|READ|DENY|GROUP|g|LITERAL"],
  ["right-without-user", "user gone"],
  ["user-undeclared", "user stranger"],
  ["user-iterations", "user weak, SCRAM-SHA-256"],
  ["quota-default", "default user"],
  ["quota-undeclared", "quota of client-id hot"],
  ["topic-undeclared", "topic by-hand"],
  ["topic-one-copy", "topic by-hand"],
  ["topic-unclean-election", "topic by-hand"],
  ["listener-no-login", "listener ANONYMOUS of broker 1"],
  ["listener-plain-mechanism", "listener CLIENT of broker 1"],
  ["listener-old-tls", "listener CLIENTTLS of broker 1"],
  ["listener-session-lifetime", "listener CLIENT of broker 1"],
  ["broker-auto-create", "broker 1, auto.create.topics.enable"],
  ["broker-unclean-election", "broker 1, unclean.leader.election.enable"],
  ["broker-failed-logins", "broker 1, connection.failed.authentication.delay.ms"],
  ["broker-connections", "broker 1, max.connections"],
  ["broker-changed-by-hand", "broker 1, log.cleaner.threads"],
  ["broker-internal-topics", "broker 1, offsets.topic.replication.factor"],
])("%s finds %s", (id, subject) => {
  const result = byAdmin.get(id);
  expect(result?.found.map((finding) => finding.subject)).toContain(subject);
});

it("passes what is right, and does not pass what Kafka hides", () => {
  const results = byAdmin;
  expect(results.get("broker-authorizer")?.outcome).toBe("fine");
  expect(results.get("listener-controller")?.outcome).toBe("fine");
  expect(results.get("broker-super-users")?.outcome).toBe("not-seen");
  expect(results.get("broker-allow-everyone")?.outcome).toBe("not-seen");
});

it("passes nothing that it has no right to look at", async () => {
  const blind = await adminOf(broker, STRANGER);
  const blindLinks = linksOf(STRANGER);
  const results = await audited({ admin: blind, links: blindLinks });
  const ofCluster = [...results.values()].filter(({ control }) =>
    control.looksAt.some((part) => ["acls", "users", "quotas", "topics", "brokers"].includes(part)),
  );
  expect(ofCluster.length).toBeGreaterThan(40);
  expect(ofCluster.filter(({ outcome }) => outcome !== "not-seen")).toEqual([]);
  expect(ofCluster.every(({ notSeen }) => notSeen.length > 0)).toBe(true);
  await blindLinks.close();
  await blind.close();
});

it("sees the certificate that a broker shows, and says where none is shown", async () => {
  const at = (server: string) => {
    const [host = "", port = ""] = server.split(":");
    return { host, port: Number(port) };
  };
  const shown = certificateFacts("broker 1", await serverCertificate(at(broker.tlsServer), 5_000));
  expect(shown).toMatchObject({ place: "broker 1", subject: "CN=localhost" });
  expect(shown.validTo > shown.validFrom).toBe(true);
  expect(shown.signature).not.toBe("unknown");
  await expect(serverCertificate(at(broker.plaintextServer), 2_000)).rejects.toThrow(
    /^certificate of 127/,
  );
});
