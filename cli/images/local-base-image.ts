import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import type Dockerode from "dockerode";
import { fetchJars } from "../../images/jars.ts";
import { IMAGE_CHANGES, RECIPE_FOLDER, RECIPE_LABEL } from "./base-image-recipe.ts";
import { aptInstall, isRunning, onPath } from "../machine/host.ts";
import { messageOf, UserError } from "../../model/values/user-error.ts";

const PARTIAL = "partial-base-";

export interface LocalBaseOptions {
  readonly docker: Dockerode;
  readonly report: (message: string) => void;
  readonly cacheDir: string;
  /** Name and tag to give. */
  readonly image: string;
  /** Value of the recipe label. */
  readonly recipe: string;
  /** Why the official image is not used, for the error message. */
  readonly reason: string;
}

/**
 * Makes the local base image: a root file system from the distribution's packages and Kafka's jars,
 * imported in one step, so that an interrupted run leaves no image behind.
 */
export async function buildLocalBase(options: LocalBaseOptions): Promise<void> {
  const { docker, report, cacheDir, image, recipe, reason } = options;
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

  const previous = await idOf(docker, image);
  await removeAbandoned(cacheDir);
  const work = await mkdtemp(path.join(cacheDir, `${PARTIAL}${process.pid}-`));
  try {
    const archive = path.join(work, "rootfs.tar");
    await assemble([work, jars, archive], report);
    report(`importing ${image}`);
    await importImage(docker, archive, image, [
      ...IMAGE_CHANGES,
      `LABEL ${RECIPE_LABEL}=${recipe}`,
    ]);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  // Fails while an image or a container is built on it, and goes with them then.
  if (previous !== undefined)
    await docker
      .getImage(previous)
      .remove()
      .catch(() => undefined);
}

async function idOf(docker: Dockerode, image: string): Promise<string | undefined> {
  const images = await docker.listImages({ filters: { reference: [image] } });
  return images[0]?.Id;
}

/** Work folders of runs that were killed; each is named after its process. */
async function removeAbandoned(cacheDir: string): Promise<void> {
  await mkdir(cacheDir, { recursive: true });
  for (const name of await readdir(cacheDir)) {
    if (!name.startsWith(PARTIAL) || isRunning(Number.parseInt(name.slice(PARTIAL.length), 10))) {
      continue;
    }
    await rm(path.join(cacheDir, name), { recursive: true, force: true });
  }
}

/** Runs the recipe; its standard output is progress, its standard error the reason of a failure. */
async function assemble(args: readonly string[], report: (line: string) => void): Promise<void> {
  const script = path.join(RECIPE_FOLDER, "rootfs.sh");
  const child = spawn("bash", [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  createInterface(child.stdout).on("line", report);
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  if (code !== 0) throw new UserError(`The local base image could not be made: ${errors.trim()}`);
}

async function importImage(
  docker: Dockerode,
  archive: string,
  image: string,
  changes: readonly string[],
): Promise<void> {
  const colon = image.lastIndexOf(":");
  const stream = await docker.importImage(createReadStream(archive), {
    repo: image.slice(0, colon),
    tag: image.slice(colon + 1),
    changes,
  });
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()));
  });
}
