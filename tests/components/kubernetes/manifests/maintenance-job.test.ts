import { expect, test } from "vitest";
import { maintenanceJob } from "../../../../components/kubernetes/manifests/maintenance-job.ts";
import { SCOPE } from "./scope.ts";

const LABELS = {
  "app.kubernetes.io/name": "kafka",
  "app.kubernetes.io/instance": "shop",
  "app.kubernetes.io/component": "maintenance",
  "app.kubernetes.io/managed-by": "pulumi",
  "app.kubernetes.io/part-of": "kafka-platform",
};

test("a maintenance job runs the brokers' image under the restricted standard, with the admin's login as a file", () => {
  const job = maintenanceJob({
    ...SCOPE,
    image: "registry.example/broker@sha256:ab",
    imagePullSecret: "registry",
    purpose: "unregister-3",
    command: ["/opt/kafka-platform/unregister-broker.sh", "3"],
  });
  expect(job).toEqual({
    metadata: { name: "shop-unregister-3", namespace: "kafka", labels: LABELS },
    spec: {
      backoffLimit: 6,
      activeDeadlineSeconds: 600,
      podFailurePolicy: {
        rules: [
          {
            action: "FailJob",
            onExitCodes: { containerName: "unregister-3", operator: "In", values: [2] },
          },
        ],
      },
      template: {
        metadata: { labels: LABELS },
        spec: {
          serviceAccountName: "shop",
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            runAsGroup: 1000,
            fsGroup: 1000,
            fsGroupChangePolicy: "OnRootMismatch",
            seccompProfile: { type: "RuntimeDefault" },
          },
          restartPolicy: "Never",
          imagePullSecrets: [{ name: "registry" }],
          containers: [
            {
              name: "unregister-3",
              image: "registry.example/broker@sha256:ab",
              imagePullPolicy: "IfNotPresent",
              command: ["/opt/kafka-platform/unregister-broker.sh", "3"],
              env: [
                {
                  name: "BOOTSTRAP_SERVER",
                  value: "shop-bootstrap.kafka.svc.cluster.local:9092",
                },
              ],
              resources: {
                requests: { cpu: "100m", memory: "384Mi", "ephemeral-storage": "64Mi" },
                limits: { memory: "384Mi", "ephemeral-storage": "128Mi" },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                privileged: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
              },
              volumeMounts: [
                { name: "admin", mountPath: "/etc/kafka-platform/admin", readOnly: true },
                { name: "tmp", mountPath: "/tmp" },
              ],
            },
          ],
          volumes: [
            { name: "admin", secret: { secretName: "shop-admin", defaultMode: 0o440 } },
            { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
          ],
        },
      },
    },
  });
});
