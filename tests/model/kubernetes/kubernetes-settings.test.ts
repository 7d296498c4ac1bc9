import { expect, test } from "vitest";
import { describeFaults } from "../../../model/values/faults.ts";
import { stackConfigSchema } from "../../../model/stack/stack-config.ts";

const IMAGE = `registry.example/broker@sha256:${"a".repeat(64)}`;
const IDS = ["AAAAAAAAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBBBBBBBA", "CCCCCCCCCCCCCCCCCCCCCA"];
const NODE_PORT = { type: "nodePort", addresses: ["10.0.0.1", "10.0.0.2", "10.0.0.3"] };
const LOAD_BALANCER = { type: "loadBalancer", addresses: ["a.example", "b.example", "c.example"] };

const MINIMAL = {
  kind: "kubernetes",
  context: "prod",
  storage: { class: "fast", size: "100 GiB" },
  access: NODE_PORT,
};

const stack = (cluster: Record<string, unknown>) => ({
  environment: "prod",
  protection: true,
  cluster: { ...MINIMAL, ...cluster },
});

const parse = (cluster: Record<string, unknown> = {}) =>
  stackConfigSchema.parse(stack(cluster)).cluster;

function faultsOf(cluster: Record<string, unknown>): string[] {
  const parsed = stackConfigSchema.safeParse(stack(cluster));
  if (parsed.success) return [];
  return describeFaults(parsed.error, stack(cluster), "kafka-platform:").map((fault) =>
    fault.replace("kafka-platform:cluster.", ""),
  );
}

test("the least that a stack on Kubernetes says is completed by every default", () => {
  expect(parse()).toEqual({
    kind: "kubernetes",
    context: "prod",
    namespace: "kafka",
    createNamespace: true,
    name: "kafka",
    brokers: 3,
    kafkaVersion: "4.3.1",
    metadataVersion: "4.3",
    cpu: "500m",
    memory: 4 * 2 ** 30,
    storage: { class: "fast", size: 100 * 2 ** 30 },
    spread: "required",
    minReadySeconds: 30,
    access: { ...NODE_PORT, port: 30_092 },
    monitoringNamespace: "monitoring",
    clientNamespaces: [],
    accountNamespaces: {},
    uiNamespaces: [],
    apiServerRanges: [],
    retiredBrokers: [],
    brokerUsers: [{ user: "a", generation: 1 }],
    controllerUsers: [{ user: "a", generation: 1 }],
    properties: {},
  });
});

test.each<[string, Record<string, unknown>]>([
  ["everything that commands write", { clusterId: IDS[0], directoryIds: IDS, image: IMAGE }],
  [
    "a tag before the digest",
    { image: `registry.example:5000/broker:4.3.1@sha256:${"0".repeat(64)}` },
  ],
  ["three initial controllers of five brokers", five({ directoryIds: IDS })],
  [
    "one node's address for every broker, whose ports differ",
    { access: { ...NODE_PORT, addresses: ["h", "h", "h"] } },
  ],
  [
    "IPv6",
    { access: { ...LOAD_BALANCER, addresses: ["2001:db8::1", "2001:db8::2", "2001:db8::3"] } },
  ],
  ["the last ports there are", { access: { ...NODE_PORT, port: 32_764 } }],
  ["racks", { racks: ["a", "b", "c"] }],
  ["no access from outside", { access: { type: "none" } }],
  ["older metadata", { kafkaVersion: "4.3.1", metadataVersion: "4.2" }],
  ["ranges", { apiServerRanges: ["10.0.0.0/8", "2001:db8::/32"] }],
])("a cluster is taken with %s", (_, cluster) => {
  expect(faultsOf(cluster)).toEqual([]);
});

function five(cluster: Record<string, unknown>): Record<string, unknown> {
  return { brokers: 5, access: { ...NODE_PORT, addresses: ["a", "b", "c", "d", "e"] }, ...cluster };
}

const DIGEST =
  "wanted an image by digest, such as registry.example/kafka-platform/broker@sha256:… (64 hex digits): a tag may lead to another image tomorrow";

