import path from "node:path/posix";
import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { clusterNames, type ClusterScope } from "../../../../model/kubernetes/kubernetes-names.ts";
import {
  EXPORTER_FILES,
  EXPORTER_HEALTH,
  EXPORTER_PORT,
} from "../../../../model/observability/exporter-access.ts";
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
  READABLE_BY_GROUP,
} from "../../../kubernetes/manifests/pod-security.ts";

export interface ExporterDeploymentArgs extends ClusterScope {
  readonly image: string;
  readonly imagePullSecret?: string | undefined;
  /** Hash of its configuration and of its secrets, which it reads once: others restart it. */
  readonly checksum: Input<string>;
}

/** Node, and what it remembers of 10,000 partitions read by 500 groups. */
const MEMORY = "256Mi";
/** It gives a look that is under way two seconds, and has nothing to write down. */
const STOP_WITHIN_SECONDS = 15;

const probe = (path: string) =>
  ({ httpGet: { path, port: "http" } }) satisfies types.input.core.v1.Probe;

/** One pod, replaced as a whole: two canaries would measure each other, two sets of series count everything twice. */
export const exporterDeployment = (args: ExporterDeploymentArgs) =>
  ({
    metadata: objectMetadata(args, "exporter", clusterNames(args).exporter),
    spec: {
      replicas: 1,
      strategy: { type: "Recreate" },
      selector: { matchLabels: selectorLabels(args, "exporter") },
      template: {
        metadata: {
          labels: objectLabels(args, "exporter"),
          annotations: { "checksum/config": args.checksum },
        },
        spec: {
          serviceAccountName: clusterNames(args).exporter,
          ...podIsolation,
          securityContext: podSecurity,
          terminationGracePeriodSeconds: STOP_WITHIN_SECONDS,
          imagePullSecrets: pullSecrets(args.imagePullSecret),
          containers: [container(args.image)],
          volumes: [filesOf(args)],
        },
      },
    },
  }) satisfies types.input.apps.v1.Deployment;

/** The configuration and the secrets, in the one folder where every exporter has them. */
function filesOf(scope: ClusterScope) {
  const { exporter: name } = clusterNames(scope);
  const secrets = [EXPORTER_FILES.password, EXPORTER_FILES.pagePassword, EXPORTER_FILES.ca];
  return {
    name: "config",
    projected: {
      defaultMode: READABLE_BY_GROUP,
      sources: [
        { configMap: { name } },
        {
          secret: {
            name,
            items: secrets.map((file) => ({
              key: path.basename(file),
              path: path.relative(EXPORTER_FILES.folder, file),
            })),
          },
        },
      ],
    },
  } satisfies types.input.core.v1.Volume;
}

/**
 * Alive is whose process answers: that a broker is away is what it is there to say, and no reason to restart it.
 * Ready is who has seen the cluster a moment ago.
 */
const container = (image: string) =>
  ({
    name: "exporter",
    image,
    imagePullPolicy: "IfNotPresent",
    args: [EXPORTER_FILES.config],
    ports: [{ name: "http", containerPort: EXPORTER_PORT, protocol: "TCP" }],
    resources: {
      requests: { cpu: "50m", memory: MEMORY, "ephemeral-storage": "16Mi" },
      limits: { memory: MEMORY, "ephemeral-storage": "64Mi" },
    },
    securityContext: containerSecurity,
    startupProbe: {
      ...probe(EXPORTER_HEALTH.alive),
      periodSeconds: 2,
      timeoutSeconds: 5,
      failureThreshold: 60,
    },
    readinessProbe: {
      ...probe(EXPORTER_HEALTH.ready),
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
    livenessProbe: {
      ...probe(EXPORTER_HEALTH.alive),
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
    },
    volumeMounts: [{ name: "config", mountPath: EXPORTER_FILES.folder, readOnly: true }],
  }) satisfies types.input.core.v1.Container;
