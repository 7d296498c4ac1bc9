import { alertmanagerPolicy } from "../../components/observability/kubernetes/manifests/monitoring-policies.ts";
import {
  brokerConfigMap,
  clusterFormedConfigMap,
} from "../../components/kubernetes/manifests/config-maps.ts";
import { claimObject } from "../../components/kubernetes/manifests/claims.ts";
import { disruptionBudget } from "../../components/kubernetes/manifests/disruption-budget.ts";
import { uiDeployment } from "../../components/kubernetes/manifests/kafka-ui-deployment.ts";
import { namespaceObject } from "../../components/kubernetes/manifests/namespace.ts";
import {
  brokerPolicy,
  denyAllPolicy,
  uiPolicy,
} from "../../components/kubernetes/manifests/network-policies.ts";
import { objectMetadata } from "../../components/kubernetes/manifests/object-metadata.ts";
import { serviceAccountObject } from "../../components/kubernetes/manifests/service-account.ts";
import {
  bootstrapService,
  externalBrokerService,
  headlessService,
  uiService,
} from "../../components/kubernetes/manifests/services.ts";
import { statefulSet } from "../../components/kubernetes/manifests/stateful-set.ts";
import { singleBrokerProperties } from "../../model/broker/broker-properties.ts";
import { CLUSTER_SECRET_FILES } from "../../model/kubernetes/cluster-accounts.ts";
import type { ExternalAccess } from "../../model/kubernetes/kubernetes-access.ts";
import { dockerListeners } from "../../model/broker/listeners.ts";
import { renderUiConfig } from "../../model/broker/ui-config.ts";
import { type PolicyResource, secretValue } from "../../policy/resource.ts";
import * as type from "../../model/stack/resource-types.ts";
import { type Path, placed } from "../support/pulumi/placed.ts";

export { type Path, REMOVED } from "../support/pulumi/placed.ts";

/** Resources that break no rule, each as the program makes it, for a case to change. */

const GIB = 2 ** 30;
const SCOPE = { name: "kafka", namespace: "kafka" };
const access: ExternalAccess = {
  type: "loadBalancer",
  addresses: ["k0", "k1", "k2"],
  port: 9094,
  annotations: {},
  sourceRanges: ["192.0.2.0/24"],
};
const storage = { class: "fast", size: 10 * GIB };

const urnOf = (token: string, name: string): string =>
  `urn:pulumi:test::kafka-platform::${token}::${name}`;

export const resource = (
  token: string,
  name: string,
  inputs: object,
  more: Partial<Pick<PolicyResource, "parent" | "options">> = {},
): PolicyResource => ({
  urn: urnOf(token, name),
  type: token,
  name,
  inputs: inputs as PolicyResource["inputs"],
  options: { protect: true, retainOnDelete: true },
  ...more,
});

/** The resource with another value at a place in its inputs. */
export const changed = (one: PolicyResource, path: Path, value: unknown): PolicyResource => ({
  ...one,
  inputs: placed(one.inputs, path, value) as PolicyResource["inputs"],
});

export const unprotected = (one: PolicyResource): PolicyResource => ({
  ...one,
  options: { protect: false, retainOnDelete: false },
});

const managed = { parent: urnOf(type.MANAGED_TOPIC, "orders") };
const owned = { parent: urnOf(type.ACCOUNT, "shop") };

export const topicNamed = (name: string, config: object = {}): PolicyResource =>
  resource(
    type.TOPIC,
    name,
    {
      name,
      partitions: 3,
      replicationFactor: 3,
      config: {
        "cleanup.policy": "delete",
        "min.insync.replicas": "2",
        "retention.ms": "604800000",
        "retention.bytes": "1073741824",
        ...config,
      },
    },
    managed,
  );
export const TOPIC = topicNamed("orders");
export const COMPACTED = changed(
  changed(TOPIC, ["config", "cleanup.policy"], "compact"),
  ["config", "delete.retention.ms"],
  "86400000",
);
export const DECLARATION = resource(type.MANAGED_TOPIC, "orders", {
  owner: "shop",
  description: "Orders.",
  classification: "internal",
});

