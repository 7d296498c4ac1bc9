import type Dockerode from "dockerode";
import { messageOf } from "../../model/values/user-error.ts";
import { follow } from "./image-transfer.ts";

/**
 * Pulls an image, for as long as it makes progress.
 *
 * @throws Error with the registry's reason, or that nothing happened for 15 seconds.
 */
export async function pullImage(
  docker: Dockerode,
  image: string,
  report: (message: string) => void,
  noProgressMs?: number,
): Promise<void> {
  try {
    await follow({
      docker,
      doing: `pulling ${image}`,
      begin: (abortSignal) => docker.pull(image, { abortSignal }),
      report,
      ...(noProgressMs !== undefined && { noProgressMs }),
    });
  } catch (error) {
    throw new Error(`${image} cannot be pulled (${messageOf(error)})`, { cause: error });
  }
}
