import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import type { ExternalAccess } from "../../../model/kubernetes/kubernetes-access.ts";
import {
  CLAIM_TEMPLATE,
  type ClusterScope,
  clusterNames,
  nodesOf,
  podHost,
} from "../../../model/kubernetes/kubernetes-names.ts";
import { CONTROLLER_PORT } from "../../../model/broker/listeners.ts";
import { heapOptions } from "../../../model/broker/memory.ts";
import { byteQuantity } from "../../../model/values/quantity.ts";
import { brokerPorts } from "./broker-ports.ts";
import { brokerMounts, brokerVolumes } from "./broker-volumes.ts";
import { claimSpec, type StorageArgs } from "./claims.ts";
import { objectLabels, objectMetadata, selectorLabels } from "./object-metadata.ts";
import { placement, type PlacementArgs } from "./placement.ts";
import { containerSecurity, podIsolation, podSecurity, pullSecrets } from "./pod-security.ts";
import { brokerProbes, START_WITHIN_MINUTES } from "./probes.ts";

export interface StatefulSetArgs extends ClusterScope, PlacementArgs {
  readonly brokers: number;
  readonly clusterId: string;
  readonly directoryIds: readonly string[];
  readonly metadataVersion: string;
  /** By digest. */
  readonly image: string;
  readonly imagePullSecret?: string | undefined;
  readonly cpu: string;
  /** Bytes. */
  readonly memory: number;
  readonly jvmOptions?: readonly string[] | undefined;
  readonly storage: StorageArgs;
  /** Between the restarts of two brokers. */
  readonly minReadySeconds: number;
  readonly access: ExternalAccess;
  readonly priorityClass?: string | undefined;
  /** Names of the secret files. */
  readonly secretFiles: readonly string[];
  /** Hashes of what the pods read at their start, by name: another hash restarts them. */
  readonly checksums: Readonly<Record<string, Input<string>>>;
}

/** Closing the logs of many partitions takes tens of seconds; what is cut off is recovered later. */
const STOP_WITHIN_SECONDS = 180;

/** The brokers. */
export const statefulSet = (args: StatefulSetArgs) =>
  ({
    metadata: {
      ...objectMetadata(args, "broker", clusterNames(args).brokers),
      annotations: { "pulumi.com/timeoutSeconds": String(rollSeconds(args)) },
    },
    spec: {
      replicas: args.brokers,
      serviceName: clusterNames(args).headless,
      // The first broker can only become ready when others have formed a quorum with it.
      podManagementPolicy: "Parallel",
      selector: { matchLabels: selectorLabels(args, "broker") },
      updateStrategy: { type: "RollingUpdate" },
      // Fixed for ever: another number replaces the StatefulSet.
      revisionHistoryLimit: 10,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      // Only a name for claims that exist; the resource ignores changes, which would replace it.
      volumeClaimTemplates: [{ metadata: { name: CLAIM_TEMPLATE }, spec: claimSpec(args.storage) }],
      template: podTemplate(args),
    },
  }) satisfies types.input.apps.v1.StatefulSet;

/** Time for a restart of all brokers, one after the other, each with its logs to recover. */
const rollSeconds = ({ brokers, minReadySeconds }: StatefulSetArgs) =>
  brokers * (START_WITHIN_MINUTES * 60 + STOP_WITHIN_SECONDS + minReadySeconds);

function podTemplate(args: StatefulSetArgs) {
  const { brokers: serviceAccountName } = clusterNames(args);
  const checksums = Object.entries(args.checksums).map(([of, hash]) => [`checksum/${of}`, hash]);
  return {
    metadata: {
      labels: objectLabels(args, "broker"),
      annotations: Object.fromEntries(checksums) as Record<string, Input<string>>,
    },
    spec: {
      serviceAccountName,
      ...podIsolation,
      securityContext: podSecurity,
      terminationGracePeriodSeconds: STOP_WITHIN_SECONDS,
      ...placement(args, args),
      priorityClassName: args.priorityClass,
      imagePullSecrets: pullSecrets(args.imagePullSecret),
      containers: [brokerContainer(args)],
      volumes: brokerVolumes(args, args.brokers, args.secretFiles),
    },
  } satisfies types.input.core.v1.PodTemplateSpec;
}

function brokerContainer(args: StatefulSetArgs) {
  const memory = byteQuantity(args.memory);
  return {
    name: "broker",
    image: args.image,
    imagePullPolicy: "IfNotPresent",
    env: Object.entries(environment(args)).map(([name, value]) => ({ name, value })),
    ports: brokerPorts(args.access),
    resources: {
      requests: { cpu: args.cpu, memory, "ephemeral-storage": "256Mi" },
      // No limit of CPU: a throttled broker misses its heartbeats.
      limits: { memory, "ephemeral-storage": "1Gi" },
    },
    securityContext: containerSecurity,
    ...brokerProbes(args.minReadySeconds),
    volumeMounts: brokerMounts,
  } satisfies types.input.core.v1.Container;
}

function environment(args: StatefulSetArgs): Record<string, string> {
  const host = (node: number) => podHost(args, node);
  const controllers = args.directoryIds.map(
    (id, node) => `${node}@${host(node)}:${CONTROLLER_PORT}:${id}`,
  );
  return {
    QUORUM_MODE: "dynamic",
    INITIAL_CONTROLLERS: controllers.join(","),
    CLUSTER_ID: args.clusterId,
    METADATA_VERSION: args.metadataVersion,
    KAFKA_HEAP_OPTS: heapOptions(args.memory),
    // An empty list is no change, and restarts nobody.
    ...(args.jvmOptions?.length ? { KAFKA_OPTS: args.jvmOptions.join(" ") } : {}),
    PEERS: nodesOf(args.brokers).map(host).join(","),
  };
}