test.each<[string, Record<string, unknown>, string]>([
  [
    "no context",
    { context: undefined },
    "context: missing; wanted the name of a context of the kubeconfig",
  ],
  [
    "two brokers",
    { brokers: 2, access: { ...NODE_PORT, addresses: ["a"] }, racks: ["a"] },
    "brokers: given 2; wanted a whole number from 3: with fewer, no broker could be away without an outage",
  ],
  [
    "an image by tag",
    { image: "registry.example/broker:4.3.1" },
    `image: given "registry.example/broker:4.3.1"; ${DIGEST}`,
  ],
  ["an image without tag or digest", { image: "broker" }, `image: given "broker"; ${DIGEST}`],
  [
    "a digest cut short",
    { image: "broker@sha256:abc" },
    `image: given "broker@sha256:abc"; ${DIGEST}`,
  ],
  [
    "too few directory ids",
    { directoryIds: IDS.slice(1) },
    `directoryIds: given ["BBBBBBBBBBBBBBBBBBBBBA","CCCCCCCCCCCCCCCCCCCCCA"]; wanted 3 ids, one for each controller that forms the quorum at first, not 2`,
  ],
  [
    "an even quorum",
    five({ directoryIds: [...IDS, "DDDDDDDDDDDDDDDDDDDDDA"] }),
    "wanted 3 or 5 ids, one for each controller that forms the quorum at first, not 4",
  ],
  [
    "one directory id twice",
    { directoryIds: [IDS[0], IDS[0], IDS[1]] },
    "wanted ids that all differ",
  ],
  [
    "too few addresses",
    { access: { ...NODE_PORT, addresses: ["a"] } },
    'access.addresses: given ["a"]; wanted one address for each of the 3 brokers, not 1',
  ],
  [
    "one address twice behind load balancers",
    { access: { ...LOAD_BALANCER, addresses: ["a", "b", "a"] } },
    "wanted addresses that all differ: brokers behind load balancers share the port",
  ],
  [
    "an address with a port",
    { access: { ...NODE_PORT, addresses: ["a:9092", "b", "c"] } },
    'access.addresses[0]: given "a:9092"; wanted a host name such as kafka-0.example.com, or an IP address, without a port',
  ],
  [
    "half an IP address",
    { access: { ...NODE_PORT, addresses: ["10.0.0.256", "b", "c"] } },
    'access.addresses[0]: given "10.0.0.256"; wanted a host name',
  ],
  [
    "a port that no node opens",
    { access: { ...NODE_PORT, port: 9092 } },
    "access.port: given 9092; wanted a port from 30000 to 32767, the range that Kubernetes opens on its nodes",
  ],
  [
    "no room for the brokers' ports",
    { access: { ...NODE_PORT, port: 32_765 } },
    "access.port: given 32765; wanted at most 32764: the 3 ports after it are the brokers', and 32767 is the last one",
  ],
  [
    "too few racks",
    { racks: ["a", "b"] },
    'racks: given ["a","b"]; wanted one rack for each of the 3 brokers, not 2',
  ],
  [
    "newer metadata than Kafka",
    { metadataVersion: "4.4" },
    'metadataVersion: given "4.4"; wanted at most 4.3, what Kafka 4.3.1 knows',
  ],
  [
    "a version that YAML takes for a number",
    { metadataVersion: 4.3 },
    "metadataVersion: given 4.3; wanted a version such as 4.3, in quotes",
  ],
  ["no storage", { storage: undefined }, "storage: missing"],
  [
    "too little memory",
    { memory: "256 MiB" },
    'memory: given "256 MiB"; wanted at least 512 MiB: the heap is half of it',
  ],
  ["no CPU", { cpu: "0m" }, 'cpu: given "0m"; wanted an amount of CPU such as 500m, 0.5 or 2'],
  [
    "CPU below nothing",
    { cpu: -1 },
    "cpu: given -1; wanted an amount of CPU such as 500m, 0.5 or 2",
  ],
  [
    "CPU of a hair",
    { cpu: 1e-7 },
    "cpu: given 1e-7; wanted an amount of CPU such as 500m, 0.5 or 2",
  ],
  ["another spread", { spread: "zone" }, 'spread: given "zone"; wanted required or preferred'],
  [
    "no kind of access",
    { access: { type: "ingress" } },
    'wanted an object with type "nodePort", "loadBalancer" or "none"',
  ],
  [
    "a range that is none",
    { apiServerRanges: ["10.0.0.0/33"] },
    "wanted a range of addresses such as 10.0.0.0/8",
  ],
  [
    "a user that is neither",
    { brokerUsers: [{ user: "c", generation: 1 }] },
    'brokerUsers[0].user: given "c"; wanted a or b',
  ],
  [
    "a broker that has left and is there",
    { retiredBrokers: [3, 4], brokers: 4 },
    "retiredBrokers: given [3,4]; wanted numbers from 4: with 4 brokers 3 is one of them",
  ],
  [
    "a broker that left twice",
    { retiredBrokers: [3, 3] },
    "retiredBrokers: given [3,3]; wanted numbers that all differ",
  ],
  [
    "a controller that has left",
    { retiredBrokers: [1] },
    "retiredBrokers[0]: given 1; wanted numbers of brokers, from 3",
  ],
  [
    "users that no rotation leads to",
    {
      controllerUsers: [
        { user: "a", generation: 1 },
        { user: "b", generation: 3 },
      ],
    },
    "wanted one credential, or two of different users and consecutive generations",
  ],
  [
    "a listener of one's own",
    { properties: { listeners: "PLAINTEXT://:1" } },
    'properties.listeners: given "PLAINTEXT://:1"; wanted a property that a stack may set: listeners and their security belong to the platform',
  ],
  [
    "a store that no broker may reach",
    { tieredStorage: { managerClass: "org.example.Store", classPath: "/opt/store/*" } },
    "tieredStorage.storeRanges: missing; wanted the addresses of the store, such as 10.0.0.0/8: brokers",
  ],
  [
    "a plugin that is no class",
    { tieredStorage: { managerClass: "org.example.", classPath: "/opt/store/*" } },
    'tieredStorage.managerClass: given "org.example."; wanted the name of a Java class',
  ],
  [
    "a label with a space",
    { nodeSelector: { "node pool": "kafka" } },
    "wanted the name of a label, such as node-pool or example.com/disk",
  ],
  [
    "a label of a number",
    { nodeSelector: { pool: 1 } },
    "nodeSelector.pool: given 1; wanted the value of a label",
  ],
  [
    "a toleration of everything by value",
    { tolerations: [{ value: "kafka" }] },
    "tolerations[0].operator: missing; wanted Exists where there is no key",
  ],
  [
    "a toleration that ends and never began",
    { tolerations: [{ key: "a", tolerationSeconds: 5 }] },
    "tolerations[0].tolerationSeconds: given 5; wanted it with the effect NoExecute only",
  ],
  [
    "a condition without its values",
    { nodeAffinity: { required: [{ key: "disk", operator: "In" }] } },
    "nodeAffinity.required[0].values: missing; wanted one value or more with In and NotIn, and none",
  ],
  [
    "a condition with values that mean nothing",
    { nodeAffinity: { preferred: [{ weight: 1, key: "a", operator: "Exists", values: ["b"] }] } },
    "nodeAffinity.preferred[0].values",
  ],
  ["a key that is none", { brokerz: 3 }, 'brokerz: unknown key; did you mean "brokers"?'],
])("a cluster is refused with %s", (_, cluster, fault) => {
  expect(faultsOf(cluster).join("\n")).toContain(fault);
});

