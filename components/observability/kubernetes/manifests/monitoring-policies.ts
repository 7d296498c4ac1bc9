import type { types } from "@pulumi/kubernetes";
import { CLIENT_PORT, METRICS_PORT } from "../../../../model/broker/listeners.ts";
import { clusterNames, type ClusterScope } from "../../../../model/kubernetes/kubernetes-names.ts";
import { EXPORTER_PORT } from "../../../../model/observability/exporter-access.ts";
import { ALERTMANAGER_PORT } from "../../../../model/observability/prometheus-config.ts";
import { DNS, podsOf, range, tcp } from "../../../kubernetes/manifests/network-policies.ts";
import { objectMetadata } from "../../../kubernetes/manifests/object-metadata.ts";

/** What else watches the brokers. */
export interface Watchers {
  /** Whether there is an exporter. */
  readonly exporter: boolean;
}

/** Whom Prometheus reaches: the brokers' metrics, the exporter, and Alertmanager. People reach it by a port-forward. */
export const prometheusPolicy = (scope: ClusterScope, { exporter }: Watchers) =>
  ({
    metadata: objectMetadata(scope, "prometheus", clusterNames(scope).prometheus),
    spec: {
      ...podsOf(scope, "prometheus"),
      policyTypes: ["Ingress", "Egress"],
      ingress: [],
      egress: [
        { to: [podsOf(scope, "broker")], ports: tcp(METRICS_PORT) },
        ...(exporter ? [{ to: [podsOf(scope, "exporter")], ports: tcp(EXPORTER_PORT) }] : []),
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

/**
 * Who reaches Alertmanager: Prometheus, and the exporter, whose page shows what fires; and whom it reaches: the
 * receivers of alerts, where they are.
 */
export const alertmanagerPolicy = (
  scope: ClusterScope,
  { receiverRanges, receiverPorts, exporter }: ReceiverAddresses & Watchers,
) =>
  ({
    metadata: objectMetadata(scope, "alertmanager", clusterNames(scope).alertmanager),
    spec: {
      ...podsOf(scope, "alertmanager"),
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        {
          from: [podsOf(scope, "prometheus"), ...(exporter ? [podsOf(scope, "exporter")] : [])],
          ports: tcp(ALERTMANAGER_PORT),
        },
      ],
      // An empty list of addresses would mean all.
      egress:
        receiverRanges.length === 0
          ? [DNS]
          : [{ to: receiverRanges.map(range), ports: tcp(...receiverPorts) }, DNS],
    },
  }) satisfies types.input.networking.v1.NetworkPolicy;

/** Who reaches the exporter, and where alerts are. */
export interface ExporterReach {
  readonly scrapers: readonly types.input.networking.v1.NetworkPolicyPeer[];
  /** Address of Alertmanager. @default there is none */
  readonly alertmanager?: string | undefined;
}

/** Who reaches the exporter: who scrapes it; and whom it reaches: the brokers as a client, and Alertmanager. */
export const exporterPolicy = (scope: ClusterScope, { scrapers, alertmanager }: ExporterReach) =>
  ({
    metadata: objectMetadata(scope, "exporter", clusterNames(scope).exporter),
    spec: {
      ...podsOf(scope, "exporter"),
      policyTypes: ["Ingress", "Egress"],
      // An empty list of sources would mean everybody.
      ingress: scrapers.length === 0 ? [] : [{ from: [...scrapers], ports: tcp(EXPORTER_PORT) }],
      egress: [
        { to: [podsOf(scope, "broker")], ports: tcp(CLIENT_PORT) },
        ...(alertmanager === undefined
          ? []
          : [{ to: [podsOf(scope, "alertmanager")], ports: tcp(ALERTMANAGER_PORT) }]),
        DNS,
      ],
    },
  }) satisfies types.input.networking.v1.NetworkPolicy;
