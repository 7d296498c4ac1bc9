import type { AclBinding } from "../../../clients/kafka/acls.ts";
import type { AuditParts, Declared } from "../../../operations/audit/audit-view.ts";
import { settings } from "./clean-view.ts";

interface Ground {
  readonly declared: Declared;
  readonly parts: AuditParts;
}

/** What is wrong with a cluster that was clean before, and a word of what must be found. */
export interface Planted {
  readonly plant: (ground: Ground) => {
    readonly parts?: Partial<AuditParts>;
    readonly declared?: Partial<Declared>;
  };
  readonly finds: string;
}

const acl = (changed: Partial<AclBinding>): AclBinding => ({
  ...{ resourceType: "TOPIC", resourceName: "orders", patternType: "LITERAL", host: "*" },
  ...{ principal: "User:somebody", operation: "READ", permissionType: "ALLOW" },
  ...changed,
});

const entry = (changed: Partial<AclBinding>, finds: string): Planted => ({
  plant: ({ parts }) => ({ parts: { acls: [...parts.acls, acl(changed)] } }),
  finds,
});

const login = (username: string, changed: object = {}): AuditParts["users"][number] => ({
  username,
  credentials: [{ mechanism: "SCRAM-SHA-512", iterations: 8192, ...changed }],
});

const user = (username: string, changed: object, finds: string): Planted => ({
  plant: ({ parts }) => ({
    parts: {
      users: [...parts.users.filter((one) => one.username !== username), login(username, changed)],
    },
  }),
  finds,
});

/** A property of the second of three brokers. */
const property = (
  changed: Readonly<Record<string, string | null>>,
  finds: string,
  source: "file" | "dynamic, this broker" = "file",
): Planted => ({
  plant: ({ parts }) => ({
    parts: {
      brokers: parts.brokers.map((broker) =>
        broker.id === 1 ? { id: 1, settings: settings(changed, source) } : broker,
      ),
    },
  }),
  finds,
});

const protocols = (map: string) => ({ "listener.security.protocol.map": map });

const topic = (changed: object, finds: string): Planted => ({
  plant: ({ parts: { topics } }) => {
    const [first, ...rest] = topics;
    return first ? { parts: { topics: [{ ...first, ...changed }, ...rest] } } : {};
  },
  finds,
});

const stranger: AuditParts["topics"][number] = {
  ...{ name: "by-hand", internal: false, partitions: 3, replicationFactor: 3 },
  configs: { "min.insync.replicas": "2" },
};

const certificate = (changed: object, finds: string): Planted => ({
  plant: ({ parts }) => ({
    parts: { certificates: parts.certificates.map((one) => ({ ...one, ...changed })) },
  }),
  finds,
});

const credential = (changed: object): Planted => ({
  plant: ({ parts }) => ({
    parts: {
      credentials: [
        { account: "old", due: undefined, secondSince: undefined, ...changed },
        ...parts.credentials,
      ],
    },
  }),
  finds: "account old",
});

const twoOwners = (
  resourceType: "GROUP" | "TRANSACTIONAL_ID",
  operation: "READ" | "WRITE",
): Planted => ({
  plant: ({ parts, declared }) => {
    const [one, other] = ["one", "other"].map((name) => ({
      ...{ name, owner: `team-${name}`, mechanisms: [], quota: undefined, sharesWith: [] },
    }));
    const same = { resourceType, operation, resourceName: "shared-name" } as const;
    return {
      declared: { accounts: [...declared.accounts, ...(one && other ? [one, other] : [])] },
      parts: {
        acls: [
          ...parts.acls,
          acl({ ...same, principal: "User:one" }),
          acl({
            ...same,
            principal: "User:other",
            resourceName: "shared",
            patternType: "PREFIXED",
          }),
        ],
      },
    };
  },
  finds: "shared-name of one and other",
});

const features = (supported: number, inEffect: number, finds: string): Planted => ({
  plant: ({ parts }) => ({
    parts: {
      releases: parts.releases.map(({ broker }) => ({
        broker,
        features: [{ name: "metadata.version", supported, inEffect }],
      })),
    },
  }),
  finds,
});

const without = <T>(all: readonly T[]): readonly T[] => all.slice(1);

