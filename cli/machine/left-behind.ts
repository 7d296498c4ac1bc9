import type Dockerode from "dockerode";
import { adoptCommand } from "../engines/failure-advice.ts";
import { messageOf } from "../../model/values/user-error.ts";

type Docker = Pick<Dockerode, "listContainers" | "listVolumes" | "listNetworks">;

/**
 * What Docker has of a platform that the state of its stack does not have any more. Images do not count: they stay
 * on purpose.
 *
 * @returns a warning that names it and says what to do; undefined when nothing is left
 */
export async function leftBehind(
  docker: Docker,
  { platform, stack }: { readonly platform: string; readonly stack: string },
): Promise<string | undefined> {
  const filters = { label: [`kafka-platform=${platform}`] };
  let found: readonly [containers: string[], volumes: string[], networks: string[]];
  try {
    const [containers, { Volumes }, networks] = await Promise.all([
      docker.listContainers({ all: true, filters }),
      docker.listVolumes({ filters }),
      docker.listNetworks({ filters }),
    ]);
    found = [
      containers.map(({ Names, Id }) => Names[0]?.replace(/^\//, "") ?? Id.slice(0, 12)),
      Volumes.map(({ Name }) => Name),
      networks.map(({ Name }) => Name),
    ];
  } catch (error) {
    return `Docker does not say whether something is left of ${platform}: ${messageOf(error)}`;
  }
  const commands = ["docker rm --force", "docker volume rm", "docker network rm"].flatMap(
    (command, at) => {
      const names = found[at] ?? [];
      return names.length === 0 ? [] : [[command, ...names].join(" ")];
    },
  );
  if (commands.length === 0) return undefined;
  return (
    `Docker still has ${found.flat().join(", ")}, which is not in the state of stack ${stack}: the state was ` +
    "lost, or another checkout uses the same kafka-platform:cluster.name. " +
    `\`${adoptCommand(stack)}\` takes it over; or remove it, records included: ` +
    `\`${commands.join(" && ")}\`.`
  );
}
