import type { AuditParts, AuditView } from "../../../operations/audit/audit-view.ts";
import type { BrokerSetting } from "../../../clients/kafka/observation/broker-settings.ts";
import { declaredFacts } from "../../../cli/audit/declared-facts.ts";
import { declaredCatalogue } from "../../../cli/stack/declared-catalogue.ts";
import { declaredConfig } from "../../../cli/stack/effective-config.ts";
import { findStack } from "../../../cli/stack/project.ts";
import { targetOf } from "../../../model/stack/cluster-kinds.ts";
import { kindOf } from "../../../model/stack/cluster-kinds.ts";
import { topicSpec } from "../../../model/topic/topic-spec.ts";

const TODAY = "2026-12-01";

const BROKERS = [0, 1, 2];

/** What a broker of the prod stack answers, as far as a control reads it. */
const CLEAN_SETTINGS: Readonly<Record<string, string | null>> = {
  "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
  "allow.everyone.if.no.acl.found": null,
  "super.users": null,
  "auto.create.topics.enable": "false",
  "unclean.leader.election.enable": "false",
  "default.replication.factor": "3",
  "offsets.topic.replication.factor": "3",
  "transaction.state.log.replication.factor": "3",
  "delete.topic.enable": "true",
  "connection.failed.authentication.delay.ms": "100",
  "listener.name.client.max.connections": "1000",
  "ssl.endpoint.identification.algorithm": "https",
  "ssl.enabled.protocols": "TLSv1.2,TLSv1.3",
  "ssl.client.auth": "none",
  "sasl.enabled.mechanisms": "GSSAPI",
  "inter.broker.listener.name": "INTERNAL",
  "controller.listener.names": "CONTROLLER",
  listeners: "CLIENT://:9092,INTERNAL://:9094,CONTROLLER://:9093",
  "advertised.listeners": "CLIENT://kafka-0.kafka.example.com:9092,INTERNAL://kafka-0.kafka:9094",
  "listener.security.protocol.map": "CLIENT:SASL_SSL,INTERNAL:SASL_SSL,CONTROLLER:SASL_SSL",
  "listener.name.client.sasl.enabled.mechanisms": "SCRAM-SHA-512,SCRAM-SHA-256",
  "listener.name.client.scram-sha-512.connections.max.reauth.ms": "900000",
  "listener.name.client.scram-sha-256.connections.max.reauth.ms": "900000",
  "listener.name.internal.sasl.enabled.mechanisms": "SCRAM-SHA-512",
  "listener.name.internal.scram-sha-512.connections.max.reauth.ms": "900000",
  "principal.builder.class":
    "org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder",
};

export const settings = (
  changed: Readonly<Record<string, string | null>> = {},
  source: BrokerSetting["source"] = "file",
): Map<string, BrokerSetting> =>
  new Map([
    ...Object.entries(CLEAN_SETTINGS).map(
      ([key, value]) => [key, { value, source: "file" }] as const,
    ),
    ...Object.entries(changed).map(([key, value]) => [key, { value, source }] as const),
  ]);

/** A cluster of the prod stack with the shipped catalogue, exactly as it is declared. */
export function cleanParts(): { declared: AuditView["declared"]; parts: AuditParts } {
  const config = declaredConfig(findStack("prod"));
  const catalogue = declaredCatalogue(targetOf(config));
  const declared = declaredFacts(catalogue, config);
  const brokers = kindOf(config.cluster).brokers(config.cluster);
  const specs = new Map(
    catalogue.topics.map((topic) => [topic.name, topicSpec(topic, config.environment, brokers)]),
  );
  const parts: AuditParts = {
    acls: declared.acls,
    users: [
      ...declared.accounts.map(({ name, mechanisms }) => ({ username: name, mechanisms })),
      ...declared.platformUsers.map((name) => ({
        username: name,
        mechanisms: ["SCRAM-SHA-512"] as const,
      })),
    ].map(({ username, mechanisms }) => ({
      username,
      credentials: mechanisms.map((mechanism) => ({ mechanism, iterations: 8192 })),
    })),
    quotas: [...declared.quotas].map((entity) => quotaOf(entity, declared)),
    topics: declared.topics.map(({ name }) => ({
      name,
      internal: false,
      partitions: specs.get(name)?.partitions ?? 3,
      replicationFactor: specs.get(name)?.replicationFactor ?? 3,
      configs: specs.get(name)?.config ?? { "min.insync.replicas": "2" },
    })),
    brokers: BROKERS.map((id) => ({ id, settings: settings() })),
    releases: BROKERS.map((broker) => ({
      broker,
      features: [{ name: "metadata.version", supported: 30, inEffect: 30 }],
    })),
    certificates: [
      {
        place: "cluster.caCertificate",
        subject: "CN=kafka-platform",
        ...{ validFrom: "2026-06-01", validTo: "2031-06-01", isAuthority: true },
        ...{ keyType: "ec", keyBits: 256, signature: "ecdsa-with-SHA256" },
      },
    ],
    credentials: declared.accounts.map(({ name }) => {
      return { account: name, due: "2027-01-01", secondSince: undefined };
    }),
    plainValues: [
      { place: "Pulumi.prod.yaml", name: "kafka-platform:environment", value: "prod" },
      {
        place: "Pulumi.prod.yaml",
        name: "kafka-platform:observability.receivers.team.slack.secret",
        value: "team-slack",
      },
      { place: "Pulumi.prod.yaml", name: "kafka-platform:cluster.imagePullSecret", value: "pull" },
      { place: "outputs", name: "admin.password", value: "[secret]" },
    ],
  };
  return { declared, parts };
}

export const viewOf = (
  { declared, parts }: ReturnType<typeof cleanParts>,
  today = TODAY,
): AuditView => ({
  today,
  declared,
  parts: Object.fromEntries(
    Object.entries(parts).map(([part, value]: [string, unknown]) => [part, { value, missing: [] }]),
  ) as unknown as AuditView["parts"],
});

function quotaOf(entity: string, declared: AuditView["declared"]): AuditParts["quotas"][number] {
  if (entity === "default user") {
    return { entity: { type: "user" }, values: declared.defaultQuota ?? {} };
  }
  const [, type = "user", name = ""] = /^(\S+) (.*)$/.exec(entity) ?? [];
  const values = declared.accounts.find((account) => account.name === name)?.quota ?? {};
  return { entity: { type: type as "user", name }, values };
}