/** A violation for each control, by its id. */
export const PLANTED: Readonly<Record<string, Planted>> = {
  "right-undeclared": entry({}, "User:somebody|*|READ|ALLOW|TOPIC|orders"),
  "right-missing": {
    plant: ({ parts }) => ({ parts: { acls: without(parts.acls) } }),
    finds: "entry User:",
  },
  "right-everybody": entry({ principal: "User:*" }, "User:*|"),
  "right-anonymous": entry({ principal: "User:ANONYMOUS" }, "User:ANONYMOUS|"),
  "right-principal-type": entry({ principal: "Group:team" }, "Group:team|"),
  "right-all-operations": entry({ operation: "ALL" }, "|ALL|"),
  "right-every-topic": entry({ resourceName: "*", operation: "WRITE" }, "|WRITE|ALLOW|TOPIC|*|"),
  "right-every-group": entry({ resourceType: "GROUP", resourceName: "*" }, "|GROUP|*|"),
  "right-every-transaction": entry(
    { resourceType: "TRANSACTIONAL_ID", resourceName: "*", operation: "WRITE" },
    "|TRANSACTIONAL_ID|*|",
  ),
  "right-short-prefix": entry({ resourceName: "o", patternType: "PREFIXED" }, "|o|PREFIXED"),
  "right-rules-cluster": entry(
    { resourceType: "CLUSTER", resourceName: "kafka-cluster", operation: "ALTER" },
    "|ALTER|ALLOW|CLUSTER|",
  ),
  "right-delegation-token": entry(
    {
      resourceType: "USER",
      operation: "CREATE_TOKENS",
    },
    "|USER|",
  ),
  "right-internal-topic": entry(
    { resourceName: "__consumer_offsets", operation: "WRITE" },
    "|__consumer_offsets|",
  ),
  "right-denied": entry({ permissionType: "DENY" }, "|DENY|"),
  "group-shared": twoOwners("GROUP", "READ"),
  "transactional-id-shared": twoOwners("TRANSACTIONAL_ID", "WRITE"),
  "right-without-user": entry({ principal: "User:nobody-there" }, "user nobody-there"),
  "right-of-super-user": entry({ principal: "User:admin" }, "user admin"),
  "user-without-rights": user("idle", {}, "user idle"),
  "user-undeclared": user("by-hand", {}, "user by-hand"),
  "user-missing": {
    plant: ({ parts }) => ({ parts: { users: without(parts.users) } }),
    finds: "user ",
  },
  "user-mechanism": {
    plant: ({ parts, declared }) => {
      const [account] = declared.accounts;
      const name = account?.name ?? "";
      const others = parts.users.filter(({ username }) => username !== name);
      return { parts: { users: [...others, login(name, { mechanism: "SCRAM-SHA-256" })] } };
    },
    finds: "user ",
  },
  "user-iterations": user("weak", { iterations: 4096 }, "user weak"),
  "credential-overdue": credential({ due: "2026-11-30" }),
  "rotation-unfinished": credential({ secondSince: "2026-10-01" }),
  "quota-default": {
    plant: ({ parts }) => ({
      parts: { quotas: parts.quotas.filter(({ entity }) => entity.name !== undefined) },
    }),
    finds: "default user",
  },
  "quota-account": { plant: () => ({ parts: { quotas: [] } }), finds: "user " },
  "quota-undeclared": {
    plant: ({ parts }) => ({
      parts: {
        quotas: [...parts.quotas, { entity: { type: "client-id", name: "hot" }, values: {} }],
      },
    }),
    finds: "quota of client-id hot",
  },
  "quota-changed": {
    plant: ({ parts }) => ({
      parts: {
        quotas: parts.quotas.map(({ entity }) => ({ entity, values: { producer_byte_rate: 1 } })),
      },
    }),
    finds: "quota of ",
  },
  "topic-undeclared": {
    plant: ({ parts }) => ({ parts: { topics: [...parts.topics, stranger] } }),
    finds: "topic by-hand",
  },
  "topic-missing": {
    plant: ({ parts }) => ({ parts: { topics: without(parts.topics) } }),
    finds: "topic ",
  },
  "topic-unclassified": {
    plant: ({ parts }) => ({ parts: { topics: [...parts.topics, stranger] } }),
    finds: "topic by-hand",
  },
  "topic-one-copy": topic({ replicationFactor: 1 }, "topic "),
  "topic-min-isr": topic({ configs: { "min.insync.replicas": "1" } }, "topic "),
  "topic-unclean-election": topic(
    { configs: { "unclean.leader.election.enable": "true", "min.insync.replicas": "2" } },
    "topic ",
  ),
  "listener-no-login": property(
    protocols("CLIENT:SSL,INTERNAL:SASL_SSL,CONTROLLER:SASL_SSL"),
    "listener CLIENT of broker 1",
  ),
  "listener-plain-text": property(
    protocols("CLIENT:SASL_PLAINTEXT,INTERNAL:SASL_SSL,CONTROLLER:SASL_SSL"),
    "listener CLIENT of broker 1",
  ),
  "listener-controller": property(
    protocols("CLIENT:SASL_SSL,INTERNAL:SASL_SSL,CONTROLLER:PLAINTEXT"),
    "listener CONTROLLER of broker 1",
  ),
  "listener-between-brokers": property(
    protocols("CLIENT:SASL_SSL,INTERNAL:SASL_PLAINTEXT,CONTROLLER:SASL_SSL"),
    "listener INTERNAL of broker 1",
  ),
  "listener-plain-mechanism": property(
    { "listener.name.client.sasl.enabled.mechanisms": "SCRAM-SHA-512,PLAIN" },
    "listener CLIENT of broker 1",
  ),
  "listener-old-tls": property(
    { "listener.name.client.ssl.enabled.protocols": "TLSv1.1,TLSv1.2" },
    "listener CLIENT of broker 1",
  ),
  "listener-session-lifetime": property(
    { "listener.name.client.scram-sha-256.connections.max.reauth.ms": "0" },
    "listener CLIENT of broker 1",
  ),
  "broker-authorizer": property({ "authorizer.class.name": "" }, "broker 1"),
  "broker-allow-everyone": property({ "allow.everyone.if.no.acl.found": "true" }, "broker 1"),
  "broker-super-users": property({ "super.users": "User:admin;User:mallory" }, "broker 1"),
  "broker-auto-create": property({ "auto.create.topics.enable": "true" }, "broker 1"),
  "broker-unclean-election": property({ "unclean.leader.election.enable": "true" }, "broker 1"),
  "broker-default-copies": property({ "default.replication.factor": "1" }, "broker 1"),
  "broker-internal-topics": property({ "offsets.topic.replication.factor": "1" }, "broker 1"),
  "broker-delete-topics": property({ "delete.topic.enable": "false" }, "broker 1"),
  "broker-failed-logins": property(
    { "connection.failed.authentication.delay.ms": "0" },
    "broker 1",
  ),
  "broker-connections": property(
    { "listener.name.client.max.connections": "2147483647" },
    "broker 1",
  ),
  "broker-host-names": property({ "ssl.endpoint.identification.algorithm": "" }, "broker 1"),
  "broker-principals": property({ "principal.builder.class": "com.example.Anybody" }, "broker 1"),
  "broker-changed-by-hand": property(
    { "log.retention.ms": "1" },
    "broker 1, log.retention.ms",
    "dynamic, this broker",
  ),
  "brokers-differ": property({ "ssl.client.auth": "required" }, "ssl.client.auth"),
  "release-known-fault": features(10, 10, "CVE-2024-27309"),
  "release-upgrade-unfinished": features(30, 27, "broker 0, metadata.version"),
  "certificate-ended": certificate({ validTo: "2026-11-30" }, "CN=kafka-platform"),
  "certificate-ends-soon": certificate({ validTo: "2026-12-30" }, "CN=kafka-platform"),
  "certificate-weak-key": certificate({ keyType: "rsa", keyBits: 1024 }, "CN=kafka-platform"),
  "certificate-weak-signature": certificate(
    { signature: "sha1WithRSAEncryption" },
    "CN=kafka-platform",
  ),
  "certificate-too-long": certificate({ validTo: "2056-06-01" }, "CN=kafka-platform"),
  "secret-in-the-open": {
    plant: ({ parts }) => ({
      parts: {
        plainValues: [
          ...parts.plainValues,
          { place: "Pulumi.prod.yaml", name: "kafka-platform:stackSecret", value: "abc" },
        ],
      },
    }),
    finds: "Pulumi.prod.yaml: kafka-platform:stackSecret",
  },
  "protection-off": { plant: () => ({ declared: { protection: false } }), finds: "protection" },
};
