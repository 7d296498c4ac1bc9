import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { type ClusterScope, clusterNames } from "../../../model/kubernetes/kubernetes-names.ts";
import { UI_CONFIG_FILE } from "../../../model/broker/ui-config.ts";
import { UI_HTTP_PORT } from "./network-policies.ts";
import { objectLabels, objectMetadata, selectorLabels } from "./object-metadata.ts";
import {
  containerSecurity,
  podIsolation,
  podSecurity,
  pullSecrets,
  READABLE_BY_GROUP,
} from "./pod-security.ts";

export interface UiDeploymentArgs extends ClusterScope {
  readonly image: string;
  readonly imagePullSecret?: string | undefined;
  /** Hash of its configuration: another one restarts it. */
  readonly checksum: Input<string>;
}

/** Folder of the UI's configuration, a Secret. */
export const UI_CONFIG_MOUNT = "/etc/kafka-platform";

const MEMORY = "768Mi";

const HEALTH = {
  httpGet: { path: "/actuator/health", port: "http" },
} satisfies types.input.core.v1.Probe;

/** Kafka UI. It holds nothing of its own: one pod, replaced as a whole. */
export const uiDeployment = (args: UiDeploymentArgs) =>
  ({
    metadata: objectMetadata(args, "ui", clusterNames(args).ui),
    spec: {
      replicas: 1,
      selector: { matchLabels: selectorLabels(args, "ui") },
      template: {
        metadata: {
          labels: objectLabels(args, "ui"),
          annotations: { "checksum/config": args.checksum },
        },
        spec: {
          serviceAccountName: clusterNames(args).ui,
          ...podIsolation,
          securityContext: podSecurity,
          imagePullSecrets: pullSecrets(args.imagePullSecret),
          containers: [uiContainer(args.image)],
          volumes: [
            {
              name: "config",
              secret: { secretName: clusterNames(args).ui, defaultMode: READABLE_BY_GROUP },
            },
            { name: "tmp", emptyDir: { sizeLimit: "256Mi" } },
          ],
        },
      },
    },
  }) satisfies types.input.apps.v1.Deployment;

const uiContainer = (image: string) =>
  ({
    name: "kafka-ui",
    image,
    imagePullPolicy: "IfNotPresent",
    env: [
      {
        name: "SPRING_CONFIG_ADDITIONAL-LOCATION",
        value: `${UI_CONFIG_MOUNT}/${UI_CONFIG_FILE}`,
      },
    ],
    ports: [{ name: "http", containerPort: UI_HTTP_PORT, protocol: "TCP" }],
    resources: {
      requests: { cpu: "100m", memory: MEMORY, "ephemeral-storage": "64Mi" },
      limits: { memory: MEMORY, "ephemeral-storage": "512Mi" },
    },
    securityContext: containerSecurity,
    startupProbe: { ...HEALTH, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 36 },
    readinessProbe: { ...HEALTH, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    livenessProbe: {
      tcpSocket: { port: "http" },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
    },
    volumeMounts: [
      { name: "config", mountPath: UI_CONFIG_MOUNT, readOnly: true },
      { name: "tmp", mountPath: "/tmp" },
    ],
  }) satisfies types.input.core.v1.Container;
