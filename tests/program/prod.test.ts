import * as pulumi from "@pulumi/pulumi";
import { beforeAll, expect, test } from "vitest";
import { TEST_ACCOUNTS, TEST_TOPICS } from "../support/catalogue.ts";
import { manifest, manifestsOf } from "../support/kubernetes/manifests.ts";
import { ofType, optionsOf, type Recorded } from "../support/pulumi/recorder.ts";
import {
  type AccountOutputs,
  count,
  guarded,
  plainText,
  type ProgramOutputs,
  runProgram,
  valueOf,
} from "../support/pulumi/program.ts";
import { CANARY_TOPIC, EXPORTER_ACCOUNT } from "../../model/observability/exporter-access.ts";
import { prodStack } from "../support/kubernetes/prod-stack.ts";
import { STACK_SECRET, stackFile } from "../support/pulumi/stack-file.ts";

/** Those of the catalogue, the UI's, the exporter's and the operator's. */
const ACCOUNTS = TEST_ACCOUNTS.length + 3;
/** Those of the catalogue, and the canary's. */
const TOPICS = TEST_TOPICS.length + 1;
const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";

/** What stands beside the brokers: no hook guards it. */
const BESIDE_KAFKA = [
  "kafka-ui",
  "kafka-operator",
  "prometheus",
  "alertmanager",
  "exporter",
  EXPORTER_ACCOUNT,
  CANARY_TOPIC,
];

/** The prod stack as it is committed, with what commands write. */
let recorded: Recorded[];
let outputs: ProgramOutputs;

beforeAll(async () => {
  [recorded, outputs] = await runProgram(await prodStack());
});

test("the prod stack registers these resources and has these outputs", () => {
  expect(count(recorded)).toEqual({
    "kafka-platform:access:ServiceAccount": ACCOUNTS,
    "kafka-platform:cluster:BrokerCertificates": 1,
    "kafka-platform:cluster:KubernetesCluster": 1,
    "kafka-platform:cluster:KubernetesKafkaUi": 1,
    "kafka-platform:cluster:KubernetesMaintenance": 1,
    "kafka-platform:observability:KubernetesAlertmanager": 1,
    "kafka-platform:observability:KubernetesExporter": 1,
    "kafka-platform:observability:KubernetesPrometheus": 1,
    "kafka-platform:topic:ManagedTopic": TOPICS,
    "kafka:index/acl:Acl": 22,
    "kafka:index/quota:Quota": 2,
    "kafka:index/topic:Topic": TOPICS,
    "kafka:index/userScramCredential:UserScramCredential": ACCOUNTS + 3,
    "kubernetes:apps/v1:Deployment": 2,
    "kubernetes:apps/v1:StatefulSet": 3,
    "kubernetes:batch/v1:Job": 1,
    "kubernetes:core/v1:ConfigMap": 4,
    "kubernetes:core/v1:Namespace": 1,
    [CLAIM]: 3,
    "kubernetes:core/v1:Secret": TEST_ACCOUNTS.length + 6,
    "kubernetes:core/v1:Service": 9,
    "kubernetes:core/v1:ServiceAccount": 5,
    "kubernetes:networking.k8s.io/v1:NetworkPolicy": 7,
    "kubernetes:policy/v1:PodDisruptionBudget": 1,
    "pulumi:providers:kafka": 1,
    "pulumi:providers:kubernetes": 1,
    "pulumi:providers:tls": 1,
    "tls:index/certRequest:CertRequest": 3,
    "tls:index/locallySignedCert:LocallySignedCert": 3,
    "tls:index/privateKey:PrivateKey": 3,
  });
  expect(outputs).toMatchObject({
    bootstrapServers: "kafka-0.example.com:9094,kafka-1.example.com:9094,kafka-2.example.com:9094",
    tlsEnabled: true,
    metrics: { url: "http://kafka-0.kafka-headless.kafka.svc.cluster.local:9404/metrics" },
    observability: {
      prometheusUrl: "http://kafka-prometheus.kafka.svc.cluster.local:9090",
      alertmanagerUrl: "http://kafka-alertmanager.kafka.svc.cluster.local:9093",
      grafana: null,
      exporter: {
        url: "http://kafka-exporter.kafka.svc.cluster.local:9308",
        username: "admin",
      },
    },
    ui: { url: "http://kafka-ui.kafka.svc.cluster.local:8080", username: "admin" },
  });
});

