import { expect, test } from "vitest";
import {
  brokerPolicy,
  denyAllPolicy,
  maintenancePolicy,
  type NetworkPolicyArgs,
  uiPolicy,
} from "../../../../components/kubernetes/manifests/network-policies.ts";
import { objectLabels } from "../../../../components/kubernetes/manifests/object-metadata.ts";
import { type End, isOpen, type Policy } from "../../../support/kubernetes/network-policies.ts";

const ARGS: NetworkPolicyArgs = {
  name: "shop",
  namespace: "kafka",
  access: { type: "nodePort", addresses: ["h0", "h1", "h2"], port: 30_092 },
  monitoringNamespace: "monitoring",
  clientNamespaces: ["orders"],
  accountNamespaces: { billing: "billing", "team-orders": "orders" },
  uiNamespaces: ["ingress"],
  apiServerRanges: ["192.0.2.10/32"],
};

const policies = (args: Partial<NetworkPolicyArgs> = {}): Policy[] => {
  const all = { ...ARGS, ...args };
  return [denyAllPolicy(all), brokerPolicy(all), uiPolicy(all), maintenancePolicy(all)] as Policy[];
};

const pod = (namespace: string, labels: Record<string, string> = {}): End => ({
  namespace,
  labels,
});
const broker = pod("kafka", objectLabels(ARGS, "broker"));
const ui = pod("kafka", objectLabels(ARGS, "ui"));
const maintenance = pod("kafka", objectLabels(ARGS, "maintenance"));
const client = pod("kafka", { app: "client" });
const orders = pod("orders", { app: "orders" });
const billing = pod("billing", { app: "billing" });
const stranger = pod("default", { app: "stranger" });
const prometheus = pod("monitoring", { app: "prometheus" });
const ingress = pod("ingress", { app: "nginx" });
const dns = pod("kube-system", { "k8s-app": "kube-dns" });
const JOB = { "app.kubernetes.io/component": "job" };
const dnsCache: End = { address: "169.254.20.10" };
const apiServer: End = { address: "192.0.2.10" };
const outside: End = { address: "203.0.113.7" };

test.each<[string, End, End, number, ("TCP" | "UDP")?]>([
  ["replication", broker, broker, 9091],
  ["the controller quorum", broker, broker, 9093],
  ["readiness, from the peers' metrics", broker, broker, 9404],
  ["a client in the namespace", client, broker, 9092],
  ["a client in a namespace that is named", orders, broker, 9092],
  ["a client beside the Secret of its account", billing, broker, 9092],
  ["a client outside Kubernetes", outside, broker, 9094],
  ["the UI as a client", ui, broker, 9092],
  ["the UI reading metrics", ui, broker, 9404],
  ["Prometheus", prometheus, broker, 9404],
  ["the health check through the API server", apiServer, broker, 9404],
  ["an ingress to the UI", ingress, ui, 8080],
  ["a broker asking the DNS", broker, dns, 53, "UDP"],
  ["a broker asking the DNS for a long answer", broker, dns, 53, "TCP"],
  ["a broker asking the node's DNS cache", broker, dnsCache, 53, "UDP"],
  ["the UI asking the DNS", ui, dns, 53, "UDP"],
  ["a maintenance job as a client", maintenance, broker, 9092],
  ["a maintenance job asking the DNS", maintenance, dns, 53, "UDP"],
])("a connection is open: %s", (_, from, to, port, protocol = "TCP") => {
  expect(isOpen(policies(), { from, to, port, protocol })).toBe(true);
});