test("what is wrong alone and what is wrong together is told at once", () => {
  const faults = faultsOf({
    cpu: "much",
    directoryIds: [],
    racks: ["a"],
    access: { ...NODE_PORT, addresses: ["a"], port: 32_766 },
    metadataVersion: "5.0",
    colour: "red",
  });
  expect(faults.map((fault) => fault.split(":")[0])).toEqual([
    "cpu",
    "colour",
    "directoryIds",
    "racks",
    "access.addresses",
    "access.port",
    "metadataVersion",
  ]);
});

test.each<[string | number, string]>([
  ["500m", "500m"],
  [2, "2"],
  [0.5, "500m"],
  ["0.5", "500m"],
  ["2000m", "2"],
  ["2", "2"],
  ["1.25", "1250m"],
])("CPU %s is written as Kubernetes writes it back: %s", (given, canonical) => {
  expect(parse({ cpu: given })).toMatchObject({ cpu: canonical });
});

test("further properties come out as Kafka's own text", () => {
  const properties = {
    "num.io.threads": 16,
    "connections.max.idle.ms": "10m",
    "message.max.bytes": "8 MiB",
    "auto.leader.rebalance.enable": false,
  };
  expect(parse({ properties })).toMatchObject({
    properties: {
      "num.io.threads": "16",
      "connections.max.idle.ms": "600000",
      "message.max.bytes": "8388608",
      "auto.leader.rebalance.enable": "false",
    },
  });
});
