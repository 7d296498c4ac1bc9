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
  await journal.close();
  expect(await entries(path)).toEqual({ a: 2 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
});

test("closing compacts, and keeps the file before as a copy", async () => {
  const path = join(temporaryDirectory(), "state.journal");
  const journal = await reopen(path);
  for (let round = 0; round < 5; round += 1) await journal.commit({ set: { a: round } });
  expect((await readJournal(path)).lines).toBe(5);
  await journal.close();
  expect((await readJournal(path)).lines).toBe(1);
  expect((await readJournal(`${path}.bak`)).lines).toBe(5);
  expect((await readdir(dirname(path))).sort()).toEqual(["state.journal", "state.journal.bak"]);
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
  await journal.close();
});

test("a torn last line is ignored and cut off before anything follows it", async () => {
  const path = join(temporaryDirectory(), "state.journal");
  let journal = await reopen(path);
  await journal.commit({ set: { a: 1 } });
  await journal.close();
  const whole = readFileSync(path, "utf8");
  for (const torn of ["0", '00000000 {"set"', whole.trimEnd(), "\0\0\0\0"]) {
    writeFileSync(path, whole + torn);
    expect(await entries(path)).toEqual({ a: 1 });
  }
  journal = await reopen(path);
  await journal.commit({ set: { b: 2 } });
  await journal.close();
  expect(await entries(path)).toEqual({ a: 1, b: 2 });
});

test("a journal cut anywhere gives back what was committed up to there", async () => {
  const path = join(temporaryDirectory(), "state.journal");
  const journal = await reopen(path);
  for (let round = 0; round < 4; round += 1)
    await journal.commit({ set: { [`k${round}`]: round } });
  const whole = readFileSync(path);
  await journal.close();
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
  await journal.close();
  const damaged = readFileSync(path, "utf8").replace('"a":1', '"a":7');
  writeFileSync(path, damaged);
  await expect(readJournal(path)).rejects.toThrow(
    new UserError(
      `the state file ${path} is damaged at line 1: its checksum does not match. Nothing was changed. ` +
        `Put back a copy of the file (${path}.bak is the one before the last run).`,
    ),
  );
  writeFileSync(path, readFileSync(path, "utf8").replace('"a":7', '"a":1'));
  appendFileSync(path, "\n");
  await expect(readJournal(path)).rejects.toThrow("damaged at line 3");
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
          `Put back a copy of the file (${path}.bak is the one before the last run).`,
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
  await journal.close();
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
  await journal.close();
});
