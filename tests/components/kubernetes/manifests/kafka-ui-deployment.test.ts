import { expect, test } from "vitest";
import { uiDeployment } from "../../../../components/kubernetes/manifests/kafka-ui-deployment.ts";
import { SCOPE, UI_LABELS, UI_SELECTOR } from "./scope.ts";

test("the UI, hardened as the brokers are, its secrets in a file", () => {
  expect(uiDeployment({ ...SCOPE, image: "registry.example/ui:1", checksum: "c0" })).toEqual({
    metadata: { name: "shop-ui", namespace: "kafka", labels: UI_LABELS },
    spec: {
      replicas: 1,
      selector: { matchLabels: UI_SELECTOR },
      template: {
        metadata: { labels: UI_LABELS, annotations: { "checksum/config": "c0" } },
        spec: {
          serviceAccountName: "shop-ui",
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
          containers: [
            {
              name: "kafka-ui",
              image: "registry.example/ui:1",
              imagePullPolicy: "IfNotPresent",
              env: [
                {
                  name: "SPRING_CONFIG_ADDITIONAL-LOCATION",
                  value: "/etc/kafka-platform/ui.yml",
                },
              ],
              ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
              resources: {
                requests: { cpu: "100m", memory: "768Mi", "ephemeral-storage": "64Mi" },
                limits: { memory: "768Mi", "ephemeral-storage": "512Mi" },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                privileged: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
              },
              startupProbe: {
                httpGet: { path: "/actuator/health", port: "http" },
                periodSeconds: 5,
                timeoutSeconds: 5,
                failureThreshold: 36,
              },
              readinessProbe: {
                httpGet: { path: "/actuator/health", port: "http" },
                periodSeconds: 10,
                timeoutSeconds: 5,
                failureThreshold: 3,
              },
              livenessProbe: {
                tcpSocket: { port: "http" },
                periodSeconds: 10,
                timeoutSeconds: 5,
                failureThreshold: 6,
              },
              volumeMounts: [
                { name: "config", mountPath: "/etc/kafka-platform", readOnly: true },
                { name: "tmp", mountPath: "/tmp" },
              ],
            },
          ],
          volumes: [
            { name: "config", secret: { secretName: "shop-ui", defaultMode: 0o440 } },
            { name: "tmp", emptyDir: { sizeLimit: "256Mi" } },
          ],
        },
      },
    },
  });
});
