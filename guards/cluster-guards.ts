import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { clusterNames, nodesOf } from "../model/kubernetes/kubernetes-names.ts";
import { METRICS_PORT } from "../model/broker/listeners.ts";
import { KubernetesApi } from "../clients/kubernetes/api.ts";
import { type BrokerHealth, brokerHealth, replicasHeld } from "./broker-health.ts";
import { clusterFacts } from "./cluster-facts.ts";
import { scaleDownRefusal } from "./scale-down.ts";
import type { GuardedCluster } from "./guarded-cluster.ts";
import { assessPreflight } from "./preflight.ts";
import { prepareRollingRestart } from "./rolling-restart.ts";
import { pendingRollout } from "./pending-rollout.ts";

/** Hooks that refuse what nobody has approved: of the cluster's component, and of its parts. */
export interface ApprovalHooks {
  readonly parts: pulumi.ResourceHook;
  readonly oneWayChanges: pulumi.ResourceHook;
}

/**
 * Hooks that look before something is done that cannot be taken back half-way: before the first
 * object of a new cluster is made, and before the brokers are restarted one by one. They run in an
 * `up` only: a preview must work without the cluster.
 *
 * @param approved asked before the cluster is. @default nothing is refused
 */
export function clusterGuards(cluster: GuardedCluster, approved?: ApprovalHooks) {
  let asked: Promise<void> | undefined;
  const ready = new pulumi.ResourceHook("cluster-preflight", () => (asked ??= preflight(cluster)));
  return {
    // Of the component, too, so that one that could not be made is not recorded as if it had been.
    cluster: { beforeCreate: [ready], beforeUpdate: approved ? [approved.parts] : [] },
    firstObject: { beforeCreate: [ready] },
    volumes: { beforeUpdate: approved ? [approved.oneWayChanges] : [] },
    brokers: {
      beforeUpdate: [
        ...(approved ? [approved.oneWayChanges] : []),
        new pulumi.ResourceHook("cluster-roll", async ({ oldInputs, newInputs }) => {
          const before = replicasOf(oldInputs) ?? cluster.brokers;
          await refuseScaleDown(cluster, before);
          const staying = { ...cluster, brokers: Math.min(before, cluster.brokers) };
          if (restartsBrokers(oldInputs, newInputs)) await gate(staying);
        }),
      ],
    },
  };
}

/** Whether the template of the pods differs: nothing else of a StatefulSet restarts them. */
export function restartsBrokers(oldInputs: unknown, newInputs: unknown): boolean {
  return canonical(templateOf(oldInputs)) !== canonical(templateOf(newInputs));
}

interface StatefulSetInputs {
  readonly spec?: { readonly replicas?: number; readonly template?: unknown };
}

const templateOf = (inputs: unknown): unknown =>
  (inputs as StatefulSetInputs | undefined)?.spec?.template;

const replicasOf = (inputs: unknown): number | undefined =>
  (inputs as StatefulSetInputs | undefined)?.spec?.replicas;

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );

async function preflight(cluster: GuardedCluster): Promise<void> {
  const { faults, warnings } = await withApi(cluster, async (api) =>
    assessPreflight(await clusterFacts(api, cluster), cluster),
  );
  for (const warning of warnings) await pulumi.log.warn(warning);
  if (faults.length === 0) return;
  const list = faults.map((fault) => `\n  - ${fault}`).join("");
  throw new Error(`Kubernetes (context ${cluster.context}) is not ready for the cluster:${list}`);
}

/** Refuses to take brokers away that still hold replicas. */
async function refuseScaleDown(cluster: GuardedCluster, before: number): Promise<void> {
  const leaving = nodesOf(before).slice(cluster.brokers);
  if (leaving.length === 0) return;
  const { pod } = clusterNames(cluster);
  const held = await withApi(cluster, (api) =>
    Promise.all(
      leaving.map(async (number) => ({
        number,
        replicas: replicasHeld(await metricsOf(api, cluster.namespace, pod(number))),
      })),
    ),
  );
  const stack = pulumi.getStack();
  const refusal = scaleDownRefusal(
    held,
    (brokers) => `npm run reassign -- --stack ${stack} --drain ${brokers.join(",")} --execute`,
  );
  if (refusal !== undefined) throw new Error(refusal);
}

async function gate(cluster: GuardedCluster): Promise<void> {
  const { context, namespace } = cluster;
  await withApi(cluster, (api) =>
    prepareRollingRestart({
      health: () => healthOf(api, cluster),
      pending: () => pendingOf(api, cluster),
      restart: (name) => api.delete({ kind: "Pod", namespace, name }),
      say: (message) => pulumi.log.warn(message),
      wait: (milliseconds) => sleep(milliseconds),
      kubectl: `kubectl --context ${context} -n ${namespace}`,
    }),
  );
}

async function healthOf(api: KubernetesApi, cluster: GuardedCluster): Promise<BrokerHealth[]> {
  const { namespace, controllers } = cluster;
  const { pod } = clusterNames(cluster);
  return Promise.all(
    nodesOf(cluster.brokers).map(async (node) => {
      const metrics = await metricsOf(api, namespace, pod(node));
      if (metrics === undefined && (await isReady(api, namespace, pod(node)))) {
        // Its readiness has looked at the whole cluster; only the API server cannot reach it.
        await pulumi.log.warn(
          `${pod(node)} is judged by its readiness alone: the API server does not reach its metrics. ` +
            "A network policy may be in the way: see cluster.apiServerRanges.",
        );
        return { pod: pod(node), leaders: 1, underReplicated: 0 };
      }
      return brokerHealth(pod(node), node < controllers, metrics);
    }),
  );
}

/** What Kubernetes has still to do for the StatefulSet. */
async function pendingOf(api: KubernetesApi, cluster: GuardedCluster): Promise<string | undefined> {
  const { brokers: name } = clusterNames(cluster);
  return pendingRollout(await api.get({ kind: "StatefulSet", namespace: cluster.namespace, name }));
}

/** What a broker's exporter says; undefined when it does not answer. */
const metricsOf = (api: KubernetesApi, namespace: string, pod: string) =>
  api.podGet(namespace, pod, METRICS_PORT, "/metrics").catch(() => undefined);

async function isReady(api: KubernetesApi, namespace: string, name: string): Promise<boolean> {
  const found = await api.get({ kind: "Pod", namespace, name });
  const { conditions = [] } = (found?.["status"] ?? {}) as {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
  return conditions.some(({ type, status }) => type === "Ready" && status === "True");
}

async function withApi<T>(
  { context, kubeconfig }: GuardedCluster,
  work: (api: KubernetesApi) => Promise<T>,
): Promise<T> {
  const api = await KubernetesApi.connect({ context, kubeconfig });
  try {
    return await work(api);
  } finally {
    await api.close();
  }
}
