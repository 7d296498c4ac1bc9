/** What the state holds of a container, taken from what the daemon says of it. Pure. */
import type Dockerode from "dockerode";
import { type Properties, type ResourceState, UNKNOWN, type Value } from "../driver.ts";
import { portKey, toMegabytes } from "./container-config.ts";
import type { ContainerArgs, containerTable } from "./container-properties.ts";
import { isList, isRecord } from "../property-rules.ts";
import { known, planned } from "../property-table.ts";

const COMPUTED = ["hostname", "bridge", "networkDatas"];

/** The ports Docker chooses are unknown until the container runs. */
export function plannedOutputs(inputs: Properties, old: ResourceState | undefined): Properties {
  const outputs = planned(inputs, old, COMPUTED);
  const ports = inputs["ports"];
  if (!isList(ports)) return outputs;
  const before = old?.outputs["ports"];
  const withPorts: Value = ports.map((port): Value =>
    isRecord(port) && !("external" in port) ? { ...port, external: UNKNOWN } : port,
  );
  // An update in place leaves the ports as they are.
  return { ...outputs, ports: isList(before) ? before : withPorts };
}

/** The inputs echoed, with the ports Docker chose, and what Docker computed. */
export function containerOutputs(
  inputs: Properties,
  found: Dockerode.ContainerInspectInfo,
): Properties {
  const { ports } = known<typeof containerTable>(inputs);
  return {
    ...inputs,
    hostname: found.Config.Hostname,
    bridge: "",
    networkDatas: networkDatas(found),
    ...(ports && {
      ports: ports.map((port) => ({ ...port, external: externalPort(port, found) })),
    }),
    ...(!found.State.Running && { exitCode: found.State.ExitCode }),
  };
}

/** Why a container that is to run serves nobody; undefined: it does, or is not to run. */
export function whyDown(
  { start, wait }: Pick<ContainerArgs, "start" | "wait">,
  { State }: Pick<Dockerode.ContainerInspectInfo, "State">,
): string | undefined {
  if (!start) return undefined;
  if (State.Paused) return "was paused";
  if (!State.Running) return "had stopped";
  const health = State.Health?.Status ?? "none";
  if (!wait || health === "none" || health === "healthy") return undefined;
  return `was not healthy (${health})`;
}

/**
 * The inputs a program would declare to get this container. Its configuration is fixed at creation
 * and it is found by its id, so only what Docker lets one change on a living container is read back.
 */
export function observedInputs(
  declared: Properties,
  found: Dockerode.ContainerInspectInfo,
): Properties {
  const container = known<typeof containerTable>(declared);
  const { RestartPolicy, Memory = 0, MemorySwap = 0 } = found.HostConfig;
  return {
    ...declared,
    name: found.Name.replace(/^\//, ""),
    restart: RestartPolicy?.Name === "" ? "no" : (RestartPolicy?.Name ?? "no"),
    mustRun: container.mustRun && whyDown(container, found) === undefined,
    ...limit("maxRetryCount", container.maxRetryCount, RestartPolicy?.MaximumRetryCount ?? 0),
    ...limit("memory", container.memory, toMegabytes(Memory)),
    // Undeclared, it is Docker's multiple of the memory limit.
    ...(container.memorySwap !== undefined && {
      memorySwap: MemorySwap > 0 ? toMegabytes(MemorySwap) : MemorySwap,
    }),
    ...(container.networksAdvanced && {
      networksAdvanced: stillConnected(container.networksAdvanced, found),
    }),
  };
}

/** Zero means "not limited", which a program says by leaving the property out. */
function limit(name: string, declared: number | undefined, actual: number): Record<string, Value> {
  return declared === undefined && actual === 0 ? {} : { [name]: actual };
}

function stillConnected(
  declared: NonNullable<ContainerArgs["networksAdvanced"]>,
  found: Dockerode.ContainerInspectInfo,
): Value {
  return declared.flatMap(({ name, aliases }) => {
    const entries = Object.entries(found.NetworkSettings.Networks);
    const endpoint = entries.find(
      ([key, { NetworkID }]) => key === name || NetworkID === name,
    )?.[1];
    if (endpoint === undefined) return [];
    // Docker adds the container's short id to what was declared.
    const actual = (endpoint.Aliases as readonly string[] | null) ?? [];
    return [{ name, ...(aliases && { aliases: aliases.filter((each) => actual.includes(each)) }) }];
  });
}

function externalPort(
  port: NonNullable<ContainerArgs["ports"]>[number],
  found: Dockerode.ContainerInspectInfo,
): Value {
  if (port.external !== undefined) return port.external;
  const bindings = found.NetworkSettings.Ports[portKey(port)] as
    readonly { HostIp: string; HostPort: string }[] | null | undefined;
  const binding = bindings?.find(({ HostIp }) => HostIp === port.ip);
  return binding === undefined ? null : Number(binding.HostPort);
}

function networkDatas(found: Dockerode.ContainerInspectInfo): Value {
  return Object.entries(found.NetworkSettings.Networks)
    .map(([networkName, endpoint]) => ({
      networkName,
      ipAddress: endpoint.IPAddress,
      ipPrefixLength: endpoint.IPPrefixLen,
      gateway: endpoint.Gateway,
      globalIpv6Address: endpoint.GlobalIPv6Address,
      globalIpv6PrefixLength: endpoint.GlobalIPv6PrefixLen,
      ipv6Gateway: endpoint.IPv6Gateway,
      macAddress: endpoint.MacAddress,
    }))
    .sort((a, b) => (a.networkName < b.networkName ? -1 : 1));
}