test.each<[string, End, End, number]>([
  ["a client on the brokers' own listener", client, broker, 9091],
  ["a client on the controllers' listener", client, broker, 9093],
  ["a client reading metrics", client, broker, 9404],
  ["a client of another namespace", stranger, broker, 9092],
  ["a client of another namespace on the UI", stranger, ui, 8080],
  ["a client in the namespace on the UI", client, ui, 8080],
  ["the UI on the brokers' own listener", ui, broker, 9091],
  ["the UI on the controllers' listener", ui, broker, 9093],
  ["Prometheus as a client", prometheus, broker, 9092],
  ["the API server's addresses as a client", apiServer, broker, 9092],
  ["outside, on the listener for clients inside", outside, broker, 9092],
  ["outside, on the brokers' own listener", outside, broker, 9091],
  ["outside, on the controllers' listener", outside, broker, 9093],
  ["outside, reading metrics", outside, broker, 9404],
  ["outside, on the UI", outside, ui, 8080],
  ["a broker calling out", broker, outside, 443],
  ["a broker asking a DNS outside", broker, outside, 53],
  ["a broker on the cloud's metadata service", broker, { address: "169.254.169.254" }, 80],
  ["a broker on another pod of the namespace", broker, client, 8080],
  ["a broker on the UI", broker, ui, 8080],
  ["the UI calling out", ui, outside, 443],
  ["the DNS on a broker", dns, broker, 9092],
  ["a maintenance job on the brokers' own listener", maintenance, broker, 9091],
  ["a maintenance job calling out", maintenance, outside, 443],
  ["a client on a maintenance job", client, maintenance, 8080],
])("a connection is closed: %s", (_, from, to, port) => {
  expect(isOpen(policies(), { from, to, port })).toBe(false);
});

test("brokers reach the store of older segments, and nothing else outside", () => {
  const tieredStorage = {
    ...{ managerClass: "org.example.Store", classPath: "/opt/store/*", properties: {} },
    ...{ storeRanges: ["203.0.113.0/24"], storePort: 9000 },
  };
  const open = policies({ tieredStorage });
  expect(isOpen(open, { from: broker, to: outside, port: 9000 })).toBe(true);
  expect(isOpen(open, { from: broker, to: outside, port: 443 })).toBe(false);
  expect(isOpen(open, { from: broker, to: { address: "198.51.100.1" }, port: 9000 })).toBe(false);
  expect(isOpen(open, { from: ui, to: outside, port: 9000 })).toBe(false);
});

test("without uiNamespaces nobody reaches the UI but by a port-forward", () => {
  const bare = policies({
    clientNamespaces: [],
    accountNamespaces: {},
    uiNamespaces: [],
    apiServerRanges: [],
  });
  expect(isOpen(bare, { from: orders, to: broker, port: 9092 })).toBe(false);
  expect(isOpen(bare, { from: ingress, to: ui, port: 8080 })).toBe(false);
  expect(isOpen(bare, { from: apiServer, to: broker, port: 9404 })).toBe(false);
  expect(isOpen(bare, { from: client, to: broker, port: 9092 })).toBe(true);
});

test("source ranges of load balancers hold at the brokers too", () => {
  const ranged = policies({
    access: {
      type: "loadBalancer",
      addresses: ["h0", "h1", "h2"],
      port: 9094,
      annotations: {},
      sourceRanges: ["198.51.100.0/24"],
    },
  });
  const inRange: End = { address: "198.51.100.9" };
  expect(isOpen(ranged, { from: inRange, to: broker, port: 9094 })).toBe(true);
  expect(isOpen(ranged, { from: outside, to: broker, port: 9094 })).toBe(false);
});

test("without access from outside its listener is closed", () => {
  const closed = policies({ access: { type: "none" } });
  expect(isOpen(closed, { from: outside, to: broker, port: 9094 })).toBe(false);
});

test("a pod that will be added to the cluster starts with nothing open", () => {
  const job = pod("kafka", { ...objectLabels(ARGS, "broker"), ...JOB });
  expect(isOpen(policies(), { from: job, to: outside, port: 443 })).toBe(false);
  expect(isOpen(policies(), { from: client, to: job, port: 80 })).toBe(false);
});

test("pods of others in the namespace are left alone", () => {
  expect(isOpen(policies(), { from: client, to: outside, port: 443 })).toBe(true);
  expect(isOpen(policies(), { from: outside, to: client, port: 80 })).toBe(true);
});
