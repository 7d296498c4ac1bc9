import * as pulumi from "@pulumi/pulumi";
import { beforeAll, expect, test } from "vitest";
import { createCertificateAuthority } from "../../../cli/credentials/certificate-authority.ts";
import {
  KubernetesCluster,
  type KubernetesClusterArgs,
} from "../../../components/kubernetes/kubernetes-cluster.ts";
import { ofType, optionsOf, record, type Recorded } from "../../support/pulumi/recorder.ts";
import { MADE_BY_COMMANDS } from "../../support/kubernetes/prod-stack.ts";
import { STACK_SECRET } from "../../support/pulumi/stack-file.ts";

let args: KubernetesClusterArgs;

beforeAll(async () => {
  const { certificate, key } = await createCertificateAuthority("test", new Date());
  args = {
    ...MADE_BY_COMMANDS,
    name: "shop",
    namespace: "data",
    createNamespace: true,
    brokers: 3,
    caCertificate: certificate,
    caKey: pulumi.secret(key),
    kafkaVersion: "4.3.1",
    metadataVersion: "4.3",
    cpu: "500m",
    memory: 4 * 2 ** 30,
    storage: { class: "fast", size: 10 * 2 ** 30 },
    spread: "required",
    minReadySeconds: 30,
    access: { type: "nodePort", addresses: ["10.0.0.1", "h1", "h2"], port: 30_092 },
    monitoringNamespace: "monitoring",
    clientNamespaces: [],
    accountNamespaces: {},
    uiNamespaces: [],
    apiServerRanges: [],
    adminCredentials: [{ mechanism: "SCRAM-SHA-512", generation: 1 }],
    retiredBrokers: [],
    brokerUsers: [{ user: "a", generation: 1 }],
    controllerUsers: [{ user: "a", generation: 1 }],
    properties: {},
    stackSecret: pulumi.secret(STACK_SECRET),
  };
});

const build = (changes: Partial<KubernetesClusterArgs> = {}) =>
  record(() => new KubernetesCluster("kafka", { ...args, ...changes }));

const listed = (recorded: readonly Recorded[]) =>
  recorded.map(({ type, name, inputs }) => {
    const { metadata } = inputs as { metadata?: { name: string } };
    const kind = type.split(":").at(-1) ?? "";
    return metadata ? `${kind} ${name} ${metadata.name}` : `${kind} ${name}`;
  });

test("a cluster is made of these objects, and of nothing else", async () => {
  expect(listed(await build())).toEqual([
    "BrokerCertificates kafka-certificates",
    "KubernetesCluster kafka",
    "StatefulSet kafka shop",
    "ConfigMap kafka-config shop-config",
    "ConfigMap kafka-formed shop-formed",
    "Namespace kafka-namespace data",
    "PersistentVolumeClaim kafka-data-0 data-shop-0",
    "PersistentVolumeClaim kafka-data-1 data-shop-1",
    "PersistentVolumeClaim kafka-data-2 data-shop-2",
    "Secret kafka-credentials shop-credentials",
    "Secret kafka-tls shop-tls",
    "Service kafka-bootstrap shop-bootstrap",
    "Service kafka-external shop-external",
    "Service kafka-external-0 shop-external-0",
    "Service kafka-external-1 shop-external-1",
    "Service kafka-external-2 shop-external-2",
    "Service kafka-headless shop-headless",
    "ServiceAccount kafka-account shop",
    "NetworkPolicy kafka-brokers shop-brokers",
    "NetworkPolicy kafka-deny-all shop-deny-all",
    "PodDisruptionBudget kafka-budget shop",
    "CertRequest shop-0-request",
    "CertRequest shop-1-request",
    "CertRequest shop-2-request",
    "LocallySignedCert shop-0-certificate",
    "LocallySignedCert shop-1-certificate",
    "LocallySignedCert shop-2-certificate",
    "PrivateKey shop-0-key",
    "PrivateKey shop-1-key",
    "PrivateKey shop-2-key",
  ]);
});

