import { expect, test } from "vitest";
import { claimObject } from "../../../../components/kubernetes/manifests/claims.ts";
import { clusterFormedConfigMap } from "../../../../components/kubernetes/manifests/config-maps.ts";
import { disruptionBudget } from "../../../../components/kubernetes/manifests/disruption-budget.ts";
import { namespaceObject } from "../../../../components/kubernetes/manifests/namespace.ts";
import { placement } from "../../../../components/kubernetes/manifests/placement.ts";
import { serviceAccountObject } from "../../../../components/kubernetes/manifests/service-account.ts";
import { LABELS, SCOPE, SELECTOR, UI_LABELS } from "./scope.ts";

test("the namespace takes restricted pods only", () => {
  expect(namespaceObject(SCOPE)).toEqual({
    metadata: {
      name: "kafka",
      labels: {
        ...LABELS,
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/warn": "restricted",
      },
    },
  });
});

test("the account of the pods has no token", () => {
  expect(serviceAccountObject(SCOPE, "ui", "shop-ui")).toEqual({
    metadata: { name: "shop-ui", namespace: "kafka", labels: UI_LABELS },
    automountServiceAccountToken: false,
  });
});

test("a claim is called as the StatefulSet will look for it", () => {
  expect(claimObject(SCOPE, { class: "fast", size: 100 * 2 ** 30 }, 2)).toEqual({
    metadata: { name: "data-shop-2", namespace: "kafka", labels: LABELS },
    spec: {
      accessModes: ["ReadWriteOnce"],
      storageClassName: "fast",
      resources: { requests: { storage: "100Gi" } },
    },
  });
});

test("one broker at a time may be evicted, and none while the cluster is not whole", () => {
  expect(disruptionBudget(SCOPE)).toEqual({
    metadata: { name: "shop", namespace: "kafka", labels: LABELS },
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "IfHealthyBudget",
      selector: { matchLabels: SELECTOR },
    },
  });
});

test("the marker that the cluster has formed carries its id", () => {
  expect(clusterFormedConfigMap(SCOPE, "4L6g3nShT-eMCtK--X86sw")).toEqual({
    metadata: { name: "shop-formed", namespace: "kafka", labels: LABELS },
    data: { formed: "4L6g3nShT-eMCtK--X86sw" },
  });
});

const HOST = {
  labelSelector: { matchLabels: SELECTOR },
  topologyKey: "kubernetes.io/hostname",
};
const ZONES = [
  {
    maxSkew: 1,
    topologyKey: "topology.kubernetes.io/zone",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: SELECTOR },
  },
];

test("spread required never puts two brokers on one host", () => {
  expect(placement(SCOPE, { spread: "required" })).toEqual({
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [HOST] } },
    topologySpreadConstraints: ZONES,
  });
});

test("brokers run where the stack wants them", () => {
  const placed = placement(SCOPE, {
    spread: "required",
    nodeSelector: { "node-pool": "kafka" },
    tolerations: [{ key: "dedicated", operator: "Equal", value: "kafka", effect: "NoSchedule" }],
    nodeAffinity: {
      required: [{ key: "disk", operator: "In", values: ["nvme", "ssd"] }],
      preferred: [{ weight: 10, key: "spot", operator: "DoesNotExist" }],
    },
    topologySpread: "required",
    topologyKey: "example.com/rack",
  });
  expect(placed).toMatchObject({
    nodeSelector: { "node-pool": "kafka" },
    tolerations: [{ key: "dedicated", operator: "Equal", value: "kafka", effect: "NoSchedule" }],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: "disk", operator: "In", values: ["nvme", "ssd"] }] },
          ],
        },
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 10,
            preference: { matchExpressions: [{ key: "spot", operator: "DoesNotExist" }] },
          },
        ],
      },
    },
    topologySpreadConstraints: [
      { topologyKey: "example.com/rack", whenUnsatisfiable: "DoNotSchedule" },
    ],
  });
});

test("spread preferred lets two brokers share a host where there is no other", () => {
  expect(placement(SCOPE, { spread: "preferred", nodeSelector: {}, tolerations: [] })).toEqual({
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: HOST }],
      },
    },
    topologySpreadConstraints: ZONES,
  });
});
