/** Asks the cluster what a wait has to know, and leaves the judgement to pure functions. */
import type { KubernetesApi } from "../../../clients/kubernetes/api.ts";
import type { ObjectEvent } from "../../../clients/kubernetes/events.ts";
import { isForbidden } from "../../../clients/kubernetes/errors.ts";
import type { KubernetesObject, ObjectReference } from "../../../clients/kubernetes/objects.ts";
import { type BindingMode, judgeClaim } from "./claim.ts";
import { podHealth, type PodHealth } from "./pod-health.ts";
import { judgeJob, judgeRollout, type RolloutProgress, waiting } from "./rollout.ts";
import type { Readiness } from "./kinds.ts";
import { type Pod, podSelector, type Workload } from "./workload.ts";

/** Looks at one object over and over while it becomes ready. */
export class Observer {
  readonly #api: KubernetesApi;
  readonly #reference: ObjectReference;
  readonly #namespace: string;
  readonly #seen = new Map<string, number>();

  constructor(api: KubernetesApi, reference: ObjectReference) {
    this.#api = api;
    this.#reference = reference;
    this.#namespace = reference.namespace ?? "";
  }

  /** Takes note of the events there are, so that they are not held against a change to come. */
  async forgetPast(uid: string): Promise<void> {
    for (const event of await this.#events(uid)) this.#seen.set(event.uid, event.count);
  }

  async look(
    readiness: Readiness,
  ): Promise<RolloutProgress & { readonly live?: KubernetesObject }> {
    if (readiness === "none") return { state: "ready" };
    const live = await this.#api.get(this.#reference);
    if (live === undefined) {
      return { state: "failed", reason: "somebody deleted it in the meantime" };
    }
    return { ...(await this.#judge(live, readiness)), live };
  }

  #judge(live: KubernetesObject, readiness: Readiness): Promise<RolloutProgress> | RolloutProgress {
    switch (readiness) {
      case "rollout":
        return this.#judgeRollout(live);
      case "job":
        return this.#judgeJob(live);
      case "claim":
        return this.#judgeClaim(live);
      case "namespace":
        return isActive(live) ? { state: "ready" } : waiting("not active yet");
      case "none":
        return { state: "ready" };
    }
  }

  async #judgeRollout(workload: Workload): Promise<RolloutProgress> {
    const pods = await this.#newPods(workload);
    return judgeRollout(workload, await this.#healthOf(pods), await this.#newEvents(workload));
  }

  async #judgeJob(job: Workload): Promise<RolloutProgress> {
    const pods = await this.#pods(`batch.kubernetes.io/job-name=${job.metadata.name}`);
    return judgeJob(job, await this.#healthOf(pods), await this.#newEvents(job));
  }

  async #judgeClaim(claim: KubernetesObject): Promise<RolloutProgress> {
    const events = await this.#events(claim.metadata.uid ?? "");
    const { storageClassName } = (claim["spec"] ?? {}) as { storageClassName?: string };
    return judgeClaim(claim, await this.#bindingMode(storageClassName), events);
  }

  /** Undefined when the user may not read storage classes: then the events have to tell. */
  async #bindingMode(name: string | undefined): Promise<BindingMode> {
    if (name === undefined || name === "") return undefined;
    try {
      const found = await this.#api.get({ kind: "StorageClass", name });
      if (found !== undefined) return (found["volumeBindingMode"] ?? "Immediate") as BindingMode;
      const classes = await this.#api.list("StorageClass");
      return { missing: name, there: classes.map(({ metadata }) => metadata.name) };
    } catch (error) {
      if (isForbidden(error)) return undefined;
      throw error;
    }
  }

  async #newPods(workload: Workload): Promise<Pod[]> {
    const selector = podSelector(workload);
    const pods = await this.#pods(selector);
    const label =
      workload.kind === "StatefulSet" ? "controller-revision-hash" : "pod-template-hash";
    const newest =
      workload.kind === "StatefulSet"
        ? workload.status?.updateRevision
        : await this.#newestTemplate(workload, selector);
    return pods.filter(({ metadata }) => metadata.labels?.[label] === newest);
  }

  /** A Deployment numbers its revisions, and so are its ReplicaSets. */
  async #newestTemplate(workload: Workload, labelSelector: string): Promise<string | undefined> {
    const namespace = this.#namespace;
    const revision = "deployment.kubernetes.io/revision";
    const sets = await this.#api.list("ReplicaSet", { namespace, labelSelector });
    const newest = sets.find(
      ({ metadata }) =>
        metadata.annotations?.[revision] === workload.metadata.annotations?.[revision],
    );
    return newest?.metadata.labels?.["pod-template-hash"];
  }

  async #pods(labelSelector: string): Promise<Pod[]> {
    const found = await this.#api.list("Pod", { namespace: this.#namespace, labelSelector });
    return (found as Pod[]).toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  }

  #healthOf(pods: readonly Pod[]): Promise<PodHealth[]> {
    return Promise.all(
      pods.map(async (pod) => {
        const quick = podHealth(pod, []);
        return quick.ready ? quick : podHealth(pod, await this.#events(quick.uid));
      }),
    );
  }

  async #newEvents({ metadata }: Workload): Promise<ObjectEvent[]> {
    const events = await this.#events(metadata.uid ?? "");
    return events.filter(({ uid, count }) => count > (this.#seen.get(uid) ?? 0));
  }

  /** Events explain; without the right to read them a wait goes on with less to say. */
  async #events(uid: string): Promise<ObjectEvent[]> {
    if (this.#namespace === "") return [];
    try {
      return await this.#api.events(uid, this.#namespace);
    } catch (error) {
      if (isForbidden(error)) return [];
      throw error;
    }
  }
}

function isActive(namespace: KubernetesObject): boolean {
  return (namespace["status"] as { phase?: string } | undefined)?.phase === "Active";
}
