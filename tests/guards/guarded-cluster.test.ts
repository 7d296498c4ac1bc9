import { expect, test } from "vitest";
import type { CompleteKubernetesCluster } from "../../model/stack/cluster-identity.ts";
import { kubernetesCluster } from "../../model/kubernetes/kubernetes-settings.ts";
import { restartsBrokers } from "../../guards/cluster-guards.ts";
import { guardedCluster } from "../../guards/guarded-cluster.ts";
import { MADE_BY_COMMANDS } from "../support/kubernetes/prod-stack.ts";

const settings = (access: object) =>
  kubernetesCluster.parse({
    kind: "kubernetes",
    context: "lab",
    ...MADE_BY_COMMANDS,
    caCertificate: "unused",
    cpu: "500m",
    memory: "1 GiB",
    storage: { class: "fast", size: "2 GiB" },
    priorityClass: "brokers",
    access,
  }) as CompleteKubernetesCluster;

test("a cluster requires the sum of its brokers' resources, and a node port for each behind the first", () => {
  const addresses = ["a", "b", "c"];
  expect(guardedCluster(settings({ type: "nodePort", addresses, port: 30_100 }))).toEqual({
    context: "lab",
    kubeconfig: undefined,
    name: "kafka",
    namespace: "kafka",
    createNamespace: true,
    accountNamespaces: [],
    brokers: 3,
    spread: "required",
    controllers: 3,
    storageClass: "fast",
    priorityClass: "brokers",
    nodePorts: [30_100, 30_101, 30_102, 30_103],
    resources: {
      pods: 3,
      persistentvolumeclaims: 3,
      "requests.cpu": 1.5,
      "requests.memory": 3 * 2 ** 30,
      "limits.memory": 3 * 2 ** 30,
      "requests.storage": 6 * 2 ** 30,
    },
  });
  expect(guardedCluster(settings({ type: "none" })).nodePorts).toEqual([]);
});

test("only another template of the pods restarts brokers, whatever the order of its keys", () => {
  const inputs = (template: object, replicas = 3) => ({ spec: { replicas, template } });
  const template = { metadata: { annotations: { a: "1", b: "2" } }, spec: { containers: [1, 2] } };
  const reordered = { spec: { containers: [1, 2] }, metadata: { annotations: { b: "2", a: "1" } } };
  expect(restartsBrokers(inputs(template), inputs(reordered, 4))).toBe(false);
  const other = { ...template, spec: { containers: [2, 1] } };
  expect(restartsBrokers(inputs(template), inputs(other))).toBe(true);
});
