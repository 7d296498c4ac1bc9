import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { acquireLock } from "../../engine/state/lock.ts";
import { UserError } from "../../model/values/user-error.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** The id of a process that is certainly gone. */
function deadProcess(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}

test("a lock is refused to a second run, with who holds it, until it is released", async () => {
  const path = join(temporaryDirectory(), "stack", "lock");
  const lock = await acquireLock(path);
  expect(lock.takenOverFrom).toBeUndefined();
  const { since } = JSON.parse(readFileSync(path, "utf8")) as { since: string };
  await expect(acquireLock(path)).rejects.toThrow(
    `this stack is in use by process ${process.pid} on ${hostname()} since ${since}. ` +
      `Wait for that run to end; if it is certainly gone, remove ${path}.`,
  );
  await lock.release();
  expect(existsSync(path)).toBe(false);
  await (await acquireLock(path)).release();
  expect(await readdir(dirname(path))).toEqual([]);
});

test("the lock of a dead process of this host is taken over, by one run only", async () => {
  const path = join(temporaryDirectory(), "lock");
  const dead = { pid: deadProcess(), host: hostname(), since: new Date().toISOString() };
  writeFileSync(path, JSON.stringify(dead));
  const lock = await acquireLock(path);
  expect(lock.takenOverFrom).toEqual(dead);
  await lock.release();
});

test("of many runs that find a dead lock at once, one gets it", async () => {
  const path = join(temporaryDirectory(), "lock");
  const dead = { pid: deadProcess(), host: hostname(), since: new Date().toISOString() };
  for (let round = 0; round < 100; round += 1) {
    writeFileSync(path, JSON.stringify(dead));
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => acquireLock(path)));
    const taken = all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(taken).toHaveLength(1);
    await taken[0]?.release();
    expect(await readdir(dirname(path))).toEqual([]);
  }
});

test("a run that died while it took over a dead lock does not block the next one", async () => {
  const path = join(temporaryDirectory(), "lock");
  const dead = { pid: deadProcess(), host: hostname(), since: new Date().toISOString() };
  for (const file of [path, `${path}.takeover`]) writeFileSync(file, JSON.stringify(dead));
  const lock = await acquireLock(path);
  expect(lock.takenOverFrom).toEqual(dead);
  await lock.release();
  expect(await readdir(dirname(path))).toEqual([]);
});

test("a lock of another boot is dead whoever has its process id now", async () => {
  const path = join(temporaryDirectory(), "lock");
  const since = new Date().toISOString();
  const old = { pid: process.pid, host: hostname(), since, boot: randomUUID() };
  writeFileSync(path, JSON.stringify(old));
  expect((await acquireLock(path)).takenOverFrom).toEqual(old);
});

test("a live run keeps its lock when the clock is set forward", async () => {
  const path = join(temporaryDirectory(), "lock");
  const lock = await acquireLock(path);
  vi.useFakeTimers({ now: Date.now() + 365 * 86_400_000, toFake: ["Date"] });
  try {
    await expect(acquireLock(path)).rejects.toThrow(`in use by process ${process.pid} on`);
  } finally {
    vi.useRealTimers();
  }
  await lock.release();
});

test("a lock that does not say its boot is that of the process with its id", async () => {
  const path = join(temporaryDirectory(), "lock");
  const old = { pid: process.pid, host: hostname(), since: "2001-01-01T00:00:00.000Z" };
  writeFileSync(path, JSON.stringify(old));
  await expect(acquireLock(path)).rejects.toThrow("since 2001-01-01T00:00:00.000Z");
});

test("a lock of another host, or one that cannot be read, is respected", async () => {
  const path = join(temporaryDirectory(), "lock");
  const other = { pid: deadProcess(), host: "elsewhere", since: "2026-01-01T00:00:00.000Z" };
  writeFileSync(path, JSON.stringify(other));
  await expect(acquireLock(path)).rejects.toThrow(`by process ${other.pid} on elsewhere`);
  writeFileSync(path, "{");
  await expect(acquireLock(path)).rejects.toThrow("this stack is in use by an unknown process");
  expect(readFileSync(path, "utf8")).toBe("{");
});

test("a place that cannot be written is one clear message", async () => {
  const file = join(temporaryDirectory(), "file");
  writeFileSync(file, "");
  const path = join(file, "lock");
  const attempt = acquireLock(path);
  await expect(attempt).rejects.toBeInstanceOf(UserError);
  await expect(attempt).rejects.toThrow(`the stack could not be locked with ${path}: E`);
});
