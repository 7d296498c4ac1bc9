import type { types } from "@pulumi/kubernetes";
import { type ClusterScope, clusterNames } from "../../../model/kubernetes/kubernetes-names.ts";
import { objectMetadata, selectorLabels } from "./object-metadata.ts";

/** Nodes may be drained one broker at a time. */
export const disruptionBudget = (scope: ClusterScope) =>
  ({
    metadata: objectMetadata(scope, "broker", clusterNames(scope).brokers),
    spec: {
      maxUnavailable: 1,
      // Readiness sees the cluster: while one broker is sick, all count as unhealthy. With AlwaysAllow
      // every one of them could then be evicted at once; this way none is until the cluster is whole.
      unhealthyPodEvictionPolicy: "IfHealthyBudget",
      selector: { matchLabels: selectorLabels(scope, "broker") },
    },
  }) satisfies types.input.policy.v1.PodDisruptionBudget;
