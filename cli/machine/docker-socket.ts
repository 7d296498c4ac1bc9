import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

const SYSTEM_SOCKET = "/var/run/docker.sock";
/** Where Docker Desktop and a rootless daemon put theirs. */
const USER_SOCKETS = [".docker/run/docker.sock", ".docker/desktop/docker.sock"];

/**
 * The value that DOCKER_HOST needs so that everything here (our client, both engines' providers, the
 * docker command) finds the same daemon: undefined where the usual socket, or the variable itself,
 * says it already.
 */
export function missingDockerHost(
  env: NodeJS.ProcessEnv = process.env,
  home = homedir(),
  exists: (file: string) => boolean = existsSync,
): string | undefined {
  if (env["DOCKER_HOST"] !== undefined || exists(SYSTEM_SOCKET)) return undefined;
  const rootless = env["XDG_RUNTIME_DIR"];
  const candidates = [
    ...USER_SOCKETS.map((socket) => path.join(home, socket)),
    ...(rootless === undefined ? [] : [path.join(rootless, "docker.sock")]),
  ];
  const socket = candidates.find(exists);
  return socket === undefined ? undefined : `unix://${socket}`;
}
