/** Says in one sentence why Docker refuses a container, and what to do about it. */
import type Dockerode from "dockerode";
import { usersOf } from "./container-users.ts";
import type { ContainerArgs } from "./container-properties.ts";
import { askIfPresent, type Explain, type Refusal } from "./daemon-errors.ts";

export function explainCreate(client: Dockerode, container: ContainerArgs): Explain {
  return (refusal) =>
    missingImage(container, refusal) ??
    missingNetwork(refusal) ??
    (refusal.status === 409 && /name .* is already in use/.test(refusal.message)
      ? nameTaken(client, container.name)
      : undefined);
}

export function explainStart(client: Dockerode): Explain {
  return (refusal) => missingNetwork(refusal) ?? portTaken(client, refusal);
}

function missingImage(container: ContainerArgs, { status, message }: Refusal): string | undefined {
  if (status !== 404 || !/no such image/i.test(message)) return undefined;
  return `the daemon has no image "${container.image}"; declare it as a docker.RemoteImage and use its imageId, or load it first`;
}

export function missingNetwork({ status, message }: Refusal): string | undefined {
  const name = /network (\S+) not found/.exec(message)?.[1];
  if (status !== 404 || name === undefined) return undefined;
  return `there is no network "${name}"; declare it as a docker.Network and use its name`;
}

async function nameTaken(client: Dockerode, name: string): Promise<string | undefined> {
  const other = await askIfPresent(client, "read it", client.getContainer(name).inspect());
  if (other === undefined) return undefined;
  const what = `container ${other.Id.slice(0, 12)} (image ${other.Config.Image}, ${other.State.Status})`;
  return `the name is taken by ${what}, which is not in this stack's state; remove it with "docker rm -f ${name}" or rename it with "docker rename ${name} NEW"`;
}

/** Three wordings: another container's port, a process' port, and newer daemons' for both. */
const PORT_TAKEN =
  /(?:Bind for|listen (?:tcp|udp)[46]?|bind host port(?: for)?) (\S*?):(\d+)\b.*(?:already allocated|already in use)/;

async function portTaken(client: Dockerode, { message }: Refusal): Promise<string | undefined> {
  const [, ip, port] = PORT_TAKEN.exec(message) ?? [];
  if (ip === undefined || port === undefined) return undefined;
  const holder = (await usersOf(client, { publish: [port], status: ["running"] })) ?? "a process";
  return `port ${ip}:${port} is taken by ${holder} on the Docker host; stop that, or choose another external port`;
}