test("a namespace that exists is not made, and without access from outside nothing leads in", async () => {
  const found = listed(await build({ createNamespace: false, access: { type: "none" } }));
  expect(found.filter((one) => /^Namespace|external/.test(one))).toEqual([]);
});

test("addresses and certificate are plain values, known in a preview", async () => {
  let cluster: KubernetesCluster | undefined;
  await record(() => {
    cluster = new KubernetesCluster("kafka", args);
  });
  expect(cluster).toMatchObject({
    bootstrapServers: ["10.0.0.1:30093", "h1:30094", "h2:30095"],
    internalBootstrapServers: ["shop-bootstrap.data.svc.cluster.local:9092"],
    tlsEnabled: true,
    caCertificate: args.caCertificate,
    admin: { username: "admin", mechanism: "SCRAM-SHA-512" },
    metricsUrls: [0, 1, 2].map(
      (node) => `http://shop-${String(node)}.shop-headless.data.svc.cluster.local:9404/metrics`,
    ),
  });
});

test("without access from outside the program itself connects to the bootstrap Service", async () => {
  let cluster: KubernetesCluster | undefined;
  await record(() => {
    cluster = new KubernetesCluster("kafka", { ...args, access: { type: "none" } });
  });
  expect(cluster?.bootstrapServers).toEqual(["shop-bootstrap.data.svc.cluster.local:9092"]);
});

const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const SECRET = "kubernetes:core/v1:Secret";

const decoded = (secret: Recorded | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(secret?.inputs["data"] as Record<string, string>).map(([file, text]) => [
      file,
      Buffer.from(text, "base64").toString(),
    ]),
  );

test("Secrets are marked as such, and hold one file for each password and each broker's keystore", async () => {
  const secrets = ofType(await build(), SECRET);
  expect(Object.values(secrets).map((one) => one.secrets)).toEqual([["data"], ["data"]]);
  expect(Object.keys(decoded(secrets["kafka-credentials"]))).toEqual([
    "broker-a-password",
    "broker-b-password",
    "controller-a-password",
    "controller-b-password",
    "scram-users",
  ]);
  const tls = decoded(secrets["kafka-tls"]);
  expect(Object.keys(tls)).toEqual(["broker-0.pem", "broker-1.pem", "broker-2.pem", "ca.pem"]);
  expect(tls["ca.pem"]).toBe(args.caCertificate);
  expect(tls["broker-1.pem"]).toBe(
    "-----BEGIN PRIVATE KEY-----\nshop-1-key\n-----END PRIVATE KEY-----\n" +
      "-----BEGIN CERTIFICATE-----\nshop-1-certificate\n-----END CERTIFICATE-----\n" +
      args.caCertificate,
  );
});

test("a certificate holds every name of its broker, for a year, and is renewed in the last month", async () => {
  const recorded = await build();
  const name = (kind: string) => `tls:index/${kind}`;
  expect(ofType(recorded, name("privateKey:PrivateKey"))["shop-0-key"]?.inputs).toEqual({
    algorithm: "ECDSA",
    ecdsaCurve: "P256",
  });
  const request = ofType(recorded, name("certRequest:CertRequest"))["shop-0-request"];
  expect(request?.secrets).toEqual(["privateKeyPem"]);
  expect(request?.inputs).toMatchObject({
    subject: { commonName: "shop-0" },
    ipAddresses: ["10.0.0.1"],
  });
  expect(request?.inputs["dnsNames"]).toContain("shop-0.shop-headless.data.svc.cluster.local");
  const certificate = ofType(recorded, name("locallySignedCert:LocallySignedCert"))[
    "shop-0-certificate"
  ];
  expect(certificate?.secrets).toEqual(["caPrivateKeyPem"]);
  expect(certificate?.inputs).toMatchObject({
    validityPeriodHours: 8760,
    earlyRenewalHours: 720,
    allowedUses: ["digital_signature", "server_auth", "client_auth"],
    caCertPem: args.caCertificate.trim(),
  });
});

