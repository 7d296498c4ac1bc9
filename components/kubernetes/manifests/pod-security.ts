import type { types } from "@pulumi/kubernetes";
/** The image's user; the group owns the files of volumes. */
const ID = 1000;

/** Security of a pod that the `restricted` pod security standard takes. */
export const podSecurity = {
  runAsNonRoot: true,
  runAsUser: ID,
  runAsGroup: ID,
  fsGroup: ID,
  // Changing the owner of every file of a large volume would take minutes at each start.
  fsGroupChangePolicy: "OnRootMismatch",
  seccompProfile: { type: "RuntimeDefault" },
} as const satisfies types.input.core.v1.PodSecurityContext;

/** Security of each container in it. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  privileged: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
} satisfies types.input.core.v1.SecurityContext;

/** What a pod is not given: a token for the API server, and the environment of every Service. */
export const podIsolation = {
  automountServiceAccountToken: false,
  // Kubernetes would put the address of a Service called kafka into KAFKA_PORT.
  enableServiceLinks: false,
} satisfies Partial<types.input.core.v1.PodSpec>;

/** The secret that a pod's images are pulled with, where the registry wants one. */
export const pullSecrets = (name: string | undefined) =>
  name === undefined
    ? undefined
    : ([{ name }] satisfies types.input.core.v1.LocalObjectReference[]);

/** Files for the pod's user alone; the group that reads them is {@link podSecurity}'s. */
export const READABLE_BY_GROUP = 0o440;
