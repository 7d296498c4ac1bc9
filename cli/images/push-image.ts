import type Dockerode from "dockerode";
import { messageOf, UserError } from "../../model/values/user-error.ts";
import { follow } from "./image-transfer.ts";
import { registryLogin, registryOf } from "./registry-login.ts";

/** Compressing a large layer is silent work. */
const NO_PROGRESS_MS = 120_000;

/**
 * Pushes `repository:tag`, which the daemon has, with the login that `docker login` left.
 *
 * @returns the digest under which the registry keeps it, `sha256:…`
 * @throws UserError with the registry's reason and, where it refuses the login, what to run
 */
export async function pushImage(
  docker: Dockerode,
  repository: string,
  tag: string,
  report: (message: string) => void,
): Promise<string> {
  const registry = registryOf(repository);
  const authconfig = await registryLogin(registry);
  const image = `${repository}:${tag}`;
  const events = await follow({
    docker,
    doing: `pushing ${image}`,
    begin: (abortSignal) => docker.getImage(repository).push({ tag, authconfig, abortSignal }),
    report,
    noProgressMs: NO_PROGRESS_MS,
  }).catch((error: unknown) => {
    const reason = messageOf(error);
    const remedy = /unauthorized|denied|authentication|no basic auth/i.test(reason)
      ? `; log in with \`docker login ${registry}\` as somebody who may push there`
      : "";
    throw new UserError(`${image} cannot be pushed: ${reason}${remedy}.`);
  });
  const digest = events.find(({ aux }) => aux?.Digest !== undefined)?.aux?.Digest;
  if (digest === undefined) throw new Error(`the push of ${image} ended without a digest`);
  return digest;
}
