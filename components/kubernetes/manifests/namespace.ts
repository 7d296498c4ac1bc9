import type { types } from "@pulumi/kubernetes";
import type { ClusterScope } from "../../../model/kubernetes/kubernetes-names.ts";
import { objectLabels } from "./object-metadata.ts";

/** A namespace that takes no pod but one that gives up every privilege it could have. */
export const namespaceObject = (scope: ClusterScope) =>
  ({
    metadata: {
      name: scope.namespace,
      labels: {
        ...objectLabels(scope, "broker"),
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/warn": "restricted",
      },
    },
  }) satisfies types.input.core.v1.Namespace;
