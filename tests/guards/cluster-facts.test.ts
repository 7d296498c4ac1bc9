import { afterEach, beforeEach, expect, test } from "vitest";
import { clusterFacts } from "../../guards/cluster-facts.ts";
import type { ClusterRequirements } from "../../guards/preflight.ts";
import { KubernetesApi } from "../../clients/kubernetes/api.ts";
import { FakeKubernetes } from "../support/kubernetes/fake-kubernetes.ts";

const WANTS: ClusterRequirements = {
  namespace: "kafka",
  createNamespace: true,
  accountNamespaces: ["shop"],
  storageClass: "fast",
  priorityClass: "brokers",
  brokers: 3,
  spread: "required",
  nodePorts: [],
  resources: {},
};

interface Asked {
  readonly verb: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
}

let fake: FakeKubernetes;
let api: KubernetesApi;
/** Rights that were asked for, as `verb resource`. */
let asked: string[];
let denied: (right: string) => boolean;

beforeEach(async () => {
  fake = await FakeKubernetes.start();
  [asked, denied] = [[], () => false];
  fake.handlers.push(({ url, body }) => {
    if (!url.endsWith("/selfsubjectaccessreviews")) return undefined;
    const { resourceAttributes } = (body as { spec: { resourceAttributes: Asked } }).spec;
    const { verb, resource, subresource = "" } = resourceAttributes;
    const right = `${verb} ${resource}${subresource === "" ? "" : `/${subresource}`}`;
    asked.push(right);
    return { status: 201, body: { status: { allowed: !denied(right) } } };
  });
  api = await KubernetesApi.connect({ context: "fake", kubeconfig: fake.kubeconfig() });
});

afterEach(async () => {
  await api.close();
  await fake.stop();
});

test("classes, nodes, ports and quotas of the cluster are found by their names", async () => {
  fake.put("/apis/scheduling.k8s.io/v1/priorityclasses/brokers", { metadata: { name: "brokers" } });
  fake.put("/apis/storage.k8s.io/v1/storageclasses/fast", {
    ...{ metadata: { name: "fast" }, reclaimPolicy: "Retain" },
  });
  expect(await clusterFacts(api, WANTS)).toMatchObject({
    denied: [],
    namespaceExists: false,
    missingNamespaces: ["shop"],
    storageClass: { reclaimPolicy: "Retain", allowVolumeExpansion: false },
    priorityClasses: ["brokers"],
    schedulableNodes: 0,
  });
});

test("every right that an `up` needs is asked for, those of jobs and of a restart among them", async () => {
  denied = (right) =>
    ["create jobs", "delete jobs", "delete pods", "get pods/proxy"].includes(right);
  const facts = await clusterFacts(api, WANTS);
  expect(facts.denied).toEqual([
    "create Job (namespace kafka)",
    "delete Job (namespace kafka)",
    "get Pod/proxy (namespace kafka)",
    "delete Pod (namespace kafka)",
  ]);
  expect(asked).toContain("create namespaces");
  expect(asked).toContain("patch statefulsets");
});

test("a namespace that holds Secrets of accounts is looked for, and the right to make them", async () => {
  fake.put("/api/v1/namespaces/shop", { metadata: { name: "shop" } });
  denied = (right) => right === "patch secrets";
  const facts = await clusterFacts(api, WANTS);
  expect(facts.missingNamespaces).toEqual([]);
  expect(facts.denied).toEqual(["patch Secret (namespace kafka)", "patch Secret (namespace shop)"]);
});

test("whether a namespace is there is unknown to whom may not look, and no fault", async () => {
  denied = (right) => right === "get namespaces";
  expect((await clusterFacts(api, WANTS)).missingNamespaces).toEqual([]);
});

test("what the user may not list is not asked for, and stays unknown", async () => {
  denied = (right) => right.startsWith("list ");
  const unknown = { storageClasses: undefined, priorityClasses: undefined };
  expect(await clusterFacts(api, WANTS)).toMatchObject({ ...unknown, schedulableNodes: undefined });
  expect(fake.asked.filter((one) => one.includes("priorityclasses"))).toEqual([]);
});
