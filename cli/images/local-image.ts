import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import type Dockerode from "dockerode";
import { isRunning } from "../machine/host.ts";
import { UserError } from "../../model/values/user-error.ts";
import { RECIPE_LABEL } from "./base-image-recipe.ts";

/** What a local image is made by. */
export interface LocalImageOptions {
  readonly docker: Dockerode;
  /** Receives one line per step; the caller adds the time. */
  readonly report: (message: string) => void;
  /** Folder that survives between runs: work is done in it. */
  readonly cacheDir: string;
  /** Name and tag to give. */
  readonly image: string;
  /** Value of the recipe label. */
  readonly recipe: string;
}

/** How its file system is assembled. */
export interface Assembly {
  /** The script; it is given an empty folder to work in, `args`, and the tar file to write. */
  readonly script: string;
  readonly args: readonly string[];
  /** Settings of the image, in the words of a Dockerfile. */
  readonly changes: readonly string[];
}

const PARTIAL = "partial-";

/**
 * Makes an image from packages of the distribution: a root file system, imported in one step, so that an
 * interrupted run leaves no image behind.
 *
 * @throws UserError with what the script says of its failure
 */
export async function makeLocalImage(
  options: LocalImageOptions,
  assembly: Assembly,
): Promise<void> {
  const { docker, report, cacheDir, image, recipe } = options;
  const previous = await idOf(docker, image);
  await removeAbandoned(cacheDir);
  const work = await mkdtemp(path.join(cacheDir, `${PARTIAL}${process.pid}-`));
  try {
    const archive = path.join(work, "rootfs.tar");
    await assemble(image, assembly.script, [work, ...assembly.args, archive], report);
    report(`importing ${image}`);
    await importImage(docker, archive, image, [
      ...assembly.changes,
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

/** Labels of an image, or undefined when it is not there. */
export async function labelsOf(
  docker: Dockerode,
  image: string,
): Promise<Record<string, string> | undefined> {
  try {
    const { Config } = await docker.getImage(image).inspect();
    return (Config as { Labels?: Record<string, string> | null }).Labels ?? {};
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}

async function idOf(docker: Dockerode, image: string): Promise<string | undefined> {
  const images = await docker.listImages({ filters: { reference: [image] } });
  return images[0]?.Id;
}

/** Work folders of runs that were killed; each is named after its process. */
async function removeAbandoned(cacheDir: string): Promise<void> {
  await mkdir(cacheDir, { recursive: true });
  for (const name of await readdir(cacheDir)) {
    const owner = /^partial-(?:base-)?(\d+)-/.exec(name)?.[1];
    if (owner === undefined || isRunning(Number(owner))) continue;
    await rm(path.join(cacheDir, name), { recursive: true, force: true });
  }
}

/** Runs the script; its standard output is progress, its standard error the reason of a failure. */
async function assemble(
  image: string,
  script: string,
  args: readonly string[],
  report: (line: string) => void,
): Promise<void> {
  const child = spawn("bash", [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  createInterface(child.stdout).on("line", report);
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  if (code !== 0) {
    throw new UserError(`The local image ${image} could not be made: ${errors.trim()}`);
  }
}

/** Makes an image of one layer out of a tar file, with Dockerfile instructions on top. */
export async function importImage(
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
