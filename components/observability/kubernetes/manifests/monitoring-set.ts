import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { clusterNames, type ClusterScope } from "../../../../model/kubernetes/kubernetes-names.ts";
import { HEALTH_PATH } from "../../../../model/observability/monitoring-programs.ts";
import { MONITORING_USER } from "../../../../model/observability/observability-images.ts";
import { claimSpec, type StorageArgs } from "../../../kubernetes/manifests/claims.ts";
import {
  objectLabels,
  objectMetadata,
  selectorLabels,
} from "../../../kubernetes/manifests/object-metadata.ts";
import {
  containerSecurity,
  podIsolation,
  podSecurity,
  pullSecrets,
} from "../../../kubernetes/manifests/pod-security.ts";

/** A program that watches, in a pod of its own that keeps what it knows on a volume. */
export interface MonitoringSetArgs extends ClusterScope {
  readonly component: "prometheus" | "alertmanager";
  readonly image: string;
  readonly imagePullSecret?: string | undefined;
  readonly args: readonly string[];
  readonly port: number;
  readonly memory: string;
  /** Where it keeps what it knows. */
  readonly dataPath: string;
  readonly storage: StorageArgs;
  /** Folder of its configuration, and the volume that is mounted there. */
  readonly configPath: string;
  readonly config: Pick<types.input.core.v1.Volume, "configMap" | "secret">;
  /** Hash of its configuration: another one restarts it. */
  readonly checksum: Input<string>;
}

const DATA = "data";
/** Prometheus writes down what it has in memory. */
const STOP_WITHIN_SECONDS = 120;

const probe = (path: string) =>
  ({ httpGet: { path, port: "http" } }) satisfies types.input.core.v1.Probe;

/**
 * One pod: a second Prometheus would have to be told from the first in every dashboard. While it is away nothing
 * is lost but figures of that time.
 */
export const monitoringSet = (args: MonitoringSetArgs) =>
  ({
    metadata: objectMetadata(args, args.component, clusterNames(args)[args.component]),
    spec: {
      replicas: 1,
      serviceName: clusterNames(args)[args.component],
      selector: { matchLabels: selectorLabels(args, args.component) },
      updateStrategy: { type: "RollingUpdate" },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      volumeClaimTemplates: [{ metadata: { name: DATA }, spec: claimSpec(args.storage) }],
      template: {
        metadata: {
          labels: objectLabels(args, args.component),
          annotations: { "checksum/config": args.checksum },
        },
        spec: {
          serviceAccountName: clusterNames(args)[args.component],
          ...podIsolation,
          securityContext: {
            ...podSecurity,
            runAsUser: MONITORING_USER,
            runAsGroup: MONITORING_USER,
            fsGroup: MONITORING_USER,
          },
          terminationGracePeriodSeconds: STOP_WITHIN_SECONDS,
          imagePullSecrets: pullSecrets(args.imagePullSecret),
          containers: [container(args)],
          volumes: [{ name: "config", ...args.config }],
        },
      },
    },
  }) satisfies types.input.apps.v1.StatefulSet;

const container = (args: MonitoringSetArgs) =>
  ({
    name: args.component,
    image: args.image,
    imagePullPolicy: "IfNotPresent",
    args: [...args.args],
    ports: [{ name: "http", containerPort: args.port, protocol: "TCP" }],
    resources: {
      requests: { cpu: "50m", memory: args.memory, "ephemeral-storage": "16Mi" },
      limits: { memory: args.memory, "ephemeral-storage": "64Mi" },
    },
    securityContext: containerSecurity,
    // Prometheus first reads what it had in memory when it was killed.
    startupProbe: {
      ...probe(HEALTH_PATH.ready),
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 60,
    },
    readinessProbe: {
      ...probe(HEALTH_PATH.ready),
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
    livenessProbe: {
      ...probe(HEALTH_PATH.alive),
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
    },
    volumeMounts: [
      { name: "config", mountPath: args.configPath, readOnly: true },
      { name: DATA, mountPath: args.dataPath },
    ],
  }) satisfies types.input.core.v1.Container;
