import type { types } from "@pulumi/kubernetes";
import type { ClusterScope } from "../../../model/kubernetes/kubernetes-names.ts";
import { type Component, objectMetadata } from "./object-metadata.ts";

/** An account without a token: nothing of the platform asks the API server for anything. */
export const serviceAccountObject = (scope: ClusterScope, component: Component, name: string) =>
  ({
    metadata: objectMetadata(scope, component, name),
    automountServiceAccountToken: false,
  }) satisfies types.input.core.v1.ServiceAccount;
