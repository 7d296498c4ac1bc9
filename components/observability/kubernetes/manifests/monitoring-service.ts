import type { types } from "@pulumi/kubernetes";
import { clusterNames, type ClusterScope } from "../../../../model/kubernetes/kubernetes-names.ts";
import { objectMetadata, selectorLabels } from "../../../kubernetes/manifests/object-metadata.ts";

/** The name of the one pod, whatever address it has: nothing is to be balanced. */
export const monitoringService = (
  scope: ClusterScope,
  component: "prometheus" | "alertmanager",
  port: number,
) =>
  ({
    metadata: {
      ...objectMetadata(scope, component, clusterNames(scope)[component]),
      // The pod comes after it, so nobody waits for its endpoints.
      annotations: { "pulumi.com/skipAwait": "true" },
    },
    spec: {
      clusterIP: "None",
      selector: selectorLabels(scope, component),
      ports: [{ name: "http", port, targetPort: "http", protocol: "TCP" }],
    },
  }) satisfies types.input.core.v1.Service;
