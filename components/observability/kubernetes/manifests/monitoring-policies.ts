import type { types } from "@pulumi/kubernetes";
import { METRICS_PORT } from "../../../../model/broker/listeners.ts";
import { clusterNames, type ClusterScope } from "../../../../model/kubernetes/kubernetes-names.ts";
import { ALERTMANAGER_PORT } from "../../../../model/observability/prometheus-config.ts";
import { DNS, podsOf, range, tcp } from "../../../kubernetes/manifests/network-policies.ts";
import { objectMetadata } from "../../../kubernetes/manifests/object-metadata.ts";

/** Whom Prometheus reaches: the brokers' metrics, and Alertmanager. People reach it by a port-forward. */
export const prometheusPolicy = (scope: ClusterScope) =>
  ({
    metadata: objectMetadata(scope, "prometheus", clusterNames(scope).prometheus),
    spec: {
      ...podsOf(scope, "prometheus"),
      policyTypes: ["Ingress", "Egress"],
      ingress: [],
      egress: [
        { to: [podsOf(scope, "broker")], ports: tcp(METRICS_PORT) },
        { to: [podsOf(scope, "alertmanager")], ports: tcp(ALERTMANAGER_PORT) },
        DNS,
      ],
    },
  }) satisfies types.input.networking.v1.NetworkPolicy;

/** Where alerts are sent. */
export interface ReceiverAddresses {
  readonly receiverRanges: readonly string[];
  readonly receiverPorts: readonly number[];
}

/** Who reaches Alertmanager: Prometheus; and whom it reaches: the receivers of alerts, where they are. */
export const alertmanagerPolicy = (
  scope: ClusterScope,
  { receiverRanges, receiverPorts }: ReceiverAddresses,
) =>
  ({
    metadata: objectMetadata(scope, "alertmanager", clusterNames(scope).alertmanager),
    spec: {
      ...podsOf(scope, "alertmanager"),
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [podsOf(scope, "prometheus")], ports: tcp(ALERTMANAGER_PORT) }],
      // An empty list of addresses would mean all.
      egress:
        receiverRanges.length === 0
          ? [DNS]
          : [{ to: receiverRanges.map(range), ports: tcp(...receiverPorts) }, DNS],
    },
  }) satisfies types.input.networking.v1.NetworkPolicy;
