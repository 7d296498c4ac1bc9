import type { types } from "@pulumi/kubernetes";
import { type ClusterScope, clusterNames } from "../../../model/kubernetes/kubernetes-names.ts";
import { byteQuantity } from "../../../model/values/quantity.ts";
import { objectMetadata } from "./object-metadata.ts";

export interface StorageArgs {
  readonly class: string;
  /** Bytes. */
  readonly size: number;
}

/** What a broker's claim asks for; in the claim itself and in the StatefulSet's template of it. */
export const claimSpec = (storage: StorageArgs) =>
  ({
    accessModes: ["ReadWriteOnce"],
    storageClassName: storage.class,
    resources: { requests: { storage: byteQuantity(storage.size) } },
  }) satisfies types.input.core.v1.PersistentVolumeClaimSpec;

/**
 * The claim of one broker's volume. It is made before the StatefulSet, which adopts it by its name,
 * so that it can be protected, kept, and made to grow.
 */
export const claimObject = (scope: ClusterScope, storage: StorageArgs, node: number) =>
  ({
    metadata: objectMetadata(scope, "broker", clusterNames(scope).claim(node)),
    spec: claimSpec(storage),
  }) satisfies types.input.core.v1.PersistentVolumeClaim;
