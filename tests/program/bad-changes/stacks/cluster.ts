import {
  CONFIG_MAP,
  DEPLOYMENT,
  DISRUPTION_BUDGET,
  KUBERNETES_UI,
  NETWORK_POLICY,
  SERVICE,
  STATEFUL_SET,
} from "../../../../model/stack/resource-types.ts";
import { TEST_TOPICS } from "../../../support/catalogue.ts";
import { type Path, REMOVED } from "../../../support/pulumi/placed.ts";
import type { BadStack, Patch } from "../bad-stack.ts";

const pod: Path = ["spec", "template", "spec"];
const brokers = (at: Path, value: unknown): Patch => ({
  type: STATEFUL_SET,
  name: "kafka",
  at,
  value,
});
const broker = (at: Path, value: unknown) => brokers([...pod, "containers", 0, ...at], value);
const property = (from: string, to: string): Patch => ({
  type: CONFIG_MAP,
  name: "kafka-config",
  at: ["data", "broker.properties"],
  replace: [from, to],
});
const policy = (name: string, at: Path, value: unknown): Patch => ({
  type: NETWORK_POLICY,
  name,
  at: ["spec", ...at],
  value,
});
const budget = (at: Path, value: unknown): Patch => ({
  type: DISRUPTION_BUDGET,
  name: "kafka-budget",
  at: ["spec", ...at],
  value,
});

export const CLUSTER_STACKS: Readonly<Record<string, BadStack>> = {
  "brokers that may share a host": {
    stack: "prod",
    config: { cluster: { spread: "preferred" } },
    breaks: { "pod-spread": ["kafka"] },
  },
  "brokers that any pod may push away": {
    stack: "prod",
    config: { cluster: { priorityClass: undefined } },
    breaks: { "pod-priority": ["kafka"] },
  },
  "two brokers": {
    stack: "prod",
    patches: [brokers(["spec", "replicas"], 2)],
    breaks: {
      "broker-count": ["kafka"],
      "quorum-odd": ["kafka"],
      // Those of the catalogue, and the canary's.
      "topic-fits-brokers": TEST_TOPICS.length + 1,
      "dangling-selector": ["kafka-external-2"],
    },
  },
  "two brokers away at once": {
    stack: "prod",
    patches: [budget(["maxUnavailable"], 2)],
    breaks: { "pdb-one": ["kafka-budget"] },
  },
  "a budget of nobody": {
    stack: "prod",
    patches: [budget(["selector", "matchLabels"], { app: "other" })],
    breaks: { "pdb-covers-brokers": ["kafka"], "dangling-selector": ["kafka-budget"] },
  },
  "brokers by tag, in a privileged container": {
    stack: "prod",
    patches: [
      broker(["image"], "apache/kafka:4.3.1"),
      broker(["securityContext", "privileged"], true),
    ],
    breaks: { "image-digest": ["kafka"], "pod-security": ["kafka"] },
  },
  "a heap that takes it all, and no time to stop": {
    stack: "prod",
    patches: [
      broker(["env", 4, "value"], "-Xms1g -Xmx8g"),
      brokers([...pod, "terminationGracePeriodSeconds"], 10),
    ],
    breaks: { "heap-vs-limit": ["kafka"], "grace-period": ["kafka"] },
  },
  "claims that go with their brokers": {
    stack: "prod",
    patches: [brokers(["spec", "persistentVolumeClaimRetentionPolicy", "whenScaled"], "Delete")],
    breaks: { "storage-kept": ["kafka"] },
  },
  "a secret in the environment": {
    stack: "prod",
    patches: [
      broker(["envFrom"], [{ secretRef: { name: "nobody" } }]),
      broker(["env", 0], { name: "KAFKA_PASSWORD", value: "hunter2" }),
    ],
    breaks: {
      "secret-environment": ["kafka"],
      "secrets-in-the-open": ["kafka"],
      "dangling-reference": ["kafka"],
    },
  },
  "no probe of life, no limit of memory": {
    stack: "prod",
    patches: [
      {
        type: DEPLOYMENT,
        name: "ui",
        at: [...pod, "containers", 0, "livenessProbe"],
        value: REMOVED,
      },
      {
        type: DEPLOYMENT,
        name: "ui",
        at: [...pod, "containers", 0, "resources", "limits", "memory"],
        value: REMOVED,
      },
    ],
    breaks: { "pod-probes": ["ui"], "pod-resources": ["ui"] },
  },
  "a listener in the clear": {
    stack: "prod",
    patches: [property("CLIENT:SASL_SSL", "CLIENT:PLAINTEXT")],
    breaks: { "broker-listeners": ["kafka-config"] },
  },
  "everything is allowed where nothing is said": {
    stack: "prod",
    patches: [
      property("allow.everyone.if.no.acl.found=false", "allow.everyone.if.no.acl.found=true"),
    ],
    breaks: { "broker-authorizer": ["kafka-config"] },
  },
  "offsets with one copy, and topics that make themselves": {
    stack: "prod",
    patches: [
      property("offsets.topic.replication.factor=3", "offsets.topic.replication.factor=1"),
      property("auto.create.topics.enable=false", "auto.create.topics.enable=true"),
    ],
    breaks: { "broker-replication": ["kafka-config"], "broker-defaults": ["kafka-config"] },
  },
  "more connections than a broker has memory for, and Java open to everybody": {
    stack: "prod",
    config: {
      cluster: {
        properties: { "max.connections": 100_000 },
        jvmOptions: ["-Dcom.sun.management.jmxremote.port=9999", "-Djavax.net.debug=all"],
      },
    },
    breaks: { "broker-memory": ["kafka-config"], "broker-jvm-options": ["kafka"] },
  },
  "room for one client": {
    stack: "prod",
    config: { cluster: { properties: { "max.connections": 1 } } },
    breaks: { "broker-connections": ["kafka-config"] },
  },
  "a password in a ConfigMap": {
    stack: "prod",
    patches: [property("ssl.keystore.type=PEM", "ssl.keystore.password=hunter2")],
    breaks: { "secrets-in-the-open": ["kafka-config"] },
  },
  "brokers open to everybody": {
    stack: "prod",
    patches: [policy("kafka-brokers", ["ingress"], [{ ports: [{ protocol: "TCP", port: 9093 }] }])],
    breaks: { "network-ports": ["kafka-brokers"] },
  },
  "a denial that lets pass": {
    stack: "prod",
    patches: [policy("kafka-deny-all", ["policyTypes"], ["Ingress"])],
    breaks: {
      "network-default-deny": [
        "alertmanager",
        "exporter",
        "kafka",
        "maintenance-metadata-version",
        "prometheus",
        "ui",
      ],
    },
  },
  "the UI for the whole world, and it may change things": {
    stack: "prod",
    patches: [
      { type: SERVICE, name: "ui-service", at: ["spec", "type"], value: "LoadBalancer" },
      { type: KUBERNETES_UI, name: "ui", at: ["readOnly"], value: false },
    ],
    breaks: { "service-exposure": ["ui-service"], "ui-locked": ["ui"] },
  },
  "an object in the default namespace": {
    stack: "prod",
    patches: [
      { type: SERVICE, name: "ui-service", at: ["metadata", "namespace"], value: "default" },
    ],
    breaks: { "namespace-explicit": ["ui-service"], "dangling-selector": ["ui-service"] },
  },
};
