import { describe, expect, test } from "vitest";
import type { ResourceState } from "../../../../engine/drivers/driver.ts";
import { type Properties, UNKNOWN } from "../../../../engine/values/value.ts";
import { checkObject } from "../../../../engine/drivers/kubernetes/check.ts";
import { diffObject } from "../../../../engine/drivers/kubernetes/diff.ts";
import { RESOURCE_KINDS, type ResourceKind } from "../../../../engine/drivers/kubernetes/kinds.ts";
import { mirrorObject } from "../../../../engine/drivers/kubernetes/mirror.ts";
import { outputsOf, plannedOutputs } from "../../../../engine/drivers/kubernetes/outputs.ts";
import { redact } from "../../../../engine/drivers/kubernetes/redaction.ts";
import { quantity, sameQuantity } from "../../../../model/values/quantity.ts";
import type { KubernetesObject } from "../../../../clients/kubernetes/objects.ts";

function kind(name: string): ResourceKind {
  const found = RESOURCE_KINDS.find((each) => each.kind === name);
  if (found === undefined) throw new Error(`no kind ${name}`);
  return found;
}

const metadata = { name: "a", namespace: "ns" };

const without = (map: Properties, key: string): Properties =>
  Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));

test("drives the types of the program", () => {
  expect(RESOURCE_KINDS.map(({ type }) => type)).toEqual([
    "kubernetes:core/v1:Namespace",
    "kubernetes:core/v1:ServiceAccount",
    "kubernetes:core/v1:Secret",
    "kubernetes:core/v1:ConfigMap",
    "kubernetes:core/v1:Service",
    "kubernetes:core/v1:PersistentVolumeClaim",
    "kubernetes:apps/v1:StatefulSet",
    "kubernetes:apps/v1:Deployment",
    "kubernetes:batch/v1:Job",
    "kubernetes:policy/v1:PodDisruptionBudget",
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    "kubernetes:monitoring.coreos.com/v1:PodMonitor",
    "kubernetes:monitoring.coreos.com/v1:PrometheusRule",
    "kubernetes:monitoring.coreos.com/v1alpha1:AlertmanagerConfig",
  ]);
});

describe("check", () => {
  test("fills in what it is, its namespace, and drops what is null", () => {
    const inputs = { metadata: { name: "a", labels: { x: "1", y: null } }, spec: { n: [1, null] } };
    const plain = { kind: "Service", apiVersion: "v1", spec: { n: [1] } };
    const labels = { x: "1" };
    expect(checkObject(kind("Service"), inputs, {})).toEqual({
      inputs: { ...plain, metadata: { namespace: "default", name: "a", labels } },
      failures: [],
    });
    expect(checkObject(kind("Service"), inputs, { namespace: "kafka" }).inputs["metadata"]).toEqual(
      {
        namespace: "kafka",
        name: "a",
        labels,
      },
    );
    expect(checkObject(kind("Namespace"), { metadata: { name: "a" } }, {}).inputs).toEqual({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "a" },
    });
  });

  test("lets pass what is not known yet", () => {
    const inputs: Properties = {
      metadata: { name: UNKNOWN, annotations: UNKNOWN },
      data: { k: UNKNOWN },
    };
    expect(checkObject(kind("ConfigMap"), inputs, {}).failures).toEqual([]);
    const { inputs: checked } = checkObject(kind("ConfigMap"), { metadata: UNKNOWN }, {});
    expect(checked["metadata"]).toBe(UNKNOWN);
  });

  test("refuses, by name, what the engine cannot do, and shows no value of a Secret", () => {
    const { failures } = checkObject(
      kind("Secret"),
      {
        apiVersion: "v2",
        metadata: {
          generateName: "x-",
          uid: "1",
          labels: ["a"],
          annotations: {
            "pulumi.com/waitFor": "x",
            "pulumi.com/timeoutSeconds": "soon",
            "other.com/anything": "x",
          },
        },
        stringData: { password: 12345 },
        status: {},
      },
      {},
    );
    const supported =
      "pulumi.com/skipAwait, pulumi.com/timeoutSeconds, pulumi.com/patchForce, pulumi.com/deletionPropagationPolicy";
    expect(failures).toEqual([
      { property: "apiVersion", reason: 'must be "v1", not "v2"' },
      {
        property: "status",
        reason:
          "is not supported by the embedded engine for a Secret; supported are metadata, type, data, stringData, immutable",
      },
      {
        property: "metadata.generateName",
        reason: "is not supported by the embedded engine: names are never made up",
      },
      {
        property: "metadata.uid",
        reason: "is not supported by the embedded engine: the API server sets it",
      },
      {
        property: "metadata.name",
        reason: "is required: the embedded engine does not make names up",
      },
      { property: "metadata.labels", reason: "must be a map of texts" },
      {
        property: 'metadata.annotations["pulumi.com/waitFor"]',
        reason: `is not supported by the embedded engine; supported are ${supported}`,
      },
      {
        property: 'metadata.annotations["pulumi.com/timeoutSeconds"]',
        reason: 'must be a number of seconds, not "soon"',
      },
      { property: 'stringData["password"]', reason: "must be a text, not a number" },
    ]);
  });

  test("refuses a namespace where there is none", () => {
    const { failures } = checkObject(kind("Namespace"), { metadata }, {});
    expect(failures).toEqual([
      {
        property: "metadata.namespace",
        reason: "must be left out: objects of this kind are in no namespace",
      },
    ]);
  });
});

