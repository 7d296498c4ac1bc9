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
} as const;

/** Security of each container in it. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  privileged: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

/** What a pod is not given: a token for the API server, and the environment of every Service. */
export const podIsolation = {
  automountServiceAccountToken: false,
  // Kubernetes would put the address of a Service called kafka into KAFKA_PORT.
  enableServiceLinks: false,
};

/** Files for the pod's user alone; the group that reads them is {@link podSecurity}'s. */
export const READABLE_BY_GROUP = 0o440;
