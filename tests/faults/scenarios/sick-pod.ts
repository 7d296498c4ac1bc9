import { podHost } from "../../../model/kubernetes/kubernetes-names.ts";
import { TestAuthority } from "../../support/certificates.ts";
import { sickPod } from "../sick-pod.ts";
import type { Scenario } from "../scenario.ts";

const DAY_MS = 86_400_000;

/** A roll comes to this pod last. */
export const sickPod0: Scenario = {
  name: "sick-pod-0",
  title: "the configuration of pod 0 broken by hand, then an `up` that restarts every broker",
  kind: "planned",
  async run(cluster) {
    await sickPod(cluster, 0, "configmap/kafka-config", {
      "node-0.properties": "node.id=broken\n",
    });
    return [];
  },
};

/** Kafka checks its own certificate at a start; the next `up` hands out a valid one. */
export const expiredCertificate: Scenario = {
  name: "expired-certificate",
  title: "broker 1 restarted with a certificate that has expired, then `up`",
  kind: "planned",
  async run(cluster) {
    const { stack } = cluster;
    const { caCertificate } = await stack.outputs();
    const authority = await TestAuthority.of(caCertificate, await stack.secret("caKey"));
    const name = podHost({ name: "kafka", namespace: stack.namespace }, 1);
    const keystore = await authority.keystore([name], {
      notBefore: new Date(Date.now() - 2 * DAY_MS),
      notAfter: new Date(Date.now() - DAY_MS),
    });
    await sickPod(cluster, 1, "secret/kafka-tls", {
      "broker-1.pem": Buffer.from(keystore + caCertificate).toString("base64"),
    });
    return [];
  },
};
