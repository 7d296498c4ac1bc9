import { expect, test } from "vitest";
import { clusterRisks } from "../../review/cluster-risks.ts";
import { clusterParts, type ClusterPartsArgs } from "../../model/kubernetes/cluster-parts.ts";

const CLUSTER: ClusterPartsArgs = {
  ...{ name: "shop", namespace: "data", createNamespace: true, brokers: 4, retiredBrokers: [5] },
  storage: { class: "fast" },
};

const inputs = (more: Partial<ClusterPartsArgs> = {}) => ({
  environment: "prod",
  parts: clusterParts("kafka", { ...CLUSTER, ...more }),
});
const risks = (more: Partial<ClusterPartsArgs>) =>
  clusterRisks(inputs(), inputs(more)).map(({ resource, change }) => `${change} ${resource}`);

const VOLUMES = [0, 1, 2, 3, 5].map((node) => `replacement kafka-data-${String(node)}`);

test("every part is recorded with its place", () => {
  expect(inputs().parts).toEqual({
    "kafka-namespace": "namespace data",
    kafka: "StatefulSet data/shop",
    "kafka-data-0": "claim data/data-shop-0 of class fast",
    "kafka-data-1": "claim data/data-shop-1 of class fast",
    "kafka-data-2": "claim data/data-shop-2 of class fast",
    "kafka-data-3": "claim data/data-shop-3 of class fast",
    "kafka-data-5": "claim data/data-shop-5 of class fast",
  });
});

test.for<[string, Partial<ClusterPartsArgs>, string[]]>([
  ["no change", {}, []],
  ["another name", { name: "chat" }, ["replacement kafka", ...VOLUMES]],
  [
    "another namespace",
    { namespace: "other" },
    ["replacement kafka-namespace", "replacement kafka", ...VOLUMES],
  ],
  ["another storage class", { storage: { class: "slow" } }, VOLUMES],
  ["a namespace of somebody else", { createNamespace: false }, ["deletion kafka-namespace"]],
  ["a broker more", { brokers: 5 }, []],
  ["a broker less, listed as retired", { brokers: 3, retiredBrokers: [3, 5] }, []],
  ["a broker less, not listed", { brokers: 3 }, ["deletion kafka-data-3"]],
  ["a retired volume no longer listed", { retiredBrokers: [] }, ["deletion kafka-data-5"]],
])("exactly what would be lost is a risk with %s", ([, more, expected]) => {
  expect(risks(more)).toEqual(expected);
});

test("the reason says from where to where", () => {
  const [risk] = clusterRisks(inputs(), inputs({ storage: { class: "slow" } }));
  expect(risk?.reason).toBe(
    "kafka-data-0 is made anew, without what is on it: claim data/data-shop-0 of class fast → claim data/data-shop-0 of class slow",
  );
});

test("a state that an older program left holds nothing back", () => {
  expect(clusterRisks({ environment: "prod" }, inputs({ name: "chat" }))).toEqual([]);
  expect(clusterRisks(undefined, inputs())).toEqual([]);
});
