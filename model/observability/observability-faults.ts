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

const NO_EXPORTER = "nothing: on kubernetes the stack starts no exporter yet";

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
  const { image } = (settings["exporter"] ?? {}) as { readonly image?: unknown };
  return [
    ...wrong("enabled", "nothing: it is for docker; for kubernetes `kind` says who watches"),
    ...(image === undefined
      ? []
      : [{ path: ["observability", "exporter", "image"], message: NO_EXPORTER }]),
  ];
}
