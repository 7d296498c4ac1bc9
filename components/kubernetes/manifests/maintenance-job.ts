import type { types } from "@pulumi/kubernetes";
import {
  type ClusterScope,
  clusterNames,
  serviceHost,
} from "../../../model/kubernetes/kubernetes-names.ts";
import { CLIENT_PORT } from "../../../model/broker/listeners.ts";
import { objectLabels, objectMetadata } from "./object-metadata.ts";
import {
  containerSecurity,
  podIsolation,
  podSecurity,
  pullSecrets,
  READABLE_BY_GROUP,
} from "./pod-security.ts";

/** Folder with the login of the admin, a Secret. */
export const ADMIN_MOUNT = "/etc/kafka-platform/admin";

export interface MaintenanceJobArgs extends ClusterScope {
  /** The brokers' own: it has the tools. */
  readonly image: string;
  readonly imagePullSecret?: string | undefined;
  /** What it is for, part of its name. */
  readonly purpose: string;
  /** Program of the image, and its arguments. */
  readonly command: readonly string[];
}

const MEMORY = "384Mi";
/** Tries, each after twice the time of the one before: a cluster that is being repaired may need them. */
const TRIES = 6;
const WITHIN_SECONDS = 600;
/** Exit code of the programs for what another try cannot change. */
const REFUSED = 2;

/** Something that no provider offers, done once to a running cluster; doing it again changes nothing. */
export const maintenanceJob = (args: MaintenanceJobArgs) => {
  const names = clusterNames(args);
  return {
    metadata: objectMetadata(args, "maintenance", names.job(args.purpose)),
    spec: {
      backoffLimit: TRIES,
      activeDeadlineSeconds: WITHIN_SECONDS,
      podFailurePolicy: {
        rules: [
          {
            action: "FailJob",
            onExitCodes: { containerName: args.purpose, operator: "In", values: [REFUSED] },
          },
        ],
      },
      template: {
        metadata: { labels: objectLabels(args, "maintenance") },
        spec: {
          serviceAccountName: names.brokers,
          ...podIsolation,
          securityContext: podSecurity,
          restartPolicy: "Never",
          imagePullSecrets: pullSecrets(args.imagePullSecret),
          containers: [container(args)],
          volumes: [
            {
              name: "admin",
              secret: { secretName: names.admin, defaultMode: READABLE_BY_GROUP },
            },
            { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
          ],
        },
      },
    },
  } satisfies types.input.batch.v1.Job;
};

const container = (args: MaintenanceJobArgs) =>
  ({
    name: args.purpose,
    image: args.image,
    imagePullPolicy: "IfNotPresent",
    command: [...args.command],
    env: [
      {
        name: "BOOTSTRAP_SERVER",
        value: `${serviceHost(clusterNames(args).bootstrap, args)}:${CLIENT_PORT}`,
      },
    ],
    resources: {
      requests: { cpu: "100m", memory: MEMORY, "ephemeral-storage": "64Mi" },
      limits: { memory: MEMORY, "ephemeral-storage": "128Mi" },
    },
    securityContext: containerSecurity,
    volumeMounts: [
      { name: "admin", mountPath: ADMIN_MOUNT, readOnly: true },
      { name: "tmp", mountPath: "/tmp" },
    ],
  }) satisfies types.input.core.v1.Container;
