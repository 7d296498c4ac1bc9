import { describe, expect, test } from "vitest";
import type { Properties } from "../../../engine/drivers/driver.ts";
import { failureOf, recordingContext } from "../../support/pulumi/driver-run.ts";
import { KubernetesFixture } from "../../support/kubernetes/kubernetes-fixture.ts";

const cluster = new KubernetesFixture("kp-drv-objects");
const { namespace } = cluster;

/** Objects with all that the API server defaults, rewrites or leaves out. */
const OBJECTS: readonly (readonly [string, Properties])[] = [
  ["ServiceAccount", { automountServiceAccountToken: false }],
  ["ConfigMap", { data: { a: "1", empty: "" } }],
  ["Secret", { stringData: { password: "hunter22", other: "x" } }],
  [
    "Service",
    {
      spec: {
        clusterIP: "None",
        publishNotReadyAddresses: true,
        selector: { app: "a" },
        ports: [{ name: "kafka", port: 9092, targetPort: "kafka" }],
      },
    },
  ],
  ["PodDisruptionBudget", { spec: { maxUnavailable: 1, selector: { matchLabels: { app: "a" } } } }],
  [
    "NetworkPolicy",
    {
      spec: {
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
        ingress: [],
        egress: [{ ports: [{ port: 53, protocol: "UDP" }], to: [{ namespaceSelector: {} }] }],
      },
    },
  ],
];

describe("an object", () => {
  for (const [kind, inputs] of OBJECTS) {
    test(`of kind ${kind} lives without drift from create to delete`, async () => {
      const labels = { app: "a" };
      const metadata = cluster.metadata("life", { labels });
      const state = await cluster.create(kind, { metadata, ...inputs });
      expect(state.id).toBe(`${namespace}/life`);
      expect(await cluster.read(kind, state)).toEqual(state);
      expect(cluster.driver(kind).diff(state, state.inputs).changed).toEqual([]);

      const relabelled = { ...inputs, metadata: cluster.metadata("life", { labels: { b: "c" } }) };
      const changed = await cluster.update(kind, state, relabelled);
      expect(await cluster.read(kind, changed)).toEqual(changed);
      const live = await cluster.api.get({ kind: kind as "Secret", namespace, name: "life" });
      expect(live?.metadata.labels).toEqual({ b: "c" });

      await cluster.delete(kind, changed);
      expect(await cluster.read(kind, changed)).toBeUndefined();
    });
  }

  test("loses the keys that are no longer declared, a Secret's, too", async () => {
    const metadata = cluster.metadata("keys");
    const state = await cluster.create("Secret", { metadata, stringData: { a: "1", b: "2" } });
    await cluster.update("Secret", state, { metadata, stringData: { b: "3" } });
    const live = await cluster.api.get({ kind: "Secret", namespace, name: "keys" });
    expect(live?.["data"]).toEqual({ b: Buffer.from("3").toString("base64") });
  });

  test("changed by hand shows as drift, and who did it when it is put back", async () => {
    const metadata = cluster.metadata("drift");
    const state = await cluster.create("ConfigMap", { metadata, data: { a: "1" } });
    const object = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "drift", namespace },
      data: { a: "changed", added: "by hand" },
    };
    await cluster.api.apply(object, { fieldManager: "somebody", force: true });
    const found = await cluster.read("ConfigMap", state);
    expect(found?.inputs["data"]).toEqual({ a: "changed" });
    expect(cluster.driver("ConfigMap").diff(found ?? state, state.inputs).changed).toEqual([
      "data",
    ]);
    expect(await failureOf(cluster.update("ConfigMap", state, state.inputs))).toBe(
      `cannot apply ConfigMap ${namespace}/drift: these fields were set by somebody else: .data.a by "somebody". Undo that, or declare the same values, or take the fields over with the annotation pulumi.com/patchForce: "true"`,
    );
    const annotations = { "pulumi.com/patchForce": "true" };
    const forced = { ...state.inputs, metadata: cluster.metadata("drift", { annotations }) };
    await cluster.update("ConfigMap", state, forced);
    const live = await cluster.api.get({ kind: "ConfigMap", namespace, name: "drift" });
    expect(live?.["data"]).toEqual({ a: "1", added: "by hand" });
  });

  test("of somebody else is left alone, one of a killed run is taken over", async () => {
    const metadata = cluster.metadata("left");
    const state = await cluster.create("ConfigMap", { metadata, data: { a: "1" } });
    const again = cluster.create("ConfigMap", { metadata, data: { a: "2" } });
    expect(await failureOf(again)).toContain(`ConfigMap ${namespace}/left exists already`);
    const driver = cluster.driver("ConfigMap");
    const resume = (urn: string) =>
      driver.resumeCreate?.(cluster.api, state.inputs, { ...recordingContext(), urn });
    expect(await resume("urn:of:another")).toBeUndefined();
    expect(await resume(recordingContext().urn)).toEqual({
      id: state.id,
      outputs: state.outputs,
    });
  });

  test("that the API server does not take is refused with its words", async () => {
    const metadata = cluster.metadata("bad");
    const typo = cluster.create("Service", { metadata, spec: { selektor: { a: "b" } } });
    expect(await failureOf(typo)).toContain("selektor");
    const data = { password: "hunter22-not-base64" };
    const secret = await failureOf(cluster.create("Secret", { metadata, data }));
    expect(secret).toContain(`cannot apply Secret ${namespace}/bad`);
    expect(secret).not.toContain("hunter22");
    const nowhere = { name: "a", namespace: "kp-drv-nowhere" };
    expect(await failureOf(cluster.create("ConfigMap", { metadata: nowhere }))).toBe(
      'cannot apply ConfigMap kp-drv-nowhere/a: namespaces "kp-drv-nowhere" not found',
    );
  });
});
