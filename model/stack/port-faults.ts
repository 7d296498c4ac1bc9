/** The settings that are judged together. Each may be missing or wrong by itself. */
interface Given {
  readonly cluster?: unknown;
  readonly ui?: unknown;
  readonly observability?: unknown;
}

interface Fault {
  readonly path: readonly PropertyKey[];
  /** What is wanted, as in the message of a schema. */
  readonly message: string;
}

/** On one machine each listener has a port of its own; on Kubernetes each has an address of its own. */
export function portFaults(given: Given): Fault[] {
  const cluster = (given.cluster ?? {}) as Record<string, unknown>;
  const ui = (given.ui ?? {}) as Record<string, unknown>;
  if (cluster["kind"] !== "docker") return [];
  const ports = [
    { path: ["cluster", "clientPort"], port: cluster["clientPort"] },
    { path: ["cluster", "metricsPort"], port: cluster["metricsPort"] },
    ...(ui["enabled"] === false ? [] : [{ path: ["ui", "port"], port: ui["port"] }]),
    ...observabilityPorts((given.observability ?? {}) as Record<string, unknown>),
  ];
  return ports.flatMap(({ path, port }, index) => {
    const first = ports.slice(0, index).find((other) => other.port === port);
    if (first === undefined || typeof port !== "number") return [];
    return [{ path, message: `a port other than ${port}, which ${first.path.join(".")} has` }];
  });
}

/** Of what watches the broker and is turned on. */
function observabilityPorts(settings: Readonly<Record<string, unknown>>) {
  if (settings["enabled"] === false) return [];
  return Object.entries(settings).flatMap(([key, value]) => {
    const { enabled, port } = (value ?? {}) as {
      readonly enabled?: unknown;
      readonly port?: unknown;
    };
    return enabled === false || port === undefined
      ? []
      : [{ path: ["observability", key, "port"], port }];
  });
}
