import {
  appendFileSync,
  existsSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { reservePath } from "../../engine/state/journal-file.ts";
import { Journal, readJournal } from "../../engine/state/journal.ts";
import { UserError } from "../../model/values/user-error.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

async function reopen(path: string): Promise<Journal> {
  return Journal.open(path, await readJournal(path));
}

async function entries(path: string): Promise<Record<string, unknown>> {
  return Object.fromEntries((await readJournal(path)).entries);
}

test("a missing journal is empty; what was committed is there after reopening, for its owner only", async () => {
  const path = join(temporaryDirectory(), "stack", "state.journal");
  expect(await entries(path)).toEqual({});
  const journal = await reopen(path);
  await journal.commit({ set: { a: 1, b: { deep: ["ü"] } } });
  await journal.commit({ set: { a: 2 }, remove: ["b"] });
  await journal.close({ succeeded: true });
  expect(await entries(path)).toEqual({ a: 2 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
});

test("closing compacts; what a successful run left is kept until another one succeeds", async () => {
  const path = join(temporaryDirectory(), "state.journal");
  const run = async (values: readonly number[], succeeded: boolean) => {
    const journal = await reopen(path);
    for (const a of values) await journal.commit({ set: { a } });
    await journal.close({ succeeded });
  };
  await run([1, 2, 3, 4, 5], false);
  expect((await readJournal(path)).lines).toBe(1);
  expect(await readdir(dirname(path))).toEqual(["state.journal"]);
  await run([6], true);
  expect(readFileSync(`${path}.bak`)).toEqual(readFileSync(path));
  await run([7, 8], false);
  expect([await entries(path), await entries(`${path}.bak`)]).toEqual([{ a: 8 }, { a: 6 }]);
  // Nothing to compact, and good all the same.
  await run([], true);
  expect(await entries(`${path}.bak`)).toEqual({ a: 8 });
  expect((await readdir(dirname(path))).sort()).toEqual(["state.journal", "state.journal.bak"]);
  expect(statSync(`${path}.bak`).mode & 0o777).toBe(0o600);
});

test("a cut in what was compacted is refused wherever it is, and the copy beside it named", async () => {
  const path = join(temporaryDirectory(), "state.journal");
  const journal = await reopen(path);
  for (const key of ["a", "b", "c"]) await journal.commit({ set: { [key]: 1 } });
  await journal.close({ succeeded: true });
  const whole = readFileSync(path);
  const wayBack = `Nothing was changed. Put back a copy of the file: ${path}.bak is what the last successful run left.`;
  for (let length = whole.length - 1; length >= 0; length -= 1) {
    truncateSync(path, length);
    const left = whole.subarray(0, length).toString().split("\n").length - 1;
    const what = left === 0 ? "empty" : `cut off: it has ${left - 1} of 3 lines`;
    await expect(readJournal(path)).rejects.toThrow(
      new UserError(`the state file ${path} is ${what}. ${wayBack}`),
    );
  }
  const [seal = "", first = "", second = "", ...others] = whole.toString().split("\n");
  writeFileSync(path, [seal, second, first, ...others].join("\n"));
  await expect(readJournal(path)).rejects.toThrow("damaged in its first 3 lines");
});

test("a file without a seal, as older releases wrote it, is read, and sealed by the next run", async () => {
  const path = join(temporaryDirectory(), "state.journal");
  const old = await reopen(path);
  await old.commit({ set: { a: 1 } });
  const text = readFileSync(path);
  await old.close({ succeeded: true });
  writeFileSync(path, text);
  expect(await readJournal(path)).toMatchObject({ lines: 1, seal: undefined });
  await (await reopen(path)).close({ succeeded: true });
  expect(await readJournal(path)).toMatchObject({ lines: 1, seal: { lines: 1 } });
  expect(await entries(path)).toEqual({ a: 1 });
});

test("changes of one turn share a write, and are on disk when their promises resolve", async () => {
  const path = join(temporaryDirectory(), "state.journal");
  let writes = 0;
  const journal = await Journal.open(
    path,
    await readJournal(path),
    async (handle, bytes, position) => {
      writes += 1;
      await handle.write(bytes, 0, undefined, position);
    },
  );
  const writing = Array.from({ length: 500 }, (_, index) =>
    journal.commit({ set: { [index]: index } }),
  );
  await writing[0];
  expect(Object.keys(await entries(path))).toHaveLength(500);
  await Promise.all(writing);
  expect(writes).toBe(1);
  await Promise.all([journal.commit({ set: { x: 1 } }), journal.commit({ set: { y: 1 } })]);
  expect(writes).toBe(2);
  await journal.close({ succeeded: true });
});

test("a torn last line is ignored and cut off before anything follows it", async () => {
  const path = join(temporaryDirectory(), "state.journal");
  let journal = await reopen(path);
  await journal.commit({ set: { a: 1 } });
  await journal.close({ succeeded: true });
  const whole = readFileSync(path, "utf8");
  for (const torn of [
    "0",
    '00000000 {"set"',
    whole.trimEnd().split("\n").at(-1) ?? "",
    "\0\0\0\0",
  ]) {
    writeFileSync(path, whole + torn);
    expect(await entries(path)).toEqual({ a: 1 });
  }
  journal = await reopen(path);
  await journal.commit({ set: { b: 2 } });
  await journal.close({ succeeded: true });
  expect(await entries(path)).toEqual({ a: 1, b: 2 });
});

test("a journal cut anywhere gives back what was committed up to there", async () => {
  const path = join(temporaryDirectory(), "state.journal");
  const journal = await reopen(path);
  for (let round = 0; round < 4; round += 1)
    await journal.commit({ set: { [`k${round}`]: round } });
  const whole = readFileSync(path);
  await journal.close({ succeeded: false });
  writeFileSync(path, whole);
  for (let length = whole.length; length >= 0; length -= 1) {
    truncateSync(path, length);
    const kept = whole.subarray(0, length).toString().split("\n").length - 1;
    expect(Object.keys(await entries(path))).toEqual(["k0", "k1", "k2", "k3"].slice(0, kept));
  }
});

test("damage anywhere else is refused by file and line", async () => {
  const path = join(temporaryDirectory(), "state.journal");
  const journal = await reopen(path);
  await journal.commit({ set: { a: 1 } });
  await journal.commit({ set: { b: 2 } });
  await journal.close({ succeeded: true });
  const damaged = readFileSync(path, "utf8").replace('"a":1', '"a":7');
  writeFileSync(path, damaged);
  await expect(readJournal(path)).rejects.toThrow(
    new UserError(
      `the state file ${path} is damaged at line 2: its checksum does not match. Nothing was changed. ` +
        `Put back a copy of the file: ${path}.bak is what the last successful run left.`,
    ),
  );
  writeFileSync(path, readFileSync(path, "utf8").replace('"a":7', '"a":1'));
  appendFileSync(path, "\n");
  await expect(readJournal(path)).rejects.toThrow("damaged at line 4");
});

test.each(["null", "[]", "7", '{"set":[]}', '{"remove":"a"}', '{"remove":[1]}', '{"put":{}}'])(
  "a line that is whole and says %s is no change, and refused by file and line",
  async (json) => {
    const path = join(temporaryDirectory(), "state.journal");
    const line = `${crc32(json).toString(16).padStart(8, "0")} ${json}\n`;
    writeFileSync(path, line);
    await expect(readJournal(path)).rejects.toThrow(
      new UserError(
        `the state file ${path} is damaged at line 1: it is no change of the state. Nothing was changed. ` +
          "Put back a copy of the file.",
      ),
    );
  },
);

test("a full disk is reported, with what was being recorded safe in the room kept for it", async () => {
  const path = join(temporaryDirectory(), "state.journal");
  const full = Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  let room = Infinity;
  const journal = await Journal.open(
    path,
    await readJournal(path),
    async (handle, bytes, position) => {
      const free = existsSync(reservePath(path)) ? room : 100;
      await handle.write(bytes.subarray(0, free), 0, undefined, position);
      if (free < bytes.length) throw full;
    },
  );
  await journal.commit({ set: { a: 1 } });
  expect(journal.fault).toBeUndefined();
  room = 7;
  await journal.commit({ set: { b: 2 } });
  expect(journal.fault?.message).toBe(
    `the disk is full: ${path} could not be extended. What was done so far is recorded; ` +
      `free some space and run the same command again.`,
  );
  await expect(journal.commit({ set: { c: "x".repeat(200) } })).rejects.toThrow("the disk is full");
  await journal.close({ succeeded: true });
  expect(await entries(path)).toEqual({ a: 1, b: 2 });
});

test("a journal that cannot be written is one clear message", async () => {
  const path = join(temporaryDirectory(), "state.journal");
  const journal = await Journal.open(path, await readJournal(path), () =>
    Promise.reject(new Error("EIO: i/o error")),
  );
  await expect(journal.commit({ set: { a: 1 } })).rejects.toThrow(
    new UserError(`the state file ${path} could not be written: EIO: i/o error`),
  );
  await journal.close({ succeeded: true });
});
