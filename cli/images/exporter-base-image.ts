/** What the exporter's image is built from: the official Node image, or one made on this machine. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { arch, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type Dockerode from "dockerode";
import { messageOf, UserError } from "../../model/values/user-error.ts";
import { importImage } from "./local-image.ts";
import { pullImage } from "./pull-image.ts";

/** Build argument BASE_IMAGE of images/exporter/Dockerfile, where it can be had. */
const NODE_IMAGE = "node:24-slim";
const LOCAL_IMAGE = `kafka-platform/node:${process.versions.node}`;
const SCRIPT = path.resolve(import.meta.dirname, "../../images/exporter/base/rootfs.sh");

export interface ExporterBase {
  readonly baseImage: string;
  /** One clause for people, such as "pulled". */
  readonly how: string;
}

/**
 * Makes sure that the image to build from is on the daemon: present, else pulled, else made from the
 * Node that runs this program.
 *
 * @throws UserError saying what is missing when neither way works
 */
export async function ensureExporterBase(
  docker: Dockerode,
  report: (message: string) => void,
): Promise<ExporterBase> {
  if (await isThere(docker, NODE_IMAGE)) {
    return { baseImage: NODE_IMAGE, how: "already on this machine" };
  }
  if (await isThere(docker, LOCAL_IMAGE)) {
    return { baseImage: LOCAL_IMAGE, how: "made on this machine earlier" };
  }
  try {
    await pullImage(docker, NODE_IMAGE, report);
    return { baseImage: NODE_IMAGE, how: "pulled" };
  } catch (error) {
    const reason = messageOf(error);
    report(`${reason}; making ${LOCAL_IMAGE} on this machine instead`);
    await make(docker, reason);
    return { baseImage: LOCAL_IMAGE, how: "made on this machine" };
  }
}

async function make(docker: Dockerode, reason: string): Promise<void> {
  if (process.platform !== "linux") {
    throw new UserError(
      `There is no base for the exporter's image: ${reason}, and this machine's Node (${process.platform}, ${arch()}) ` +
        `does not run in a container. Let Docker reach a registry that has ${NODE_IMAGE}, or load it by hand with \`docker load\`.`,
    );
  }
  const work = await mkdtemp(path.join(tmpdir(), "exporter-base-"));
  try {
    await promisify(execFile)("bash", [SCRIPT, process.execPath, work]);
    await importImage(docker, path.join(work, "rootfs.tar"), LOCAL_IMAGE, [
      "ENV PATH=/usr/local/bin",
    ]);
  } catch (error) {
    throw new UserError(
      `There is no base for the exporter's image: ${reason}, and it could not be made here: ${messageOf(error)}`,
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function isThere(docker: Dockerode, image: string): Promise<boolean> {
  const images = await docker.listImages({ filters: { reference: [image] } });
  return images.length > 0;
}
