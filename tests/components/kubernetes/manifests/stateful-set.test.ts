import { expect, test } from "vitest";
import {
  statefulSet,
  type StatefulSetArgs,
} from "../../../../components/kubernetes/manifests/stateful-set.ts";
import { CLUSTER_SECRET_FILES } from "../../../../model/kubernetes/cluster-accounts.ts";
import { LABELS, SCOPE, SELECTOR } from "./scope.ts";

const IMAGE = `registry.example/broker@sha256:${"a".repeat(64)}`;

const ARGS: StatefulSetArgs = {
  ...SCOPE,
  brokers: 3,
  clusterId: "4L6g3nShT-eMCtK--X86sw",
  directoryIds: ["AAAAAAAAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBBBBBBBA", "CCCCCCCCCCCCCCCCCCCCCA"],
  metadataVersion: "4.3",
  image: IMAGE,
  cpu: "500m",
  memory: 4 * 2 ** 30,
  storage: { class: "fast", size: 10 * 2 ** 30 },
  spread: "required",
  minReadySeconds: 10,
  access: { type: "nodePort", addresses: ["h0", "h1", "h2"], port: 30_092 },
  secretFiles: CLUSTER_SECRET_FILES,
  checksums: { config: "c0", tls: "t0" },
};

const { metadata, spec } = statefulSet(ARGS);
const { template, ...set } = spec;
const [container] = template.spec.containers;

test("pods start in parallel, claims are kept, and an update waits until every broker has recovered its logs", () => {
  expect(metadata).toEqual({
    name: "shop",
    namespace: "kafka",
    labels: LABELS,
    annotations: { "pulumi.com/timeoutSeconds": "5970" },
  });
  expect(set).toEqual({
    replicas: 3,
    serviceName: "shop-headless",
    podManagementPolicy: "Parallel",
    selector: { matchLabels: SELECTOR },
    updateStrategy: { type: "RollingUpdate" },
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
    volumeClaimTemplates: [
      {
        metadata: { name: "data" },
        spec: {
          accessModes: ["ReadWriteOnce"],
          storageClassName: "fast",
          resources: { requests: { storage: "10Gi" } },
        },
      },
    ],
  });
});

test("the pod gives up every privilege, and has time to close its logs", () => {
  const { containers, volumes, affinity, topologySpreadConstraints, ...pod } = template.spec;
  expect([containers.length, volumes.length, topologySpreadConstraints.length]).toEqual([1, 2, 1]);
  expect(Object.keys(affinity)).toEqual(["podAntiAffinity"]);
  expect(template.metadata).toEqual({
    labels: LABELS,
    annotations: { "checksum/config": "c0", "checksum/tls": "t0" },
  });
  expect(pod).toEqual({
    serviceAccountName: "shop",
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      fsGroupChangePolicy: "OnRootMismatch",
      seccompProfile: { type: "RuntimeDefault" },
    },
    terminationGracePeriodSeconds: 180,
  });
});

