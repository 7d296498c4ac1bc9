import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { makePrivateDirectory } from "./journal-file.ts";
import { hasCode, messageOf, UserError } from "../../model/values/user-error.ts";

/** Who holds a stack. */
interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly since: string;
  /** Which boot of the host; undefined where the system does not say, and in older locks. */
  readonly boot?: string | undefined;
}

export interface Lock {
  /** The dead run this lock was taken over from, if there was one. */
  readonly takenOverFrom: LockHolder | undefined;
  release(): Promise<void>;
}

/**
 * Takes the lock file `path` for this process. Throws {@link UserError} saying who holds it. The
 * lock of a process that is gone from this host is taken over.
 */
export async function acquireLock(path: string): Promise<Lock> {
  return acquire(path).catch((error: unknown) => {
    if (error instanceof UserError) throw error;
    throw new UserError(`the stack could not be locked with ${path}: ${messageOf(error)}`);
  });
}

async function acquire(path: string): Promise<Lock> {
  await makePrivateDirectory(dirname(path));
  const holder: LockHolder = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    boot: bootId(),
  };
  const mine = JSON.stringify(holder);
  // Written first and linked into place, so that nobody ever sees half a lock.
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, mine, { mode: 0o600 });
  try {
    for (;;) {
      const release = () => rm(path, { force: true });
      if (await linked(draft, path)) return { takenOverFrom: undefined, release };
      const text = await readLock(path);
      if (text === undefined) continue;
      const other = parseHolder(text);
      if (other === undefined || !isDead(other)) throw heldBy(path, other);
      if (await replaced(path, text, draft)) return { takenOverFrom: other, release };
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

async function readLock(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  });
}

/**
 * Puts `draft` in the place of the dead lock that reads `text`, unless somebody did so before. Only
 * one run at a time may try, and the lock is never away meanwhile: a third run would take it then.
 */
async function replaced(path: string, text: string, draft: string): Promise<boolean> {
  const turn = await acquire(`${path}.takeover`);
  try {
    if ((await readLock(path)) !== text) return false;
    await rename(draft, path);
    return true;
  } finally {
    await turn.release();
  }
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    return JSON.parse(text) as LockHolder;
  } catch {
    return undefined;
  }
}

/**
 * No clock is asked: one that is set forward would make every run look older than the boot. Another
 * boot's process is gone whoever has its id now.
 */
function isDead(holder: LockHolder): boolean {
  if (holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (hasCode(error, "ESRCH")) return true;
  }
  const boot = bootId();
  return holder.boot !== undefined && boot !== undefined && holder.boot !== boot;
}

/** Linux's; elsewhere a lock whose process id has a new owner is removed by hand. */
function bootId(): string | undefined {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return undefined;
  }
}

function heldBy(path: string, holder: LockHolder | undefined): UserError {
  const who =
    holder === undefined
      ? "by an unknown process"
      : `by process ${holder.pid} on ${holder.host} since ${holder.since}`;
  return new UserError(
    `this stack is in use ${who}. Wait for that run to end; if it is certainly gone, remove ${path}.`,
  );
}
