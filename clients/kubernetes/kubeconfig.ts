/** Finds the kubeconfig and the context in it. Never takes whatever context is current. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import { KubernetesError } from "./errors.ts";

export interface ClusterTarget {
  /** A file's path, or the content of one. Default: KUBECONFIG, else `~/.kube/config`. */
  readonly kubeconfig?: string | undefined;
  /** Name of a context in the kubeconfig. */
  readonly context: string;
}

/** Throws {@link KubernetesError} that names the contexts there are. */
export async function loadKubeconfig(target: ClusterTarget): Promise<KubeConfig> {
  // The library takes over a second to load.
  const { KubeConfig: Config } = await import("@kubernetes/client-node");
  const config = new Config();
  const given = target.kubeconfig;
  const from = given !== undefined && isContent(given) ? "the kubeconfig given" : undefined;
  const files = from === undefined ? filesOf(given) : [];
  const load = (into: KubeConfig, file: string | undefined): void => {
    try {
      if (file === undefined) into.loadFromString(given ?? "");
      else into.loadFromFile(file);
    } catch (error) {
      const { message } = error as Error;
      throw new KubernetesError(`${file ?? "the kubeconfig given"} cannot be read: ${message}`);
    }
  };
  load(config, files[0]);
  for (const file of files.slice(1)) {
    const more = new Config();
    load(more, file);
    config.mergeConfig(more, true);
  }
  selectContext(config, target.context, from ?? files.join(path.delimiter));
  return config;
}

function isContent(kubeconfig: string): boolean {
  return kubeconfig.includes("\n") || kubeconfig.trimStart().startsWith("{");
}

/** The files there are of those named; missing ones are left out, as kubectl does. */
function filesOf(given: string | undefined): string[] {
  const fromEnvironment = process.env["KUBECONFIG"] ?? "";
  const standard = path.join(homedir(), ".kube", "config");
  const list = given ?? (fromEnvironment === "" ? standard : fromEnvironment);
  const files = list.split(path.delimiter).filter((file) => file !== "");
  const present = files.filter((file) => existsSync(file));
  if (present.length > 0) return present;
  const source = given !== undefined ? "given" : fromEnvironment === "" ? "default" : "KUBECONFIG";
  throw new KubernetesError(
    `there is no kubeconfig: ${files.join(", ")} (${source}) does not exist; point KUBECONFIG at one, or configure its path`,
  );
}

function selectContext(config: KubeConfig, context: string, source: string): void {
  const names = config.getContexts().map(({ name }) => name);
  if (!names.includes(context)) {
    const list = names.length === 0 ? "none" : names.map((name) => `"${name}"`).join(", ");
    throw new KubernetesError(`${source} has no context "${context}"; there are: ${list}`);
  }
  config.setCurrentContext(context);
  for (const [what, found] of [
    ["cluster", config.getCurrentCluster()],
    ["user", config.getCurrentUser()],
  ] as const) {
    if (found) continue;
    throw new KubernetesError(
      `context "${context}" of ${source} names a ${what} it does not define`,
    );
  }
}
