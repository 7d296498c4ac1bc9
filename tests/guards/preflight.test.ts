import { expect, test } from "vitest";
import {
  type ClusterFacts,
  assessPreflight,
  type ClusterRequirements,
} from "../../guards/preflight.ts";

const WITHOUT_CLASS: ClusterFacts = {
  denied: [],
  namespaceExists: false,
  missingNamespaces: [],
  storageClass: undefined,
  storageClasses: ["fast"],
  priorityClasses: ["system-node-critical", "system-cluster-critical"],
  schedulableNodes: 3,
  nodePorts: {},
  quotas: [],
};

const FACTS: ClusterFacts = {
  ...WITHOUT_CLASS,
  storageClass: { reclaimPolicy: "Retain", allowVolumeExpansion: true },
};

const WANTS: ClusterRequirements = {
  namespace: "kafka",
  createNamespace: true,
  accountNamespaces: [],
  storageClass: "fast",
  brokers: 3,
  spread: "required",
  nodePorts: [30092, 30093],
  resources: { "requests.memory": 3 * 2 ** 30 },
};

test("a cluster that has everything passes without a fault or a warning", () => {
  expect(assessPreflight(FACTS, WANTS)).toEqual({ faults: [], warnings: [] });
});

test.each<[Partial<ClusterFacts>, Partial<ClusterRequirements>, string]>([
  [
    { denied: ["create Secret (namespace shop)"] },
    {},
    "you may not create Secret (namespace shop)",
  ],
  [
    { missingNamespaces: ["shop"] },
    { accountNamespaces: ["shop"] },
    "namespace shop does not exist; cluster.accountNamespaces puts Secrets there, so make it first",
  ],
  [
    { namespaceExists: true },
    {},
    "namespace kafka exists already; to use it as it is, set cluster.createNamespace: false",
  ],
  [
    {},
    { createNamespace: false },
    "namespace kafka does not exist; to have it made, set cluster.createNamespace: true",
  ],
  [
    { schedulableNodes: 1 },
    {},
    'spread "required" wants a node for each of the 3 brokers; 1 accept pods. Add nodes, or set cluster.spread: preferred',
  ],
  [{ nodePorts: { 30093: "web/front" } }, {}, "NodePort 30093 is taken by Service web/front"],
  [
    { quotas: [{ resource: "requests.memory", left: 2 ** 30 }] },
    {},
    "the namespace's quota leaves 1073741824 of requests.memory; wanted 3221225472",
  ],
])("the facts %j with the requirements %j are a fault", (facts, wants, fault) => {
  expect(assessPreflight({ ...FACTS, ...facts }, { ...WANTS, ...wants }).faults).toEqual([fault]);
});

test("a missing storage class is named with those that exist, and not warned of", () => {
  const facts = { ...WITHOUT_CLASS, storageClasses: ["slow", "fast"] };
  expect(assessPreflight(facts, { ...WANTS, storageClass: "quick" })).toEqual({
    faults: ['there is no storage class "quick"; there are: fast, slow'],
    warnings: [],
  });
});

test("a missing priority class is named with those that exist, and what to do", () => {
  const wanting = (priorityClass?: string) =>
    assessPreflight(FACTS, { ...WANTS, priorityClass }).faults;
  expect(wanting("brokers")).toEqual([
    'there is no priority class "brokers"; there are: system-cluster-critical, system-node-critical. Make it, or name one of these in cluster.priorityClass',
  ]);
  expect([wanting("system-cluster-critical"), wanting()]).toEqual([[], []]);
});

test("what the user may not list is no fault", () => {
  const unseen = { storageClasses: undefined, priorityClasses: undefined };
  const facts = { ...WITHOUT_CLASS, ...unseen, schedulableNodes: undefined };
  expect(assessPreflight(facts, { ...WANTS, priorityClass: "brokers" })).toEqual({
    faults: [],
    warnings: [],
  });
});

test("few nodes are enough where the spread is only preferred", () => {
  expect(
    assessPreflight({ ...FACTS, schedulableNodes: 1 }, { ...WANTS, spread: "preferred" }).faults,
  ).toEqual([]);
});

test("a class that loses or limits volumes is warned of, and all faults come together", () => {
  const storageClass = { reclaimPolicy: "Delete", allowVolumeExpansion: false };
  const facts = { ...FACTS, storageClass, namespaceExists: true, denied: ["create services"] };
  const { faults, warnings } = assessPreflight(facts, WANTS);
  expect(faults).toHaveLength(2);
  expect(warnings).toEqual([
    'storage class "fast" has reclaim policy Delete: a deleted claim takes its records along',
    'storage class "fast" does not let volumes grow',
  ]);
});
