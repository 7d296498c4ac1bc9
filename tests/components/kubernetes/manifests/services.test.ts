import { expect, test } from "vitest";
import {
  bootstrapService,
  externalBootstrapService,
  externalBrokerService,
  headlessService,
  uiService,
} from "../../../../components/kubernetes/manifests/services.ts";
import type { ExternalAccess } from "../../../../model/kubernetes/kubernetes-access.ts";
import { LABELS, SCOPE, SELECTOR, UI_LABELS, UI_SELECTOR } from "./scope.ts";

type Access<Type> = Extract<ExternalAccess, { type: Type }>;

const NODE_PORT: Access<"nodePort"> = {
  type: "nodePort",
  addresses: ["h0", "h1", "h2"],
  port: 30_092,
};
const LOAD_BALANCER: Access<"loadBalancer"> = {
  type: "loadBalancer",
  addresses: ["h0", "h1", "h2"],
  port: 9094,
  annotations: {},
  sourceRanges: [],
};

const metadata = (name: string) => ({
  name,
  namespace: "kafka",
  labels: LABELS,
  annotations: { "pulumi.com/skipAwait": "true" },
});

const servicePort = (name: string, port: number) => ({
  name,
  port,
  targetPort: name,
  protocol: "TCP",
});

test("the headless Service names every pod, ready or not", () => {
  expect(headlessService(SCOPE, NODE_PORT)).toEqual({
    metadata: metadata("shop-headless"),
    spec: {
      publishNotReadyAddresses: true,
      clusterIP: "None",
      selector: SELECTOR,
      ports: [
        servicePort("controller", 9093),
        servicePort("broker", 9091),
        servicePort("client", 9092),
        servicePort("external", 9094),
        servicePort("metrics", 9404),
      ],
    },
  });
});

test("the bootstrap Service leads clients inside Kubernetes to any broker", () => {
  expect(bootstrapService(SCOPE)).toEqual({
    metadata: metadata("shop-bootstrap"),
    spec: {
      publishNotReadyAddresses: true,
      type: "ClusterIP",
      selector: SELECTOR,
      ports: [servicePort("client", 9092)],
    },
  });
});

test("nodePort opens a port on every node for each broker, and one for any of them", () => {
  expect(externalBrokerService(SCOPE, NODE_PORT, 2)).toEqual({
    metadata: metadata("shop-external-2"),
    spec: {
      publishNotReadyAddresses: true,
      type: "NodePort",
      externalTrafficPolicy: "Cluster",
      selector: { ...SELECTOR, "statefulset.kubernetes.io/pod-name": "shop-2" },
      ports: [{ ...servicePort("external", 9094), nodePort: 30_095 }],
    },
  });
  expect(externalBootstrapService(SCOPE, NODE_PORT)).toEqual({
    metadata: metadata("shop-external"),
    spec: {
      publishNotReadyAddresses: true,
      type: "NodePort",
      externalTrafficPolicy: "Cluster",
      selector: SELECTOR,
      ports: [{ ...servicePort("external", 9094), nodePort: 30_092 }],
    },
  });
});

test("loadBalancer makes one for each broker, which keeps the client's address", () => {
  expect(externalBrokerService(SCOPE, LOAD_BALANCER, 0)).toEqual({
    metadata: metadata("shop-external-0"),
    spec: {
      publishNotReadyAddresses: true,
      type: "LoadBalancer",
      externalTrafficPolicy: "Local",
      selector: { ...SELECTOR, "statefulset.kubernetes.io/pod-name": "shop-0" },
      ports: [servicePort("external", 9094)],
    },
  });
});

test("a load balancer before all brokers exists only where it has an address", () => {
  expect(externalBootstrapService(SCOPE, LOAD_BALANCER)).toBeUndefined();
  const access = { ...LOAD_BALANCER, bootstrapAddress: "kafka.example.com" };
  expect(externalBootstrapService(SCOPE, access)).toMatchObject({
    metadata: { name: "shop-external" },
    spec: { type: "LoadBalancer", selector: SELECTOR },
  });
});

test("annotations, class and source ranges reach each load balancer", () => {
  const access = {
    ...LOAD_BALANCER,
    port: 443,
    class: "example.com/internal",
    annotations: { "example.com/internal": "true" },
    sourceRanges: ["10.0.0.0/8"],
  };
  const service = externalBrokerService(SCOPE, access, 1);
  expect(service.metadata).toMatchObject({
    annotations: { "example.com/internal": "true", "pulumi.com/skipAwait": "true" },
  });
  expect(service.spec).toMatchObject({
    loadBalancerClass: "example.com/internal",
    loadBalancerSourceRanges: ["10.0.0.0/8"],
    ports: [{ ...servicePort("external", 9094), port: 443 }],
  });
});

test("the UI's Service leads to its port http, and is reached inside Kubernetes only", () => {
  expect(uiService(SCOPE, 8081)).toEqual({
    metadata: { ...metadata("shop-ui"), labels: UI_LABELS },
    spec: {
      type: "ClusterIP",
      selector: UI_SELECTOR,
      ports: [{ name: "http", port: 8081, targetPort: "http", protocol: "TCP" }],
    },
  });
});