describe("diff", () => {
  const mutable = { enableSecretMutable: true, enableConfigMapMutable: true };
  const diff = (
    name: string,
    before: Properties,
    after: Properties,
    provider: Properties = mutable,
  ) =>
    diffObject(
      kind(name),
      { id: "ns/a", inputs: { metadata, ...before }, outputs: {} },
      { metadata, ...after },
      provider,
    );

  test.each([
    ["StatefulSet", "selector", { matchLabels: { a: "b" } }],
    ["StatefulSet", "serviceName", "x"],
    ["StatefulSet", "podManagementPolicy", "Parallel"],
    ["StatefulSet", "revisionHistoryLimit", 3],
    ["StatefulSet", "volumeClaimTemplates", [{}]],
    ["Deployment", "selector", { matchLabels: { a: "b" } }],
    ["Service", "clusterIP", "None"],
    ["PersistentVolumeClaim", "storageClassName", "fast"],
    ["PersistentVolumeClaim", "accessModes", ["ReadWriteOnce"]],
    ["PersistentVolumeClaim", "volumeName", "v"],
    ["Job", "template", {}],
    ["Job", "completions", 2],
  ])("a %s is replaced when spec.%s changes", (name, field, value) => {
    expect(diff(name, { spec: {} }, { spec: { [field]: value } })).toEqual({
      changed: ["spec"],
      replace: [`spec.${field}`],
      deleteBeforeReplace: true,
    });
  });

  test.each([
    ["StatefulSet", { replicas: 3 }, { replicas: 4, template: {} }],
    ["PersistentVolumeClaim", { resources: { requests: { storage: "1Gi" } } }, { resources: {} }],
    ["Job", { backoffLimit: 1 }, { backoffLimit: 2 }],
    ["PodDisruptionBudget", { maxUnavailable: 1 }, { minAvailable: 1 }],
    ["NetworkPolicy", { podSelector: {} }, { podSelector: { matchLabels: {} } }],
  ])("a %s is updated for anything else", (name, before, after) => {
    expect(diff(name, { spec: before }, { spec: after })).toEqual({
      changed: ["spec"],
      replace: [],
    });
  });

  test("another name or namespace is another object, made before the old one goes", () => {
    const old = { id: "ns/a", inputs: { metadata }, outputs: {} };
    const moved = { metadata: { ...metadata, namespace: "other" } };
    expect(diffObject(kind("Service"), old, moved, {})).toEqual({
      changed: ["metadata"],
      replace: ["metadata.namespace"],
      deleteBeforeReplace: false,
    });
  });

  test("Secrets and ConfigMaps change in place only where the provider may, and they can", () => {
    const [before, after] = [{ data: { a: "1" } }, { data: { a: "2" } }];
    for (const name of ["Secret", "ConfigMap"]) {
      expect(diff(name, before, after).replace).toEqual([]);
      expect(diff(name, before, after, {}).replace).toEqual(["data"]);
      expect(diff(name, before, { ...after, immutable: true }).replace).toEqual(["data"]);
    }
    expect(diff("Secret", { type: "Opaque" }, { type: "x" }).replace).toEqual(["type"]);
  });

  test("what is unknown may have changed", () => {
    expect(diff("StatefulSet", { spec: {} }, { spec: UNKNOWN }).replace).toHaveLength(5);
    expect(diff("ConfigMap", { data: { a: "1" } }, { data: { a: UNKNOWN } }).changed).toEqual([
      "data",
    ]);
  });

  test("another context is refused: the old cluster would keep everything", () => {
    const old = { id: "ns/a", inputs: { metadata }, outputs: { __context: "lab" } };
    expect(diffObject(kind("Service"), old, { metadata }, { context: "lab" }).changed).toEqual([]);
    expect(() => diffObject(kind("Service"), old, { metadata }, { context: "prod" })).toThrow(
      'ns/a was made in context "lab", and the provider\'s context is now "prod": destroy the stack in the first, or use another stack for the second; if only its name changed, name it "lab" again',
    );
  });
});

