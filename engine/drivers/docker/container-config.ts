/** Checked inputs as the Docker API's request for a new container. Pure. */
import type Dockerode from "dockerode";
import type { ContainerArgs } from "./container-properties.ts";
import { nanoseconds } from "../../values/durations.ts";
import { toLabelMap } from "./label-rules.ts";

const MB = 1024 * 1024;

/** `memorySwap` when only `memory` is given: as much swap again, Docker's own default. */
const SWAP_FACTOR = 2;

export function createOptions(container: ContainerArgs): Dockerode.ContainerCreateOptions {
  return {
    name: container.name,
    Image: container.image,
    ...given("Cmd", copy(container.command)),
    ...given("Entrypoint", copy(container.entrypoints)),
    ...given("Env", copy(container.envs)),
    ...given("Hostname", container.hostname),
    ...given("User", container.user),
    ...given("StopSignal", container.stopSignal),
    ...given("StopTimeout", container.stopTimeout),
    ...given("Healthcheck", healthConfig(container.healthcheck)),
    Labels: toLabelMap(container.labels),
    ExposedPorts: Object.fromEntries((container.ports ?? []).map((each) => [portKey(each), {}])),
    Volumes: Object.fromEntries(anonymousVolumes(container).map((path) => [path, {}])),
    HostConfig: hostConfig(container),
    ...networkingConfig(container),
  };
}

/** The networks to connect besides the first, which creation takes. */
export function furtherNetworks(
  container: ContainerArgs,
): NonNullable<ContainerArgs["networksAdvanced"]> {
  return (container.networksAdvanced ?? []).slice(1);
}

/** What Docker can change on a living container. */
export function updateOptions(container: ContainerArgs): object {
  const { memory, memorySwap } = container;
  return {
    RestartPolicy: restartPolicy(container),
    // A raised limit must not pass the swap limit of creation: both go together.
    ...(memory !== undefined && {
      Memory: memory * MB,
      MemorySwap: memorySwap === undefined ? memory * SWAP_FACTOR * MB : swapBytes(memorySwap),
    }),
  };
}

export const portKey = (port: { internal: number; protocol: string }): string =>
  `${port.internal}/${port.protocol}`;

export const toMegabytes = (bytes: number): number => Math.floor(bytes / MB);

function hostConfig(container: ContainerArgs): Dockerode.HostConfig {
  return {
    NetworkMode: container.networksAdvanced?.[0]?.name ?? container.networkMode,
    PortBindings: portBindings(container),
    Binds: (container.volumes ?? []).flatMap(
      ({ volumeName, hostPath, containerPath, readOnly }) => {
        const source = volumeName ?? hostPath;
        return source === undefined
          ? []
          : [`${source}:${containerPath}:${readOnly === true ? "ro" : "rw"}`];
      },
    ),
    RestartPolicy: restartPolicy(container),
    ReadonlyRootfs: container.readOnly,
    ...given("Tmpfs", container.tmpfs),
    ...given("Sysctls", container.sysctls),
    ...given("GroupAdd", copy(container.groupAdds)),
    ...given("CapAdd", copy(container.capabilities?.adds)),
    ...given("CapDrop", copy(container.capabilities?.drops)),
    ...given("SecurityOpt", copy(container.securityOpts)),
    ...given("Init", container.init),
    ...given("Memory", scaled(container.memory)),
    ...given(
      "MemorySwap",
      container.memorySwap === undefined ? undefined : swapBytes(container.memorySwap),
    ),
    ...given("ShmSize", scaled(container.shmSize)),
    ...given(
      "Ulimits",
      container.ulimits?.map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })),
    ),
    ...((container.logDriver !== undefined || container.logOpts !== undefined) && {
      LogConfig: { Type: container.logDriver ?? "", Config: container.logOpts ?? {} },
    }),
  };
}

function networkingConfig(container: ContainerArgs): Partial<Dockerode.ContainerCreateOptions> {
  const first = container.networksAdvanced?.[0];
  if (first === undefined) return {};
  return {
    NetworkingConfig: {
      EndpointsConfig: { [first.name]: { Aliases: [...(first.aliases ?? [])] } },
    },
  };
}

function portBindings(container: ContainerArgs): Record<string, object[]> {
  const bindings: Record<string, object[]> = {};
  for (const port of container.ports ?? []) {
    const binding = { HostIp: port.ip, HostPort: port.external?.toString() ?? "" };
    bindings[portKey(port)] = [...(bindings[portKey(port)] ?? []), binding];
  }
  return bindings;
}

function anonymousVolumes(container: ContainerArgs): string[] {
  return (container.volumes ?? [])
    .filter((each) => each.volumeName === undefined && each.hostPath === undefined)
    .map((each) => each.containerPath);
}

function healthConfig(check: ContainerArgs["healthcheck"]): Dockerode.HealthConfig | undefined {
  if (check === undefined) return undefined;
  return {
    Test: [...(check.tests ?? [])],
    Interval: nanoseconds(check.interval),
    Timeout: nanoseconds(check.timeout),
    StartPeriod: nanoseconds(check.startPeriod),
    Retries: check.retries,
  };
}

function restartPolicy(container: ContainerArgs): Dockerode.HostRestartPolicy {
  return { Name: container.restart, MaximumRetryCount: container.maxRetryCount ?? 0 };
}

const swapBytes = (swap: number): number => (swap > 0 ? swap * MB : swap);
const scaled = (megabytes: number | undefined): number | undefined =>
  megabytes === undefined ? undefined : megabytes * MB;
const copy = <T>(list: readonly T[] | undefined): T[] | undefined => list && [...list];

function given<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
