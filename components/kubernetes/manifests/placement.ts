import type { types } from "@pulumi/kubernetes";
import type { ClusterScope } from "../../../model/kubernetes/kubernetes-names.ts";
import { selectorLabels } from "./object-metadata.ts";

/**
 * Where brokers may run: each on a host of its own, always (`required`) or where it can be
 * (`preferred`); and in different zones where there are any.
 */
export function placement(scope: ClusterScope, spread: "required" | "preferred") {
  const labelSelector = { matchLabels: selectorLabels(scope, "broker") };
  const podAffinityTerm = {
    labelSelector,
    topologyKey: "kubernetes.io/hostname",
  } satisfies types.input.core.v1.PodAffinityTerm;
  return {
    affinity: {
      podAntiAffinity:
        spread === "required"
          ? { requiredDuringSchedulingIgnoredDuringExecution: [podAffinityTerm] }
          : {
              preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }],
            },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector,
      },
    ],
  } satisfies Partial<types.input.core.v1.PodSpec>;
}
