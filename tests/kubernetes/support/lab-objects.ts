/** What the test of the lab puts on it. */

export const NAMESPACE = "lab-test";
export const NODE_PORT = 30999;

const meta = (name: string) => ({ name, namespace: NAMESPACE });

export const namespace = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: NAMESPACE, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
};

export const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: meta("server"),
  spec: {
    type: "NodePort",
    selector: { app: "server-0" },
    ports: [{ port: 80, targetPort: 8080, nodePort: NODE_PORT }],
  },
};

export const claim = (name: string, size: string) => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: meta(name),
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: size } } },
});

/** A pod as hardened as a broker's; serves `up` over HTTP on port 8080, its claim at /data. */
export const restrictedPod = (name: string, image: string, claimName?: string) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { ...meta(name), labels: { app: name } },
  spec: {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 1,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: "server",
        image,
        imagePullPolicy: "IfNotPresent",
        command: ["/bin/sh", "-c", "echo up > /tmp/up; exec /bin/busybox httpd -f -p 8080 -h /tmp"],
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        volumeMounts: [
          { name: "tmp", mountPath: "/tmp" },
          ...(claimName === undefined ? [] : [{ name: "data", mountPath: "/data" }]),
        ],
      },
    ],
    volumes: [
      { name: "tmp", emptyDir: {} },
      ...(claimName === undefined ? [] : [{ name: "data", persistentVolumeClaim: { claimName } }]),
    ],
  },
});
