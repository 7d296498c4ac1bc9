/** The parts of workloads and pods the waits look at, and only those. */
import type { KubernetesObject } from "../../../clients/kubernetes/objects.ts";

export interface Condition {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason?: string;
  readonly message?: string;
}

export interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly running?: object;
    readonly terminated?: { readonly exitCode: number; readonly reason?: string };
  };
  readonly lastState?: {
    readonly terminated?: {
      readonly exitCode: number;
      readonly reason?: string;
      readonly message?: string;
    };
  };
}

export type Pod = KubernetesObject & {
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly Condition[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
};

export type Workload = KubernetesObject & {
  readonly spec?: {
    readonly replicas?: number;
    readonly completions?: number;
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
    readonly succeeded?: number;
    readonly updateRevision?: string;
    readonly conditions?: readonly Condition[];
  };
};

export function condition(of: Pod | Workload, type: string): Condition | undefined {
  return of.status?.conditions?.find((each) => each.type === type);
}

export function isTrue(found: Condition | undefined): boolean {
  return found?.status === "True";
}

/** A label selector as the API takes it in a query. */
export function podSelector(workload: Workload): string {
  const labels = Object.entries(workload.spec?.selector?.matchLabels ?? {});
  return labels.map(([name, value]) => `${name}=${value}`).join(",");
}
