import { expect, test } from "vitest";
import { uiDeployment } from "../../../../components/kubernetes/manifests/kafka-ui-deployment.ts";
import { uiService } from "../../../../components/kubernetes/manifests/services.ts";
import { SCOPE, UI_SELECTOR } from "./scope.ts";

const { spec } = uiDeployment({ ...SCOPE, image: "registry.example/ui:1", checksum: "c0" });
const pod = spec.template.spec;
const [container] = pod.containers;

test("the UI gives up every privilege, and has no token and no address of a Service", () => {
  expect(pod).toMatchObject({
    serviceAccountName: "shop-ui",
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  });
  expect(container?.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  });
  expect(pod.imagePullSecrets).toBeUndefined();
  expect(pod.containers).toHaveLength(1);
});

test("the UI's secrets are a file of a Secret that its group may read, and not in the environment", () => {
  expect(container?.env).toEqual([
    { name: "SPRING_CONFIG_ADDITIONAL-LOCATION", value: "/etc/kafka-platform/ui.yml" },
  ]);
  expect(container?.volumeMounts).toContainEqual({
    name: "config",
    mountPath: "/etc/kafka-platform",
    readOnly: true,
  });
  expect(pod.volumes).toContainEqual({
    name: "config",
    secret: { secretName: "shop-ui", defaultMode: 0o440 },
  });
});

test("another configuration restarts the UI, which is found by the labels of its Service", () => {
  expect(spec.template.metadata.annotations).toEqual({ "checksum/config": "c0" });
  expect(spec.selector.matchLabels).toEqual(UI_SELECTOR);
  expect(spec.template.metadata.labels).toMatchObject(UI_SELECTOR);
  const service = uiService(SCOPE, 80).spec;
  expect(service.selector).toEqual(UI_SELECTOR);
  const ports = container?.ports.map(({ name }) => name);
  expect(ports).toEqual(service.ports.map(({ targetPort }) => targetPort));
});