/** An entry, named by its identity. */
export function acl(change: object = {}): PolicyResource {
  const entry = {
    aclPrincipal: "User:shop",
    aclHost: "*",
    aclOperation: "Write",
    aclPermissionType: "Allow",
    aclResourceType: "Topic",
    aclResourceName: "orders",
    resourcePatternTypeFilter: "Literal",
    ...change,
  };
  return resource(type.ACL, Object.values(entry).map(String).join("|"), entry, owned);
}
export const ACL = acl();
export const CREDENTIAL = resource(
  type.CREDENTIAL,
  "shop|SCRAM-SHA-512",
  {
    username: "shop",
    scramMechanism: "SCRAM-SHA-512",
    scramIterations: 8192,
    password: secretValue("hidden"),
  },
  owned,
);
export const ACCOUNT = resource(type.ACCOUNT, "shop", { username: "shop", grants: {} });
export const QUOTA = resource(type.QUOTA, "entity-default|user", {
  entityType: "user",
  config: {},
});
export const KAFKA_PROVIDER = resource(type.KAFKA_PROVIDER, "kafka", {
  bootstrapServers: '["k0:9094"]',
  tlsEnabled: "true",
  skipTlsVerify: "false",
  saslUsername: "admin",
  saslPassword: secretValue("hidden"),
});

export const STATEFUL_SET = resource(
  type.STATEFUL_SET,
  "kafka",
  statefulSet({
    ...SCOPE,
    brokers: 3,
    clusterId: "4L6g3nShT-eMCtK--X86sw",
    directoryIds: ["AAAAAAAAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBBBBBBBA", "CCCCCCCCCCCCCCCCCCCCCA"],
    metadataVersion: "4.3",
    image: `registry.example/broker@sha256:${"a".repeat(64)}`,
    cpu: "500m",
    memory: 4 * GIB,
    storage,
    minReadySeconds: 30,
    spread: "required",
    access,
    priorityClass: "data",
    secretFiles: CLUSTER_SECRET_FILES,
    checksums: {},
  }),
);
export const DEPLOYMENT = resource(
  type.DEPLOYMENT,
  "ui",
  uiDeployment({
    ...SCOPE,
    image: `registry.example/ui@sha256:${"b".repeat(64)}`,
    checksum: "c",
  }),
);
export const CONFIG_MAP = resource(
  type.CONFIG_MAP,
  "kafka-config",
  brokerConfigMap(
    {
      ...SCOPE,
      access,
      memory: 4 * GIB,
      initialControllers: 3,
      brokerUsers: [{ user: "a", generation: 1 }],
      controllerUsers: [{ user: "a", generation: 1 }],
      racks: ["r0", "r1", "r2"],
      properties: {},
    },
    3,
  ),
);
export const OTHER_CONFIG_MAP = resource(
  type.CONFIG_MAP,
  "kafka-formed",
  clusterFormedConfigMap(SCOPE, "4L6g3nShT-eMCtK--X86sw"),
);

/** The ConfigMap with another line in the properties that all brokers share; none takes it away. */
export function withProperty(key: string, value: string | undefined): PolicyResource {
  const data = CONFIG_MAP.inputs["data"] as Record<string, string>;
  const lines = (data["broker.properties"] ?? "")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith(`${key}=`));
  const text = [...lines, ...(value === undefined ? [] : [`${key}=${value}`])].join("\n");
  return changed(CONFIG_MAP, ["data", "broker.properties"], text);
}

const opaque = (name: string, data: object) =>
  resource(type.SECRET, name, {
    metadata: objectMetadata(SCOPE, "broker", name),
    data: secretValue(data),
  });
export const UI_SECRET = opaque("kafka-ui", uiFile({ auth: "LOGIN_FORM", readOnly: true }));
const SECRETS = [opaque("kafka-credentials", {}), opaque("kafka-tls", {}), UI_SECRET];

/** The UI's configuration in a Secret, as far as a rule reads it. */
export function uiFile({ auth, readOnly }: { auth: string; readOnly: boolean }): object {
  const login = { username: "kafka-ui", password: "hidden" };
  const config = renderUiConfig({
    clusterName: "kafka",
    bootstrapServers: ["k:9092"],
    account: { ...login, mechanism: "SCRAM-SHA-512" },
    login,
  });
  const text = config
    .replace('"LOGIN_FORM"', JSON.stringify(auth))
    .replace('"readOnly": true', `"readOnly": ${String(readOnly)}`);
  return { "ui.yml": Buffer.from(text).toString("base64") };
}

