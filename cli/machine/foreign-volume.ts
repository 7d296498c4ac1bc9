import type Dockerode from "dockerode";
import { UserError } from "../../model/values/user-error.ts";

/**
 * Refuses a volume whose passwords come from a secret that this checkout does not have: with a new one no
 * broker would become healthy on it, and a `destroy` here would remove what is somebody else's. Called while
 * the stack has no secret yet.
 *
 * @throws UserError that says whose it may be, and what to do
 */
export async function refuseForeignVolume(
  docker: Pick<Dockerode, "listVolumes" | "listContainers">,
  platform: string,
): Promise<void> {
  const filters = { label: [`kafka-platform=${platform}`] };
  const { Volumes } = await docker.listVolumes({ filters });
  const [volume] = Volumes;
  if (volume === undefined) return;
  const users = await docker.listContainers({ all: true, filters: { volume: [volume.Name] } });
  const names = users.map(({ Names, Id }) => Names[0]?.replace(/^\//, "") ?? Id.slice(0, 12));
  const use = names.length === 0 ? "" : ` (in use by ${names.join(", ")})`;
  const remove = names.length === 0 ? "" : `docker rm -f ${names.join(" ")} && `;
  throw new UserError(
    `The volume ${volume.Name}${use} belongs to another checkout, or to one whose .kafka-platform folder is gone: ` +
      "its passwords come from a secret that is not here. Start from that checkout, or choose another " +
      `kafka-platform:cluster.name here than ${platform}, or, if its records are not needed, remove it: ` +
      `\`${remove}docker volume rm ${volume.Name}\`.`,
  );
}
