import { afterAll, expect, inject, test } from "vitest";
import { failureOf } from "../../support/pulumi/driver-run.ts";
import { KubernetesFixture } from "../../support/kubernetes/kubernetes-fixture.ts";
import { applyObjects, kubectl } from "../support/kubectl.ts";

/** What a Prometheus operator is told by: kinds that a cluster knows only once they are installed. */

const cluster = new KubernetesFixture("kp-drv-custom");
const under = inject("cluster");
const GROUP = "monitoring.coreos.com";
const KINDS = [
  ["PodMonitor", "v1", "podmonitors"],
  ["PrometheusRule", "v1", "prometheusrules"],
  ["AlertmanagerConfig", "v1alpha1", "alertmanagerconfigs"],
] as const;

/** The operator's kinds without its schemas: any `spec` is taken. */
const definition = ([kind, version, plural]: (typeof KINDS)[number]) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `${plural}.${GROUP}` },
  spec: {
    group: GROUP,
    names: { kind, plural, singular: kind.toLowerCase() },
    scope: "Namespaced",
    versions: [
      {
        ...{ name: version, served: true, storage: true },
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              spec: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
            },
          },
        },
      },
    ],
  },
});

const remove = () =>
  kubectl(under, [
    ...["delete", "crd", "--ignore-not-found", "--wait"],
    ...KINDS.map(([, , plural]) => `${plural}.${GROUP}`),
  ]);

afterAll(async () => {
  if (under.lab !== undefined) await remove();
});

test("of a kind that nobody has installed is refused with what to install", async ({ skip }) => {
  skip(under.lab === undefined, "KUBECONFIG names another cluster, whose kinds are not touched");
  const made = cluster.create("PodMonitor", { metadata: cluster.metadata("none"), spec: {} });
  expect(await failureOf(made)).toBe(
    "cannot apply PodMonitor kp-drv-custom/none: the cluster does not know this kind of object; what brings it " +
      "has to be installed first, such as the Prometheus operator for PodMonitor, PrometheusRule and AlertmanagerConfig",
  );
});

test("lives without drift from create to delete once its kind is there", async ({ skip }) => {
  skip(under.lab === undefined, "KUBECONFIG names another cluster, whose kinds are not touched");
  await applyObjects(under, KINDS.map(definition));
  await kubectl(under, [
    ...["wait", "--for=condition=Established", "--timeout=30s", "crd"],
    ...KINDS.map(([, , plural]) => `${plural}.${GROUP}`),
  ]);
  for (const [kind] of KINDS) {
    const inputs = { metadata: cluster.metadata("life"), spec: { list: [{ a: "1" }], b: "c" } };
    const state = await cluster.create(kind, inputs);
    expect(await cluster.read(kind, state)).toEqual(state);
    expect(cluster.driver(kind).diff(state, state.inputs).changed).toEqual([]);
    const changed = await cluster.update(kind, state, { ...inputs, spec: { list: [{ a: "2" }] } });
    expect(await cluster.read(kind, changed)).toEqual(changed);
    expect(changed.inputs["spec"]).toEqual({ list: [{ a: "2" }] });
    await cluster.delete(kind, changed);
    expect(await cluster.read(kind, changed)).toBeUndefined();
  }
});
