import type { types } from "@pulumi/kubernetes";
import type { ClusterScope } from "../../../model/kubernetes/kubernetes-names.ts";
import {
  type NodeAffinity,
  type Placement,
  ZONE,
} from "../../../model/kubernetes/kubernetes-placement.ts";
import { selectorLabels } from "./object-metadata.ts";

export interface PlacementArgs extends Partial<Placement> {
  /** Whether two brokers never share a host, or only where there is no other. */
  readonly spread: "required" | "preferred";
}

/**
 * Where brokers may run: each on a host of its own and in zones that have as many as each other, always
 * (`required`) or where it can be (`preferred`); and on nodes that the stack wants them on.
 */
export function placement(scope: ClusterScope, args: PlacementArgs) {
  const labelSelector = { matchLabels: selectorLabels(scope, "broker") };
  const podAffinityTerm = {
    labelSelector,
    topologyKey: "kubernetes.io/hostname",
  } satisfies types.input.core.v1.PodAffinityTerm;
  const { nodeSelector, nodeAffinity, tolerations } = args;
  const { topologyKey = ZONE, topologySpread = "preferred" } = args;
  return {
    // An empty map or list is what is not there, and restarts nobody.
    ...(isSaid(nodeSelector) && { nodeSelector }),
    ...(isSaid(tolerations) && { tolerations: [...(tolerations ?? [])] }),
    affinity: {
      ...(nodeAffinity && nodeTerms(nodeAffinity)),
      podAntiAffinity:
        args.spread === "required"
          ? { requiredDuringSchedulingIgnoredDuringExecution: [podAffinityTerm] }
          : {
              preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }],
            },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: topologySpread === "required" ? "DoNotSchedule" : "ScheduleAnyway",
        labelSelector,
      },
    ],
  } satisfies Partial<types.input.core.v1.PodSpec>;
}

const isSaid = (given: object | undefined): boolean =>
  given !== undefined && Object.keys(given).length > 0;

function nodeTerms({ required = [], preferred = [] }: NodeAffinity) {
  const nodeAffinity = {
    ...(required.length > 0 && {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: required }],
      },
    }),
    ...(preferred.length > 0 && {
      preferredDuringSchedulingIgnoredDuringExecution: preferred.map(
        ({ weight, ...condition }) => ({
          weight,
          preference: { matchExpressions: [condition] },
        }),
      ),
    }),
  } satisfies types.input.core.v1.NodeAffinity;
  return Object.keys(nodeAffinity).length > 0 ? { nodeAffinity } : {};
}
