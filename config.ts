import { receiverSecretFaults, receiverSecrets } from "./model/observability/receiver-secrets.ts";
import * as pulumi from "@pulumi/pulumi";
import {
  type CompleteKubernetesCluster,
  exporterImageFaults,
  identityFaults,
  isComplete,
} from "./model/stack/cluster-identity.ts";
import { SettingsError } from "./model/values/faults.ts";
import {
  type DockerClusterConfig,
  SECRET_KEYS,
  type StackConfig,
  readStackConfig,
  stackSecretSchema,
} from "./model/stack/stack-config.ts";

/** The stack's configuration, parsed and complete; secrets stay Outputs. */
export interface Config extends Omit<StackConfig, "cluster"> {
  readonly cluster: DockerClusterConfig | KubernetesClusterConfig;
  readonly stackSecret: pulumi.Output<string>;
  /** What receivers of alerts are logged in to with, by name. */
  readonly receiverSecrets: pulumi.Output<Record<string, string>>;
}

/** A cluster on Kubernetes, with the private key of its certificate authority. */
export type KubernetesClusterConfig = CompleteKubernetesCluster & {
  readonly caKey: pulumi.Output<string>;
};

/**
 * Reads and checks the whole configuration of the stack. The only reader of Pulumi's configuration.
 *
 * @throws SettingsError with every fault: unknown keys, wrong values, missing secrets
 */
export function loadConfig(): Config {
  const config = new pulumi.Config();
  const prefix = `${config.name}:`;
  const given = Object.entries(pulumi.runtime.allConfig()).flatMap(([key, value]) =>
    key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
  );
  const secrets = new Set(Object.keys(SECRET_KEYS));
  const input = Object.fromEntries(
    given.filter(([key]) => !secrets.has(key)).map(([key, value]) => [key, fromText(value)]),
  );

  const read = readStackConfig(input, prefix);
  const faults = [
    ...read.faults,
    ...clusterFaults(input["cluster"], config).map((fault) => prefix + fault),
    ...exporterImageFaults(input, pulumi.getStack()).map((fault) => prefix + fault),
    ...stackSecretFaults(config).map((fault) => prefix + fault),
    ...receiverSecretFaults(
      read.config?.observability.receivers,
      config.get("receiverSecrets"),
    ).map((fault) => prefix + fault),
  ];
  const stackSecret = () => config.requireSecret("stackSecret");
  for (const warning of read.warnings) void pulumi.log.warn(warning);
  if (read.config && faults.length === 0) {
    const { cluster, ...rest } = read.config;
    const { receivers } = rest.observability;
    const secrets = {
      stackSecret: stackSecret(),
      receiverSecrets: (config.getSecret("receiverSecrets") ?? pulumi.secret("{}")).apply((text) =>
        receiverSecrets(receivers, text),
      ),
    };
    if (cluster.kind === "docker") return { ...rest, cluster, ...secrets };
    if (isComplete(cluster)) {
      const caKey = config.requireSecret("caKey");
      return { ...rest, cluster: { ...cluster, caKey }, ...secrets };
    }
  }
  throw new SettingsError(`The configuration of stack ${pulumi.getStack()} is not valid`, faults);
}

/**
 * Runs `load` so that what it refuses reaches the user as a message and not as a stack trace.
 */
export function reported<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    throw error instanceof SettingsError ? new pulumi.RunError(error.message) : error;
  }
}

/** Configuration arrives as text; objects, numbers and booleans are JSON in it. */
function fromText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Looks at the secret only to judge it: its value is never part of a message. */
function stackSecretFaults(config: pulumi.Config): string[] {
  const secret = config.get("stackSecret");
  if (secret === undefined) {
    const made = "`npm start` and `npm run init` make it";
    return [
      `stackSecret: missing; ${made}, with the Pulumi CLI \`pulumi config set --secret stackSecret …\``,
    ];
  }
  return stackSecretSchema.safeParse(secret).success
    ? []
    : ["stackSecret: given a value of another shape; wanted 32 or more letters and digits"];
}

/** What is wrong with a cluster on Kubernetes besides what its schema refuses. */
function clusterFaults(cluster: unknown, config: pulumi.Config): string[] {
  if ((cluster as { readonly kind?: unknown } | undefined)?.kind !== "kubernetes") return [];
  return identityFaults(cluster, {
    stack: pulumi.getStack(),
    caKey: config.get("caKey"),
    now: new Date(),
    preview: pulumi.runtime.isDryRun(),
    insideKubernetes: process.env["KUBERNETES_SERVICE_HOST"] !== undefined,
  });
}
