import type { types } from "@pulumi/kubernetes";
import { clusterNames, type ClusterScope } from "../../../../model/kubernetes/kubernetes-names.ts";
import { objectMetadata, selectorLabels } from "../../../kubernetes/manifests/object-metadata.ts";

/**
 * The name of the one pod, whatever address it has: nothing is to be balanced. The exporter's stays also while it is not
 * ready: that it does not see the cluster is what Prometheus then has to hear from it.
 */
export const monitoringService = (
  scope: ClusterScope,
  component: "prometheus" | "alertmanager" | "exporter",
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
      ...(component === "exporter" && { publishNotReadyAddresses: true }),
      selector: selectorLabels(scope, component),
      ports: [{ name: "http", port, targetPort: "http", protocol: "TCP" }],
    },
  }) satisfies types.input.core.v1.Service;
