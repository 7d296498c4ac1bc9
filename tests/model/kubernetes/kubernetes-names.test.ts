import { expect, test } from "vitest";
import { brokerCertificateNames } from "../../../model/kubernetes/certificate-names.ts";
import {
  advertisedAddress,
  type ExternalAccess,
} from "../../../model/kubernetes/kubernetes-access.ts";
import { clusterNames, podHost } from "../../../model/kubernetes/kubernetes-names.ts";
import { byteQuantity } from "../../../model/values/quantity.ts";

const SCOPE = { name: "shop", namespace: "data" };

const LOAD_BALANCER: Extract<ExternalAccess, { type: "loadBalancer" }> = {
  type: "loadBalancer",
  addresses: ["kafka-0.example.com", "203.0.113.1"],
  bootstrapAddress: "kafka.example.com",
  port: 9094,
  annotations: {},
  sourceRanges: [],
};

const INSIDE = [
  "shop-1.shop-headless",
  "shop-1.shop-headless.data",
  "shop-1.shop-headless.data.svc",
  "shop-1.shop-headless.data.svc.cluster.local",
  "shop-bootstrap",
  "shop-bootstrap.data",
  "shop-bootstrap.data.svc",
  "shop-bootstrap.data.svc.cluster.local",
];

test("a pod's name is the same whatever its address", () => {
  expect(podHost(SCOPE, 1)).toBe("shop-1.shop-headless.data.svc.cluster.local");
});

test.each([
  ["billing", "shop-account-billing"],
  ["a.b-c", "shop-account-a.b-c"],
  ["a_b", "shop-account-a-b-4d4ab05c"],
])("the Secret of account %s is %s", (account, name) => {
  expect(
    clusterNames(SCOPE)
      .account(account)
      .replace(/[0-9a-f]{8}$/, "4d4ab05c"),
  ).toBe(name);
});

test("accounts that differ only by a sign that Kubernetes does not take have Secrets of their own", () => {
  const names = ["a_b", "a-b", "a_b_c", "a-b_c"].map((one) => clusterNames(SCOPE).account(one));
  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(name).toMatch(/^[a-z0-9.-]+$/);
});

test("a certificate without access from outside carries the names inside", () => {
  expect(brokerCertificateNames(SCOPE, { type: "none" }, 1)).toEqual({
    dnsNames: INSIDE,
    ipAddresses: [],
  });
});

test("behind load balancers a certificate carries the broker's own address and the bootstrap's, and nobody else's", () => {
  expect(brokerCertificateNames(SCOPE, LOAD_BALANCER, 1)).toEqual({
    dnsNames: [...INSIDE, "kafka.example.com"],
    ipAddresses: ["203.0.113.1"],
  });
});

test("on ports of nodes a certificate carries every node's address, because the bootstrap port of any leads to any broker", () => {
  const access: ExternalAccess = {
    type: "nodePort",
    addresses: ["n0", "10.0.0.2", "n0"],
    port: 30_000,
  };
  expect(brokerCertificateNames(SCOPE, access, 1)).toEqual({
    dnsNames: [...INSIDE, "n0"],
    ipAddresses: ["10.0.0.2"],
  });
});

test("each kind of access says where clients outside reach a broker", () => {
  const nodePort: ExternalAccess = {
    type: "nodePort",
    addresses: ["n0", "2001:db8::1"],
    port: 30_000,
  };
  expect(advertisedAddress({ type: "none" }, 0)).toBeUndefined();
  expect(advertisedAddress(nodePort, 0)).toBe("n0:30001");
  expect(advertisedAddress(nodePort, 1)).toBe("[2001:db8::1]:30002");
  expect(advertisedAddress(LOAD_BALANCER, 0)).toBe("kafka-0.example.com:9094");
});

test.each([
  [4 * 2 ** 30, "4Gi"],
  [1536 * 2 ** 20, "1536Mi"],
  [2 ** 41, "2Ti"],
  [2 ** 20 + 1024, "1025Ki"],
  [1000, "1000"],
])("%d bytes are %s", (bytes, quantity) => {
  expect(byteQuantity(bytes)).toBe(quantity);
});
