/** Pure: how far a StatefulSet or a Deployment has been rolled out. */
import type { ObjectEvent } from "../../../clients/kubernetes/events.ts";
import type { PodHealth, Trouble } from "./pod-health.ts";
import { condition, isTrue, type Workload } from "./workload.ts";

export type RolloutProgress =
  | { readonly state: "ready" }
  | {
      readonly state: "waiting";
      readonly detail: string;
      /** Ends the wait when they last: by what they are about. */
      readonly troubles: ReadonlyMap<string, Trouble>;
    }
  | { readonly state: "failed"; readonly reason: string; readonly pod?: string };

const NO_TROUBLE: ReadonlyMap<string, Trouble> = new Map();
/** Creation is tried again and again; quota may be freed, a policy will not change. */
const REFUSALS: readonly (readonly [RegExp, number])[] = [
  [/violates PodSecurity/, 0],
  [/exceeded quota|must specify .* for:|forbidden/, 10],
];

export function waiting(
  detail: string,
  troubles: ReadonlyMap<string, Trouble> = NO_TROUBLE,
): RolloutProgress {
  return { state: "waiting", detail, troubles };
}

/**
 * `pods` are those of the newest revision: the others are about to be replaced, whatever ails them.
 * `events` are those of the workload since the change.
 */
export function judgeRollout(
  workload: Workload,
  pods: readonly PodHealth[],
  events: readonly ObjectEvent[],
): RolloutProgress {
  const { metadata, spec, status } = workload;
  if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 0)) {
    return waiting("the change is not noticed yet");
  }
  const progressing = condition(workload, "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded") {
    const sick = pods.find(({ ready }) => !ready);
    const why = progressing.message ?? progressing.reason;
    return { state: "failed", reason: sick ? `${why} ${sick.pod}: ${sick.detail}` : why };
  }
  const wanted = spec?.replicas ?? 1;
  const { replicas = 0, readyReplicas = 0, updatedReplicas = 0 } = status ?? {};
  if (readyReplicas === wanted && updatedReplicas === wanted && replicas === wanted) {
    return { state: "ready" };
  }
  const troubles = new Map(pods.flatMap(podTrouble));
  const refused = refusedCreation(workload, events);
  if (refused !== undefined) troubles.set(metadata.name, refused);
  const old = Math.max(0, wanted - updatedReplicas);
  const details = [
    `${readyReplicas} of ${wanted} pods ready`,
    ...(old > 0 && replicas >= wanted ? [`${old} to be replaced`] : []),
    ...(replicas > wanted ? [`${replicas - wanted} to be removed`] : []),
    ...(refused === undefined ? [] : [refused.reason]),
    ...pods.filter(({ ready }) => !ready).map(({ pod, detail }) => `${pod}: ${detail}`),
  ];
  return waiting(details.join("; "), troubles);
}

/** Pure: whether a Job has come to an end. */
export function judgeJob(
  job: Workload,
  pods: readonly PodHealth[],
  events: readonly ObjectEvent[],
): RolloutProgress {
  if (isTrue(condition(job, "Complete"))) return { state: "ready" };
  const failed = condition(job, "Failed");
  if (isTrue(failed)) {
    const reason = failed?.message ?? failed?.reason ?? "it failed";
    const last = pods.at(-1)?.pod;
    return { state: "failed", reason, ...(last !== undefined && { pod: last }) };
  }
  const troubles = new Map(pods.flatMap(podTrouble));
  const refused = refusedCreation(job, events);
  if (refused !== undefined) troubles.set(job.metadata.name, refused);
  const details = [
    `${job.status?.succeeded ?? 0} of ${job.spec?.completions ?? 1} completions`,
    ...(refused === undefined ? [] : [refused.reason]),
    ...pods.map(({ pod, detail }) => `${pod}: ${detail || "running"}`),
  ];
  return waiting(details.join("; "), troubles);
}

function podTrouble({ pod, trouble }: PodHealth): [string, Trouble][] {
  return trouble === undefined ? [] : [[pod, trouble]];
}

/** The pods' creation itself is refused: by quota, by pod security. */
function refusedCreation(workload: Workload, events: readonly ObjectEvent[]): Trouble | undefined {
  const replicaFailure = condition(workload, "ReplicaFailure");
  const message = isTrue(replicaFailure)
    ? replicaFailure?.message
    : events.findLast(({ reason }) => reason === "FailedCreate")?.message;
  if (message === undefined) return undefined;
  const [, patienceSeconds] = REFUSALS.find(([pattern]) => pattern.test(message)) ?? [];
  if (patienceSeconds === undefined) return undefined;
  return { reason: `its pods cannot be created: ${message}`, patienceSeconds };
}