async function checksums(changes: Partial<KubernetesClusterArgs> = {}) {
  const set = ofType(await build(changes), STATEFUL_SET)["kafka"];
  const { spec } = set?.inputs as {
    spec: { template: { metadata: { annotations: Record<string, string> } } };
  };
  expect(set?.secrets).toEqual([]);
  return spec.template.metadata.annotations;
}

test("what a broker reads at its start restarts it when it changes, and nothing else does", async () => {
  const before = await checksums();
  expect(Object.keys(before)).toEqual(["checksum/config", "checksum/credentials", "checksum/tls"]);
  for (const hash of Object.values(before)) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  const changed = async (changes: Partial<KubernetesClusterArgs>) => {
    const after = await checksums(changes);
    return Object.keys(before).filter((key) => after[key] !== before[key]);
  };
  expect(await changed({ storage: { class: "fast", size: 20 * 2 ** 30 } })).toEqual([]);
  expect(await changed({ properties: { "num.io.threads": "9" } })).toEqual(["checksum/config"]);
  const a = { user: "a", generation: 1 } as const;
  const b = { user: "b", generation: 2 } as const;
  expect(await changed({ brokerUsers: [a, b] })).toEqual([]);
  expect(await changed({ brokerUsers: [b, a] })).toEqual([
    "checksum/config",
    "checksum/credentials",
  ]);
  expect(await changed({ controllerUsers: [a, b] })).toEqual(["checksum/credentials"]);
  const rotated = { mechanism: "SCRAM-SHA-256", generation: 2 } as const;
  expect(await changed({ adminCredentials: [rotated] })).toEqual([]);
  expect(await changed({ stackSecret: pulumi.secret("another".repeat(8)) })).toEqual([
    "checksum/credentials",
  ]);
  const { certificate } = await createCertificateAuthority("test", new Date());
  expect(await changed({ caCertificate: args.caCertificate + certificate })).toEqual([
    "checksum/tls",
  ]);
});

test("claims come before the brokers, which ignore that they grow; the marker that the cluster has formed comes after", async () => {
  const recorded = await build();
  const [set] = Object.values(ofType(recorded, STATEFUL_SET));
  const formed = ofType(recorded, "kubernetes:core/v1:ConfigMap")["kafka-formed"];
  if (!set || !formed) throw new Error("incomplete");
  expect(optionsOf(set).ignoreChanges).toEqual(["spec.volumeClaimTemplates"]);
  expect(optionsOf(set).dependsOn).toEqual(
    expect.arrayContaining([
      "kubernetes:core/v1:Namespace kafka-namespace",
      "kubernetes:core/v1:PersistentVolumeClaim kafka-data-2",
      "kubernetes:core/v1:Secret kafka-tls",
      "kubernetes:core/v1:Service kafka-headless",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy kafka-deny-all",
    ]),
  );
  expect(optionsOf(formed).dependsOn).toContain(`${STATEFUL_SET} kafka`);
});

test("claims and namespace are protected and kept where that is asked for, brokers are protected, and nothing else is", async () => {
  const kept = (recorded: readonly Recorded[]) =>
    recorded.flatMap((one) => {
      const { protect, retainOnDelete } = optionsOf(one);
      return protect || retainOnDelete ? [`${one.name} ${String(protect && retainOnDelete)}`] : [];
    });
  expect(kept(await build())).toEqual([]);
  const dataOptions = { protect: true, retainOnDelete: true };
  const all = ["kafka false", "kafka-namespace true"];
  const claims = ["kafka-data-0 true", "kafka-data-1 true", "kafka-data-2 true"];
  expect(kept(await build({ dataOptions }))).toEqual([...all, ...claims]);
  const unprotected = ["kafka", "kafka-data-1"];
  expect(kept(await build({ dataOptions, unprotected }))).toEqual([
    "kafka-namespace true",
    ...["kafka-data-0 true", "kafka-data-1 false", "kafka-data-2 true"],
  ]);
});
