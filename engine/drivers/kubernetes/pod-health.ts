/** Pure: what is the matter with a pod, and whether waiting can help. */
import type { ObjectEvent } from "../../../clients/kubernetes/events.ts";
import { condition, type ContainerStatus, isTrue, type Pod } from "./workload.ts";

/** Something that will not heal by itself once it has lasted this long. */
export interface Trouble {
  readonly reason: string;
  readonly patienceSeconds: number;
  /** The pod it befell, unless it is the workload itself. */
  readonly pod?: string;
  /** The container whose last words explain it. */
  readonly container?: string;
}

export interface PodHealth {
  readonly pod: string;
  readonly uid: string;
  readonly ready: boolean;
  /** Why it is not ready, in the cluster's words. */
  readonly detail: string;
  readonly trouble?: Trouble;
}

/** A container that crashed this often in a row is not going to get well. */
const MOST_RESTARTS = 3;

/**
 * Reasons a container cannot start, and for how long they may be passing: what it refers to is being
 * made at the same time, a registry hiccups.
 */
const CANNOT_START: Readonly<Record<string, number>> = {
  InvalidImageName: 0,
  ErrImageNeverPull: 0,
  ErrImagePull: 15,
  ImagePullBackOff: 15,
  CreateContainerConfigError: 15,
  CreateContainerError: 30,
  RunContainerError: 30,
};

/** A node may be added, a volume be made, another pod leave: a minute without any is final. */
const UNSCHEDULABLE_SECONDS = 60;
/** The cluster autoscaler has promised a node. */
const NODE_IS_COMING = "TriggeredScaleUp";

export function podHealth(pod: Pod, events: readonly ObjectEvent[]): PodHealth {
  const identity = { pod: pod.metadata.name, uid: pod.metadata.uid ?? "" };
  if (isReady(pod)) return { ...identity, ready: true, detail: "" };
  const containers = [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ];
  const trouble = unschedulable(pod, events) ?? firstTrouble(containers);
  const detail = trouble?.reason ?? explain(pod, containers, events);
  const befell = trouble && { trouble: { ...trouble, pod: identity.pod } };
  return { ...identity, ready: false, detail, ...befell };
}

function isReady(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && isTrue(condition(pod, "Ready"));
}

function unschedulable(pod: Pod, events: readonly ObjectEvent[]): Trouble | undefined {
  const scheduled = condition(pod, "PodScheduled");
  if (scheduled?.status !== "False" || scheduled.reason !== "Unschedulable") return undefined;
  if (events.some(({ reason }) => reason === NODE_IS_COMING)) return undefined;
  const reason = `no node can take it: ${scheduled.message ?? scheduled.reason}`;
  return { reason, patienceSeconds: UNSCHEDULABLE_SECONDS };
}

function firstTrouble(containers: readonly ContainerStatus[]): Trouble | undefined {
  for (const container of containers) {
    const trouble = containerTrouble(container);
    if (trouble !== undefined) return trouble;
  }
  return undefined;
}

function containerTrouble(container: ContainerStatus): Trouble | undefined {
  const { name, state, lastState, restartCount } = container;
  const { reason = "", message } = state?.waiting ?? {};
  if (reason === "CrashLoopBackOff" && restartCount >= MOST_RESTARTS) {
    const crash = `container ${name} crashed ${restartCount} times${lastExit(lastState)}`;
    const words = lastState?.terminated?.message;
    return { reason: sentence(crash, words), patienceSeconds: 0, container: name };
  }
  const patienceSeconds = CANNOT_START[reason];
  if (patienceSeconds === undefined) return undefined;
  return { reason: sentence(`container ${name}: ${reason}`, message), patienceSeconds };
}

function lastExit(last: ContainerStatus["lastState"]): string {
  if (last?.terminated === undefined) return "";
  const { exitCode, reason } = last.terminated;
  return `, last exit code ${exitCode}${reason === undefined ? "" : ` (${reason})`}`;
}

function explain(
  pod: Pod,
  containers: readonly ContainerStatus[],
  events: readonly ObjectEvent[],
): string {
  if (pod.metadata.deletionTimestamp !== undefined) return "stopping";
  const waiting = containers.find(({ state }) => state?.waiting !== undefined)?.state?.waiting;
  if (waiting !== undefined) return sentence(waiting.reason ?? "starting", waiting.message);
  const probe = events.findLast(({ reason }) => reason === "Unhealthy")?.message;
  if (probe !== undefined && pod.status?.phase === "Running") return probeFailure(probe);
  if (pod.status?.phase === "Running") return "running, not ready yet";
  // What keeps a volume from being attached, for example, is told by an event only.
  const failed = events.findLast(({ reason }) => reason.startsWith("Failed"));
  return failed === undefined
    ? (pod.status?.phase ?? "Pending").toLowerCase()
    : sentence(failed.reason, failed.message);
}

/** `Readiness probe failed: x` becomes `readiness: x`. */
function probeFailure(message: string): string {
  const match = /^(Readiness|Startup|Liveness) probe (?:failed|errored)[^:]*: ?([\s\S]*)$/.exec(
    message,
  );
  const [, probe = "probe", output = message] = match ?? [];
  return sentence(probe.toLowerCase(), output.trim());
}

function sentence(subject: string, detail: string | undefined): string {
  if (detail === undefined || detail === "") return subject;
  return `${subject}: ${detail.replaceAll(/\s*\n\s*/g, " ").slice(0, 400)}`;
}
