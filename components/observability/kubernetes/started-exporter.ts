import type * as pulumi from "@pulumi/pulumi";
import type { ClusterScope } from "../../../model/kubernetes/kubernetes-names.ts";
import type { ObservabilitySettings } from "../../../model/observability/observability-settings.ts";
import type { ObservabilityContent } from "../observability-access.ts";
import { KubernetesExporter, type KubernetesExporterArgs } from "./kubernetes-exporter.ts";

/** What every way of watching brokers on Kubernetes is told. */
export interface KubernetesObservabilityArgs extends ObservabilityContent, ClusterScope {
  readonly imagePullSecret?: string | undefined;
  readonly settings: ObservabilitySettings;
  /** How the exporter reaches the brokers, from inside Kubernetes. */
  readonly bootstrapServers: readonly string[];
  /** Certificates that it trusts, in PEM. */
  readonly caCertificate: string;
  /** What passwords are derived from. */
  readonly stackSecret: pulumi.Input<string>;
}

/** Whether there is an exporter: it has an account, and an image. */
export const hasExporter = ({ exporter, settings }: KubernetesObservabilityArgs): boolean =>
  exporter !== undefined && settings.exporter.image !== undefined;

/** Starts the exporter, where there is one. */
export function startedExporter(
  args: KubernetesObservabilityArgs,
  beside: Pick<KubernetesExporterArgs, "alertmanager" | "scrapers">,
  opts: pulumi.ComponentResourceOptions,
): KubernetesExporter | undefined {
  const { name, namespace, imagePullSecret, bootstrapServers, caCertificate, stackSecret } = args;
  const { image } = args.settings.exporter;
  if (args.exporter === undefined || image === undefined) return undefined;
  const shared = { name, namespace, imagePullSecret, bootstrapServers, caCertificate, stackSecret };
  return new KubernetesExporter(
    "exporter",
    { ...shared, ...args.exporter, ...beside, image },
    opts,
  );
}