const service = (name: string, inputs: object) => resource(type.SERVICE, name, inputs);
export const SERVICE = service("kafka-external-0", externalBrokerService(SCOPE, access, 0));
export const UI_SERVICE = service("ui-service", uiService(SCOPE, 8080));
const SERVICES = [
  service("kafka-headless", headlessService(SCOPE, access)),
  service("kafka-bootstrap", bootstrapService(SCOPE)),
  SERVICE,
  UI_SERVICE,
];
export const SERVICE_ACCOUNT = resource(
  type.SERVICE_ACCOUNT,
  "kafka-account",
  serviceAccountObject(SCOPE, "broker", "kafka"),
);
const UI_SERVICE_ACCOUNT = resource(
  type.SERVICE_ACCOUNT,
  "ui-account",
  serviceAccountObject(SCOPE, "ui", "kafka-ui"),
);
export const CLAIM = resource(type.CLAIM, "kafka-data-0", claimObject(SCOPE, storage, 0));
export const NAMESPACE = resource(type.NAMESPACE, "kafka-namespace", namespaceObject(SCOPE));
export const BUDGET = resource(type.DISRUPTION_BUDGET, "kafka-budget", disruptionBudget(SCOPE));

const policyArgs = {
  ...SCOPE,
  access,
  monitoringNamespace: "monitoring",
  clientNamespaces: [],
  accountNamespaces: {},
  uiNamespaces: [],
  apiServerRanges: [],
};
const policy = (name: string, inputs: object) => resource(type.NETWORK_POLICY, name, inputs);
export const DENY_ALL = policy("kafka-deny-all", denyAllPolicy(policyArgs));
export const BROKER_POLICY = policy("kafka-brokers", brokerPolicy(policyArgs));
export const ALERTMANAGER_POLICY = policy(
  "alertmanager-policy",
  alertmanagerPolicy(SCOPE, {
    ...{ receiverRanges: ["203.0.113.0/24"], receiverPorts: [443] },
    exporter: true,
  }),
);
export const UI_POLICY = policy("ui-policy", uiPolicy(policyArgs));

export const CONTAINER = resource(type.CONTAINER, "broker", {
  envs: ["KAFKA_HEAP_OPTS=-Xms512m -Xmx512m", "QUORUM_MODE=standalone"],
  memory: 1024,
  ports: [{ internal: 9092, external: 9092, ip: "127.0.0.1" }],
  capabilities: { drops: ["ALL"] },
  securityOpts: ["no-new-privileges:true"],
  uploads: secretValue([{ file: "/etc/kafka-platform/secrets/a", content: "hidden" }]),
});
export const DOCKER_BROKER = resource(type.DOCKER_BROKER, "broker", {
  environment: "dev",
  properties: singleBrokerProperties({ listeners: dockerListeners(9092), memory: GIB }),
});
export const VOLUME = resource(type.VOLUME, "broker-data", { name: "kafka-platform-data" });
export const KUBERNETES_UI = resource(type.KUBERNETES_UI, "ui", {
  auth: "LOGIN_FORM",
  readOnly: true,
});
export const CLUSTER = resource(type.KUBERNETES_CLUSTER, "kafka", { environment: "prod" });

/** Everything that a cluster on Kubernetes is made of. */
export const EVERYTHING: readonly PolicyResource[] = [
  KAFKA_PROVIDER,
  CLUSTER,
  NAMESPACE,
  STATEFUL_SET,
  DEPLOYMENT,
  CONFIG_MAP,
  OTHER_CONFIG_MAP,
  ...SECRETS,
  ...SERVICES,
  SERVICE_ACCOUNT,
  UI_SERVICE_ACCOUNT,
  CLAIM,
  BUDGET,
  DENY_ALL,
  BROKER_POLICY,
  UI_POLICY,
  KUBERNETES_UI,
  DECLARATION,
  TOPIC,
  ACCOUNT,
  CREDENTIAL,
  ACL,
  QUOTA,
];

/** {@link EVERYTHING} with some of it replaced by resources of the same URN, and more added. */
export const everythingWith = (...others: readonly PolicyResource[]): PolicyResource[] => {
  const replaced = new Map(others.map((one) => [one.urn, one]));
  const rest = others.filter(({ urn }) => !EVERYTHING.some((one) => one.urn === urn));
  return [...EVERYTHING.map((one) => replaced.get(one.urn) ?? one), ...rest];
};

export const everythingWithout = (...gone: readonly PolicyResource[]): PolicyResource[] =>
  EVERYTHING.filter((one) => !gone.includes(one));