test("the brokers' container writes to its data and /tmp only, and has three probes and no secret in its environment", () => {
  const { env, ports, startupProbe, readinessProbe, livenessProbe, ...rest } = container ?? {};
  expect(rest).toEqual({
    name: "broker",
    image: IMAGE,
    imagePullPolicy: "IfNotPresent",
    resources: {
      requests: { cpu: "500m", memory: "4Gi", "ephemeral-storage": "256Mi" },
      limits: { memory: "4Gi", "ephemeral-storage": "1Gi" },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [
      { name: "data", mountPath: "/var/lib/kafka/data" },
      { name: "config", mountPath: "/etc/kafka-platform", readOnly: true },
      { name: "tmp", mountPath: "/tmp" },
    ],
  });
  expect(ports?.map(({ name, containerPort }) => [name, containerPort])).toEqual([
    ["controller", 9093],
    ["broker", 9091],
    ["client", 9092],
    ["external", 9094],
    ["metrics", 9404],
  ]);
  expect(startupProbe).toEqual({
    exec: { command: ["/opt/kafka-platform/startup.sh"] },
    periodSeconds: 5,
    timeoutSeconds: 5,
    failureThreshold: 360,
  });
  expect(readinessProbe).toEqual({
    exec: { command: ["/opt/kafka-platform/readiness.sh"] },
    periodSeconds: 10,
    timeoutSeconds: 10,
    failureThreshold: 2,
    successThreshold: 3,
  });
  expect(livenessProbe).toEqual({
    httpGet: { path: "/-/healthy", port: 9404 },
    periodSeconds: 10,
    timeoutSeconds: 5,
    failureThreshold: 6,
  });
  const pod = (node: number) => `shop-${String(node)}.shop-headless.kafka.svc.cluster.local`;
  expect(env).toEqual([
    { name: "QUORUM_MODE", value: "dynamic" },
    {
      name: "INITIAL_CONTROLLERS",
      value:
        `0@${pod(0)}:9093:AAAAAAAAAAAAAAAAAAAAAA,1@${pod(1)}:9093:BBBBBBBBBBBBBBBBBBBBBA,` +
        `2@${pod(2)}:9093:CCCCCCCCCCCCCCCCCCCCCA`,
    },
    { name: "CLUSTER_ID", value: "4L6g3nShT-eMCtK--X86sw" },
    { name: "METADATA_VERSION", value: "4.3" },
    { name: "KAFKA_HEAP_OPTS", value: "-Xms2048m -Xmx2048m" },
    { name: "PEERS", value: [pod(0), pod(1), pod(2)].join(",") },
  ]);
});

test.each([
  [0, 1],
  [1, 3],
  [10, 3],
  [11, 4],
  [30, 5],
])("%d seconds of a well cluster are %d answers in a row", (minReadySeconds, answers) => {
  const [broker] = statefulSet({ ...ARGS, minReadySeconds }).spec.template.spec.containers;
  expect(broker?.readinessProbe.successThreshold).toBe(answers);
});

test("jvmOptions of the stack reach Java", () => {
  const jvmOptions = ["-XX:TieredStopAtLevel=1", "-Da=b"];
  const [broker] = statefulSet({ ...ARGS, jvmOptions }).spec.template.spec.containers;
  expect(broker?.env).toContainEqual({
    name: "KAFKA_OPTS",
    value: "-XX:TieredStopAtLevel=1 -Da=b",
  });
  expect(statefulSet({ ...ARGS, jvmOptions: [] })).toEqual(statefulSet(ARGS));
});

const items = (folder: string, ...keys: string[]) =>
  keys.map((key) => ({ key, path: folder + key }));

test("configuration, secrets and certificates are one volume, which its group may read", () => {
  expect(template.spec.volumes).toEqual([
    {
      name: "config",
      projected: {
        defaultMode: 0o440,
        sources: [
          {
            configMap: {
              name: "shop-config",
              items: items(
                "",
                "broker.properties",
                "node-0.properties",
                "node-1.properties",
                "node-2.properties",
              ),
            },
          },
          {
            secret: {
              name: "shop-credentials",
              items: items(
                "secrets/",
                "scram-users",
                "broker-a-password",
                "broker-b-password",
                "controller-a-password",
                "controller-b-password",
              ),
            },
          },
          {
            secret: {
              name: "shop-tls",
              items: items("tls/", "ca.pem", "broker-0.pem", "broker-1.pem", "broker-2.pem"),
            },
          },
          {
            configMap: { name: "shop-formed", items: items("cluster/", "formed"), optional: true },
          },
        ],
      },
    },
    { name: "tmp", emptyDir: { sizeLimit: "512Mi" } },
  ]);
});

test("a broker that joins later is a peer, and not an initial controller", () => {
  const { template: larger } = statefulSet({ ...ARGS, brokers: 5 }).spec;
  const env = Object.fromEntries(
    (larger.spec.containers[0]?.env ?? []).map(({ name, value }) => [name, value]),
  );
  expect(env["INITIAL_CONTROLLERS"]?.split(",")).toHaveLength(3);
  expect(env["PEERS"]?.split(",")).toHaveLength(5);
});

test("priority class, pull secret and the external port are there only where they are configured", () => {
  const { template: changed } = statefulSet({
    ...ARGS,
    access: { type: "none" },
    priorityClass: "data",
    imagePullSecret: "registry",
  }).spec;
  expect(changed.spec).toMatchObject({
    priorityClassName: "data",
    imagePullSecrets: [{ name: "registry" }],
  });
  expect(changed.spec.containers[0]?.ports.map(({ name }) => name)).not.toContain("external");
});
