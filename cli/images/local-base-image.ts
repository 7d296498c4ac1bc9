import path from "node:path";
import { fetchJars } from "../../images/jars.ts";
import { IMAGE_CHANGES, RECIPE_FOLDER } from "./base-image-recipe.ts";
import { aptInstall, onPath } from "../machine/host.ts";
import { type LocalImageOptions, makeLocalImage } from "./local-image.ts";
import { messageOf, UserError } from "../../model/values/user-error.ts";

export interface LocalBaseOptions extends LocalImageOptions {
  /** Why the official image is not used, for the error message. */
  readonly reason: string;
}

/** Makes the local base image from the distribution's packages and Kafka's jars. */
export async function buildLocalBase(options: LocalBaseOptions): Promise<void> {
  const { report, cacheDir, reason } = options;
  const missing = ["apt-get", "dpkg-deb", "tar", "bash"].filter((command) => !onPath(command));
  if (missing.length > 0) {
    throw new UserError(
      `There is no base for the broker image: ${reason}, and making one here needs Debian or Ubuntu ` +
        `(not found: ${missing.join(", ")}). Let Docker reach a registry that has the image ` +
        `("registry-mirrors" in the daemon's configuration), or load it by hand with \`docker load\`.`,
    );
  }
  if (!onPath("mvn")) await aptInstall(["maven"], report);
  report("fetching Kafka's jars");
  const jars = await fetchJars(cacheDir).catch((error: unknown) => {
    throw new UserError(`There is no base for the broker image: ${reason}. ${messageOf(error)}`);
  });
  const script = path.join(RECIPE_FOLDER, "rootfs.sh");
  await makeLocalImage(options, { script, args: [jars], changes: IMAGE_CHANGES });
}