describe("a refresh", () => {
  const live = (more: object): KubernetesObject => {
    return { apiVersion: "v1", kind: "X", metadata: { ...metadata, uid: "u" }, ...more };
  };

  test("shows what differs of what was declared, and nothing of what others added", () => {
    const declared = {
      metadata: { ...metadata, labels: { app: "a" } },
      spec: {
        replicas: 3,
        hostNetwork: false,
        args: [],
        emptyDir: {},
        gone: "value",
        list: [1, 2],
        containers: [{ name: "kafka", image: "x", resources: { limits: { cpu: "1000m" } } }],
        resources: { requests: { storage: "1024Mi", memory: 1000 } },
        volume: { sizeLimit: "1024Ki" },
      },
    };
    const found = live({
      metadata: { ...metadata, uid: "u", labels: { app: "changed", injected: "y" } },
      spec: {
        replicas: 4,
        emptyDir: {},
        list: [1, 2, 3],
        defaulted: true,
        containers: [
          { name: "sidecar", image: "s" },
          {
            name: "kafka",
            image: "x",
            imagePullPolicy: "Always",
            resources: { limits: { cpu: "1" } },
          },
        ],
        resources: { requests: { storage: "1Gi", memory: "1k" } },
        volume: { sizeLimit: "1Mi" },
      },
      status: { phase: "x" },
    });
    expect(mirrorObject(declared, found)).toEqual({
      metadata: { ...metadata, labels: { app: "changed" } },
      spec: { ...without(declared.spec, "gone"), replicas: 4, list: [1, 2, 3] },
    });
  });

  test("reads back what was declared as stringData", () => {
    const declared = { metadata, stringData: { a: "ü" } };
    const data = { a: Buffer.from("ü").toString("base64"), b: "Yg==" };
    expect(mirrorObject(declared, live({ data }))).toEqual(declared);
  });

  test("keeps of the outputs what does not change by itself", () => {
    const origin = { fieldManager: "me", context: "lab" };
    const declared = { apiVersion: "v1", kind: "X", metadata, spec: { a: 1 } };
    const found = live({ spec: { a: 1, defaulted: 2 }, status: { phase: "Bound" } });
    const own = { __fieldManager: "me", __context: "lab", metadata: { ...metadata, uid: "u" } };
    expect(outputsOf(declared, found, origin)).toEqual({ ...declared, ...own });

    const service = live({ kind: "Service", spec: { clusterIP: "10.0.0.1" }, status: {} });
    const inputs = { apiVersion: "v1", kind: "Service", metadata, spec: { ports: [] } };
    expect(outputsOf(inputs, service, origin)).toEqual({
      ...inputs,
      ...own,
      spec: { clusterIP: "10.0.0.1" },
      status: {},
    });
  });
});

test("a preview knows what was declared, and what an object was given before", () => {
  const inputs = { kind: "Service", metadata, spec: { ports: [] } };
  expect(plannedOutputs(inputs, undefined)).toEqual({
    ...inputs,
    metadata: { ...metadata, uid: UNKNOWN },
    spec: { clusterIP: UNKNOWN, ports: [] },
    status: UNKNOWN,
  });
  const outputs = { metadata: { uid: "u" }, spec: { clusterIP: "10.0.0.1" }, status: {} };
  const old: ResourceState = { id: "ns/a", inputs, outputs };
  expect(plannedOutputs(inputs, old)).toEqual({
    ...inputs,
    metadata: { ...metadata, uid: "u" },
    spec: { clusterIP: "10.0.0.1", ports: [] },
    status: {},
  });
});

test("quantities are numbers in many spellings", () => {
  expect(["1", "500m", "1Ki", "1.5Gi", "1e3", "2k", "250m"].map(quantity)).toEqual([
    1,
    0.5,
    1024,
    1.5 * 1024 ** 3,
    1000,
    2000,
    0.25,
  ]);
  expect(["", "Gi", "1Zi", "one", true].map(quantity)).toEqual(Array(5).fill(undefined));
  expect(sameQuantity("0.1", "100m")).toBe(true);
  expect(sameQuantity("1Gi", "1G")).toBe(false);
});

test("what a Secret holds is taken out of a message, as text and encoded", () => {
  const secret = { stringData: { a: "hunter22", b: "x" }, data: { c: "c2VjcmV0IQ==" } };
  expect(redact("hunter22 aHVudGVyMjI= c2VjcmV0IQ== secret! x", secret)).toBe(
    "[redacted] [redacted] [redacted] [redacted] x",
  );
});
