import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockedFile } from "../../../cli/machine/docker-lock.ts";
import { isRunning } from "../../../cli/machine/host.ts";

let folder: string;
const lock = () => path.join(folder, "docker.lock");
/** The id of a process that is certainly gone. */
const dead = () => String(spawnSync(process.execPath, ["--version"]).pid);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "docker-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("is taken over from a dead process by one of many at a time, and left by all", async () => {
  for (let round = 0; round < 3; round += 1) {
    writeFileSync(lock(), dead());
    let [inside, most, done] = [0, 0, 0];
    const work = async () => {
      most = Math.max(most, (inside += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
      done += 1;
    };
    await Promise.all([1, 2, 3].map(() => lockedFile(lock(), () => undefined, work)));
    expect({ most, done }).toEqual({ most: 1, done: 3 });
  }
  expect(readdirSync(folder)).toEqual([]);
});

it("stays with who took it over while another still looked at the dead holder", async () => {
  const gone = dead();
  writeFileSync(lock(), gone);
  const reports: string[] = [];
  let held = false;
  const second = lockedFile(
    lock(),
    (line) => {
      reports.push(line);
      // The first one has done its work.
      held = readFileSync(lock(), "utf8") === String(process.pid);
      rmSync(lock());
    },
    () => Promise.resolve(),
    (pid) => {
      if (String(pid) !== gone) return isRunning(pid);
      // Between this look and what follows from it, the first one takes over.
      writeFileSync(lock(), String(process.pid));
      return false;
    },
  );
  await second;
  expect({ held, reports }).toEqual({
    held: true,
    reports: ["waiting for another process that prepares Docker"],
  });
});

it("is taken over although the process that was about to do so died as well", async () => {
  for (const file of [lock(), `${lock()}.takeover`]) writeFileSync(file, dead());
  await lockedFile(
    lock(),
    () => undefined,
    () => Promise.resolve(),
  );
  expect(readdirSync(folder)).toEqual([]);
});