test("in a preview, with every certificate unknown, the Kafka provider knows all it needs", async () => {
  const config = await prodStack();
  const { caCertificate } = JSON.parse(config["kafka-platform:cluster"] ?? "") as {
    caCertificate: string;
  };
  const [previewed] = await runProgram(config, { preview: true });
  const provider = ofType(previewed, "pulumi:providers:kafka")["kafka"];
  expect(provider?.inputs).toEqual({
    bootstrapServers:
      '["kafka-0.example.com:9094","kafka-1.example.com:9094","kafka-2.example.com:9094"]',
    tlsEnabled: "true",
    caCert: caCertificate,
    skipTlsVerify: "false",
    saslMechanism: "scram-sha512",
    saslUsername: "admin",
    saslPassword: "cMRtSdnSjYbk8V3M02pBQ9hLXM5of634",
  });
  expect(provider?.secrets).toEqual(["saslPassword"]);
  const unknown = previewed.flatMap(({ name, inputs }) =>
    JSON.stringify(inputs).includes("__pulumiUnknown") ? [name] : [],
  );
  const hashed = ["kafka", "kafka-tls"];
  const signed = [0, 1, 2].flatMap((n) => [
    `kafka-${String(n)}-certificate`,
    `kafka-${String(n)}-request`,
  ]);
  expect(unknown.sort()).toEqual([...hashed, ...signed].sort());
});

test("no plain value of any resource holds a password, a private key or the stack's secret", () => {
  const text = plainText(recorded);
  expect(text).not.toContain(STACK_SECRET);
  expect(text).not.toContain("PRIVATE KEY");
  const credentials = ofType(recorded, "kubernetes:core/v1:Secret")["kafka-credentials"];
  const files = Object.entries(credentials?.inputs["data"] as Record<string, string>);
  const users = ofType(recorded, "kafka:index/userScramCredential:UserScramCredential");
  const passwords = [
    ...files.flatMap(([file, data]) =>
      file === "scram-users" ? [] : [Buffer.from(data, "base64").toString()],
    ),
    ...Object.values(users).map(({ inputs }) => String(inputs["password"])),
  ];
  expect(passwords).toHaveLength(4 + ACCOUNTS + 3);
  for (const password of passwords) {
    expect(text).not.toContain(password);
    expect(text).not.toContain(Buffer.from(password).toString("base64"));
  }
});

test("what is declared in Kafka goes with the first volume, and topics are protected", () => {
  const declared = recorded.filter(({ type }) => /^kafka-platform:(topic|access):/.test(type));
  expect(declared).toHaveLength(TOPICS + ACCOUNTS);
  for (const one of declared) {
    expect(optionsOf(one).deletedWith).toBe(`${CLAIM} kafka-data-0`);
    expect(optionsOf(one).protect).toBe(one.type.startsWith("kafka-platform:topic:"));
  }
});

test("hooks look before the cluster is made or changed, and before any topic or account changes", () => {
  const updates = (...types: string[]) =>
    recorded
      .filter(({ type, name }) => types.includes(type) && !BESIDE_KAFKA.includes(name))
      .map(({ type, name }) => `update ${type} ${name}`)
      .sort();
  const component = "kafka-platform:cluster:KubernetesCluster kafka";
  expect(guarded(recorded)).toEqual({
    "cluster-preflight": [
      `create ${component}`,
      "create kubernetes:core/v1:Namespace kafka-namespace",
    ],
    "identity-guard": [`update ${component}`],
    "stack-guard": updates(CLAIM, "kubernetes:apps/v1:StatefulSet"),
    "cluster-roll": updates("kubernetes:apps/v1:StatefulSet"),
    "topic-guard": updates("kafka-platform:topic:ManagedTopic", "kafka:index/topic:Topic"),
    "account-guard": updates("kafka-platform:access:ServiceAccount"),
  });
});

