/** Brokers' volumes, which on the lab are folders of this machine. */
import { execFile } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { type Broker, podOf } from "../brokers.ts";
import type { ClusterUnderTest } from "../cluster.ts";

const FILLER = "filler";
const MEBIBYTE = 2 ** 20;

const run = async (command: string, ...args: readonly string[]): Promise<void> => {
  await promisify(execFile)(command, args);
};

/** Folder of a broker's volume. */
export async function volumeFolder({ stack }: ClusterUnderTest, broker: Broker): Promise<string> {
  const claim = `data-${podOf(broker)}`;
  const volume = await stack.kubectl("get", "pvc", claim, "-o", "jsonpath={.spec.volumeName}");
  const folder = await stack.kubectl("get", "pv", volume, "-o", "jsonpath={.spec.local.path}");
  if (folder === "") throw new Error(`the volume of ${podOf(broker)} is no folder of this machine`);
  return folder;
}

/** Removes everything on a volume. */
export function wipe(folder: string): void {
  for (const name of readdirSync(folder)) {
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

/** Puts a small disk of its own in the place of a volume. The next pod gets it; what is below stays. */
export async function mountSmallDisk(folder: string, mebibytes: number): Promise<void> {
  await run("mount", "-t", "tmpfs", "-o", `size=${String(mebibytes)}m,mode=0777`, "tmpfs", folder);
}

/** Takes the small disk away, also while a pod still has it. */
export const unmountSmallDisk = (folder: string): Promise<void> => run("umount", "--lazy", folder);

/** Fills what is left of a volume that is a small disk. */
export function fill(folder: string): void {
  const chunk = Buffer.alloc(MEBIBYTE, 1);
  try {
    for (let at = 0; ; at += 1) writeFileSync(path.join(folder, `${FILLER}-${String(at)}`), chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}

/** Frees what {@link fill} took. */
export function free(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(FILLER)) rmSync(path.join(folder, name));
  }
}
