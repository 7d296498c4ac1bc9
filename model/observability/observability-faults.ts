/** The settings that are judged together. Each may be missing or wrong by itself. */
interface Given {
  readonly cluster?: unknown;
  readonly observability?: unknown;
}

interface Fault {
  readonly path: readonly PropertyKey[];
  /** What is wanted, as in the message of a schema. */
  readonly message: string;
}

/** Who watches is asked in other words on each kind of cluster; the other's word would have no effect. */
export function observabilityFaults(given: Given): Fault[] {
  const { kind } = (given.cluster ?? {}) as { readonly kind?: unknown };
  const settings = (given.observability ?? {}) as Readonly<Record<string, unknown>>;
  const wrong = (key: string, message: string) =>
    settings[key] === undefined ? [] : [{ path: ["observability", key], message }];
  if (kind === "docker") {
    return wrong("kind", "nothing: it is for kubernetes; for docker `enabled` says whether");
  }
  if (kind !== "kubernetes") return [];
  return wrong("enabled", "nothing: it is for docker; for kubernetes `kind` says who watches");
}

/** Whether a stack on Kubernetes is to have an exporter, and no command has written yet which image that is. */
export function lacksExporterImage(given: Given): boolean {
  const { kind: cluster } = (given.cluster ?? {}) as { readonly kind?: unknown };
  const { kind, exporter } = (given.observability ?? {}) as Readonly<Record<string, unknown>>;
  const { enabled, image } = (exporter ?? {}) as Readonly<Record<string, unknown>>;
  const watched = cluster === "kubernetes" && kind !== undefined && kind !== "none";
  return watched && enabled !== false && image === undefined;
}
