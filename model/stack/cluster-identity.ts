import { bundleFaults } from "../credentials/certificate-authority.ts";
import { lacksExporterImage } from "../observability/observability-faults.ts";
import type { KubernetesClusterSettings } from "../kubernetes/kubernetes-settings.ts";
import { caKeyFaults } from "./withheld-key.ts";

/** What commands write into a stack file, and which one does. */
const MADE_BY = {
  clusterId: "init",
  directoryIds: "init",
  caCertificate: "init",
  image: "image",
} as const;

type Made = keyof typeof MADE_BY;

/** Settings of a cluster with everything that commands write. */
export type CompleteKubernetesCluster = KubernetesClusterSettings & {
  readonly [Key in Made]: NonNullable<KubernetesClusterSettings[Key]>;
};

/** The command that makes what a stack needs once. */
const initCommand = (stack: string): string => `\`npm run init -- --stack ${stack}\``;

const imageCommand = (stack: string) => `\`npm run image -- --stack ${stack} --push REPOSITORY\``;

/** What only a run of the program can judge, besides the settings themselves. */
export interface Circumstances {
  readonly stack: string;
  /** Private key of the certificate authority, in PEM. */
  readonly caKey: string | undefined;
  readonly now: Date;
  /** Whether nothing will be signed: see {@link caKeyFaults}. */
  readonly preview: boolean;
  /** Whether the program runs in a pod. */
  readonly insideKubernetes: boolean;
}

/**
 * What keeps a cluster from being made, besides what its schema refuses: what commands have not yet
 * written, a certificate authority that cannot sign, addresses that cannot be reached. Never shows
 * the key.
 *
 * @param given the settings as they stand in the stack file, which may be wrong in other ways too
 */
export function identityFaults(given: unknown, circumstances: Circumstances): string[] {
  const cluster = given as Readonly<Record<string, unknown>>;
  const { stack, caKey, now } = circumstances;
  const bundle =
    typeof cluster["caCertificate"] === "string" ? cluster["caCertificate"] : undefined;
  const commands = { init: initCommand(stack), image: imageCommand(stack) };
  const missing = Object.entries(MADE_BY).filter(([key]) => cluster[key] === undefined);
  return [
    ...missing.map(([key, by]) => `cluster.${key}: missing; ${commands[by]} writes it`),
    ...(bundle === undefined ? [] : bundleFaults(bundle, now)).map(
      (fault) => `cluster.caCertificate: ${fault}`,
    ),
    ...(caKey === undefined ? [`caKey: missing; ${commands.init} writes it`] : []),
    ...(caKey === undefined ? [] : caKeyFaults(caKey, bundle, circumstances)).map(
      (fault) => `caKey: ${fault}`,
    ),
    ...accessFaults(cluster["access"], circumstances),
  ];
}

/** That the image of the exporter is not known yet, where a stack is to have one. */
export const exporterImageFaults = (
  given: Parameters<typeof lacksExporterImage>[0],
  stack: string,
): string[] =>
  lacksExporterImage(given)
    ? [
        `observability.exporter.image: missing; ${imageCommand(stack)} writes it, ` +
          "and `observability.exporter.enabled: false` does without",
      ]
    : [];

function accessFaults(given: unknown, { insideKubernetes }: Circumstances): string[] {
  const { type } = (given ?? {}) as { readonly type?: unknown };
  if (type !== "none" || insideKubernetes) return [];
  return [
    'cluster.access: given type "none"; wanted nodePort or loadBalancer, because the program ' +
      "declares topics over the network and does not run inside Kubernetes " +
      "(KUBERNETES_SERVICE_HOST is not set)",
  ];
}

/** Whether a cluster has everything that commands write. */
export const isComplete = (
  cluster: KubernetesClusterSettings,
): cluster is CompleteKubernetesCluster =>
  Object.keys(MADE_BY).every((key) => cluster[key as Made] !== undefined);
