/** Of the processes that would prepare Docker on this machine, one does, and the others wait. */
import { randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning } from "./host.ts";

const POLL_MS = 500;

/**
 * Runs `work` while this process has the file `lock`, whose folder exists.
 *
 * @param report is told once that another process has it
 * @param runs whether a process of this id exists
 */
export async function lockedFile(
  lock: string,
  report: (message: string) => void,
  work: () => Promise<void>,
  runs: (pid: number) => boolean = isRunning,
): Promise<void> {
  let waited = false;
  while (!(await acquire(lock))) {
    if (await removedDead(lock, runs)) continue;
    if (!waited) report("waiting for another process that prepares Docker");
    waited = true;
    await sleep(POLL_MS);
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** A link appears with its content, so nobody reads a lock without its holder. */
async function acquire(lock: string): Promise<boolean> {
  const own = `${lock}.${randomUUID()}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(own);
  }
}

/**
 * Removes the lock of a process that is gone. One at a time may, and looks again once it may: who else
 * saw the dead holder would remove the lock of the one that came after.
 *
 * @returns whether it is worth trying again at once
 */
async function removedDead(lock: string, runs: (pid: number) => boolean): Promise<boolean> {
  const holder = await holderOf(lock);
  if (holder === undefined) return true;
  if (Number.isNaN(holder) || runs(holder)) return false;
  const turn = `${lock}.takeover`;
  if (!(await acquire(turn))) return removedDead(turn, runs);
  try {
    if ((await holderOf(lock)) === holder) await rm(lock);
    return true;
  } finally {
    await rm(turn, { force: true });
  }
}

/** The id of the process that has a lock; NaN where it does not say, undefined where there is none. */
async function holderOf(lock: string): Promise<number | undefined> {
  try {
    return Number((await readFile(lock, "utf8")) || Number.NaN);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
