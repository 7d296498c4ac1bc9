import { execFileSync } from "node:child_process";

const docker = (...args: readonly string[]): string =>
  execFileSync("docker", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

type Json = Readonly<Record<string, unknown>>;

/** Ids of everything on the daemon that carries the platform's label, by kind. */
export function dockerIds(name: string): Record<"container" | "network" | "volume", string[]> {
  const filter = ["--quiet", "--filter", `label=kafka-platform=${name}`];
  const listed = (...list: readonly string[]) =>
    docker(...list, ...filter)
      .split("\n")
      .filter((id) => id !== "");
  return {
    container: listed("ps", "--all"),
    network: listed("network", "ls"),
    volume: listed("volume", "ls"),
  };
}

/** What the Docker client sees of a platform; ids, addresses and times taken out. */
export function dockerObjects(name: string): unknown {
  const found = dockerIds(name);
  const inspected = (kind: keyof typeof found) =>
    found[kind].map((id) => {
      const [object = {}] = JSON.parse(docker(kind, "inspect", id)) as Json[];
      return object;
    });
  return {
    containers: byName(inspected("container"), container),
    networks: byName(inspected("network"), network),
    volumes: byName(inspected("volume"), ({ Driver, Labels, Options, Scope }) => ({
      ...{ Driver, Labels, Options, Scope },
    })),
  };
}

const byName = (objects: readonly Json[], describe: (object: Json) => unknown) =>
  Object.fromEntries(objects.map((object) => [String(object["Name"]), describe(object)]));

function container(object: Json): unknown {
  const { Id, Config, HostConfig, Mounts, State, NetworkSettings } = object;
  const { Status, Health } = State as { Status: string; Health?: { Status: string } };
  const { Networks, Ports } = NetworkSettings as { Networks: Record<string, Json>; Ports: unknown };
  return {
    // Docker makes the host's name from the id.
    config: { ...(Config as Json), Hostname: undefined },
    host: HostConfig,
    mounts: Mounts,
    status: Status,
    health: Health?.Status,
    ports: Ports,
    networks: Object.fromEntries(
      Object.entries(Networks).map(([network, { Aliases }]) => [
        network,
        ((Aliases ?? []) as string[]).filter((alias) => !String(Id).startsWith(alias)).toSorted(),
      ]),
    ),
    image: image(String(object["Image"])),
    files: files(String(Id)),
  };
}

function image(id: string): unknown {
  const [{ Config, RootFS } = {}] = JSON.parse(docker("image", "inspect", id)) as Json[];
  const { Env, Cmd, Entrypoint, User, WorkingDir, Labels } = Config as Json;
  const { Layers } = RootFS as { Layers: readonly string[] };
  return { Env, Cmd, Entrypoint, User, WorkingDir, Labels, layers: Layers.length };
}

/** Owner, mode and hash of the files that were written into the container. */
function files(id: string): string[] {
  const folders = "/etc/kafka-platform /opt/kafka-platform";
  // The archive of classes comes out different each time that the image is built.
  const looks = "-exec stat -c '%n %u:%g %a' {} + -not -name '*.jsa' -exec sha256sum {} +";
  // The UI has only the first of them.
  const line = `find ${folders} -type f ${looks} 2>/dev/null || true`;
  const found = docker("exec", "--user", "0", id, "sh", "-c", line).trim().split("\n");
  if (found.length < 2) throw new Error(`no file of ours is in the container ${id}`);
  return found.toSorted();
}

function network({ Driver, Scope, Internal, EnableIPv6, Options, Labels }: Json): unknown {
  return { Driver, Scope, Internal, EnableIPv6, Options, Labels };
}
