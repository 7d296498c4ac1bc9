import type Dockerode from "dockerode";
import { pullImage } from "./pull-image.ts";

/**
 * Makes sure of the UI's image: it is here, or it can be pulled.
 *
 * @returns undefined, or the reason why it is not to be had
 */
export async function ensureUiImage(
  docker: Dockerode,
  image: string,
  report: (text: string) => void,
): Promise<string | undefined> {
  const present = await docker
    .getImage(image)
    .inspect()
    .then(() => true)
    .catch(() => false);
  if (present) return undefined;
  try {
    await pullImage(docker, image, report);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