test("an account's Secret has all that a client in Kubernetes connects with", async () => {
  const secret = ofType(recorded, "kubernetes:core/v1:Secret")["account-batch-worker"];
  expect(secret?.secrets).toEqual(["data"]);
  expect(secret?.inputs["metadata"]).toMatchObject({ name: "kafka-account-batch-worker" });
  const data = secret?.inputs["data"] as Record<string, string>;
  expect(Object.keys(data)).toEqual(["ca.pem", "client.json", "client.properties"]);
  const inside = Buffer.from(data["client.properties"] ?? "", "base64").toString();
  expect(inside).toContain("bootstrap.servers=kafka-bootstrap.kafka.svc.cluster.local:9092\n");
  expect(inside).toContain("security.protocol=SASL_SSL\n");
  expect(inside).toContain("ssl.truststore.type=PEM\n");

  const account = (outputs.accounts as Record<string, AccountOutputs>)["batch-worker"];
  if (!account) throw new Error("no such account");
  expect(await pulumi.isSecret(account.clientProperties)).toBe(true);
  expect(await valueOf(account.clientProperties)).toContain(
    "bootstrap.servers=kafka-0.example.com:9094,",
  );
});

test("an account's Secret has the codec of its topics, and the figures of production", () => {
  const secret = ofType(recorded, "kubernetes:core/v1:Secret")["account-batch-api"];
  const data = secret?.inputs["data"] as Record<string, string>;
  const file = Buffer.from(data["client.properties"] ?? "", "base64").toString();
  expect(file).toContain("\ncompression.type=lz4\n");
  expect(file).toContain("\nsession.timeout.ms=45000\n");
});

test("the UI logs in over TLS, and its configuration is a Secret", () => {
  const secret = ofType(recorded, "kubernetes:core/v1:Secret")["ui-config"];
  const data = secret?.inputs["data"] as Record<string, string>;
  const config = JSON.parse(Buffer.from(data["ui.yml"] ?? "", "base64").toString()) as {
    auth: unknown;
    kafka: { clusters: { properties: Record<string, string> }[] };
  };
  expect(config.auth).toEqual({ type: "LOGIN_FORM" });
  expect(config.kafka.clusters).toMatchObject([
    {
      name: "kafka",
      bootstrapServers: "kafka-bootstrap.kafka.svc.cluster.local:9092",
      readOnly: true,
      properties: {
        "security.protocol": "SASL_SSL",
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": "/etc/kafka-platform/ca.pem",
      },
      metrics: { type: "PROMETHEUS", port: 9404 },
    },
  ]);
});

test("another context, no protection and no UI leave nothing of them behind", async () => {
  const [elsewhere, told] = await runProgram({
    ...(await prodStack({ context: "blue", kubeconfig: "/etc/kubeconfig" })),
    "kafka-platform:protection": "false",
    "kafka-platform:ui": '{"enabled":false}',
  });
  expect(ofType(elsewhere, "pulumi:providers:kubernetes")["kubernetes"]?.inputs).toEqual({
    context: "blue",
    kubeconfig: "/etc/kubeconfig",
    enableServerSideApply: "true",
    enablePatchForce: "true",
    enableConfigMapMutable: "true",
    enableSecretMutable: "true",
  });
  expect(
    elsewhere.filter((one) => optionsOf(one).protect || optionsOf(one).retainOnDelete),
  ).toEqual([]);
  expect(elsewhere.filter(({ name }) => name === "ui" || name.startsWith("ui-"))).toEqual([]);
  expect(elsewhere.filter(({ name }) => name.includes("kafka-ui"))).toEqual([]);
  expect(told.ui).toBeNull();
  // The cluster is looked at all the same; nobody is asked for an approval.
  expect(Object.keys(guarded(elsewhere)).sort()).toEqual(["cluster-preflight", "cluster-roll"]);
});

test("manifests for tools that judge them hold no secret value", () => {
  const manifests = manifestsOf(recorded);
  expect(manifests).toHaveLength(42 + TEST_ACCOUNTS.length);
  expect(manifest(manifests, "Secret", "kafka-tls")["data"]).toEqual({
    "ca.pem": "W3NlY3JldF0=",
    "broker-0.pem": "W3NlY3JldF0=",
    "broker-1.pem": "W3NlY3JldF0=",
    "broker-2.pem": "W3NlY3JldF0=",
  });
  expect(manifest(manifests, "NetworkPolicy", "kafka-brokers").apiVersion).toBe(
    "networking.k8s.io/v1",
  );
});

test("the committed stack file lacks only what two commands write, and says which", async () => {
  const error = await runProgram(stackFile("prod")).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  const init = "missing; `npm run init -- --stack test` writes it";
  expect((error as Error).message).toBe(
    "The configuration of stack test is not valid: 6 faults\n" +
      `  - kafka-platform:cluster.clusterId: ${init}\n` +
      `  - kafka-platform:cluster.directoryIds: ${init}\n` +
      `  - kafka-platform:cluster.caCertificate: ${init}\n` +
      "  - kafka-platform:cluster.image: missing; `npm run image -- --stack test --push REPOSITORY` writes it\n" +
      `  - kafka-platform:caKey: ${init}\n` +
      "  - kafka-platform:observability.exporter.image: missing; `npm run image -- --stack test --push REPOSITORY` " +
      "writes it, and `observability.exporter.enabled: false` does without",
  );
});

test("what the schema refuses and what is still missing are one list", async () => {
  const file = stackFile("prod");
  const cluster = JSON.parse(file["kafka-platform:cluster"] ?? "") as object;
  const config = {
    ...file,
    "kafka-platform:cluster": JSON.stringify({ ...cluster, brokers: 4, cpu: "much" }),
  };
  const message = await runProgram(config).then(() => "", String);
  expect(message.match(/kafka-platform:[\w.]+/g)).toEqual([
    "kafka-platform:cluster.cpu",
    "kafka-platform:cluster.racks",
    "kafka-platform:cluster.access.addresses",
    "kafka-platform:cluster.clusterId",
    "kafka-platform:cluster.directoryIds",
    "kafka-platform:cluster.caCertificate",
    "kafka-platform:cluster.image",
    "kafka-platform:caKey",
    "kafka-platform:observability.exporter.image",
  ]);
});

test("while the admin is rotated the provider logs in with the new credential, and Kafka holds both", async () => {
  const [handedOut, old] = [
    { mechanism: "SCRAM-SHA-256", generation: 2 },
    { mechanism: "SCRAM-SHA-512", generation: 1 },
  ];
  const credentials = JSON.stringify({ admin: [handedOut, old] });
  const [rotated, outputs] = await runProgram({
    ...(await prodStack()),
    "kafka-platform:credentials": credentials,
  });
  const provider = ofType(rotated, "pulumi:providers:kafka")["kafka"];
  const users = ofType(rotated, "kafka:index/userScramCredential:UserScramCredential");
  expect(provider?.inputs["saslMechanism"]).toBe("scram-sha256");
  expect(provider?.inputs["saslPassword"]).toBe(users["admin|SCRAM-SHA-256"]?.inputs["password"]);
  expect(users["admin|SCRAM-SHA-512"]?.inputs["password"]).not.toBe(
    users["admin|SCRAM-SHA-256"]?.inputs["password"],
  );
  expect(outputs.credentials).toMatchObject({
    admin: { live: [handedOut, old] },
    broker: { live: [{ user: "a", generation: 1 }] },
    controller: { live: [{ user: "a", generation: 1 }] },
  });
});
