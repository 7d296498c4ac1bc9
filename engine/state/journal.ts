import { readFile, rm } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { JournalFile, replaceFile, type Write } from "./journal-file.ts";
import type { Json } from "../values/encoding.ts";
import { hasCode, messageOf, UserError } from "../../model/values/user-error.ts";

/** What one journal line does: sets and removes entries, all or none. */
export interface Change {
  readonly set?: Readonly<Record<string, Json>>;
  readonly remove?: readonly string[];
}

export interface JournalContent {
  readonly entries: Map<string, Json>;
  /** Bytes up to the end of the last whole line. */
  readonly length: number;
  readonly lines: number;
}

/**
 * Reads a journal: one line per change, `<CRC-32 in hex> <JSON>`. A last line without its line feed
 * was being written when the machine stopped and is ignored; any other damage is refused. A missing
 * file is an empty journal.
 */
export async function readJournal(path: string): Promise<JournalContent> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return Buffer.alloc(0);
    throw error;
  });
  const length = bytes.lastIndexOf(0x0a) + 1;
  const lines = length === 0 ? [] : bytes.toString("utf8", 0, length - 1).split("\n");
  const entries = new Map<string, Json>();
  lines.forEach((line, index) => {
    const json = line.slice(9);
    if (line !== `${checksum(json)} ${json}`) {
      throw new UserError(
        `the state file ${path} is damaged at line ${index + 1}: its checksum does not match. ` +
          `Nothing was changed. ${putBack(path)}`,
      );
    }
    const change: unknown = JSON.parse(json);
    if (!isChange(change)) {
      throw new UserError(
        `the state file ${path} is damaged at line ${index + 1}: it is no change of the state. ` +
          `Nothing was changed. ${putBack(path)}`,
      );
    }
    apply(entries, change);
  });
  return { entries, length, lines: lines.length };
}

const putBack = (path: string): string =>
  `Put back a copy of the file (${path}.bak is the one before the last run).`;

function isChange(value: unknown): value is Change {
  if (!isObject(value)) return false;
  const { set, remove, ...others } = value as Record<string, unknown>;
  return (
    Object.keys(others).length === 0 &&
    (set === undefined || isObject(set)) &&
    (remove === undefined ||
      (Array.isArray(remove) && remove.every((key) => typeof key === "string")))
  );
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function apply(entries: Map<string, Json>, change: Change): void {
  for (const key of change.remove ?? []) entries.delete(key);
  for (const [key, value] of Object.entries(change.set ?? {})) entries.set(key, value);
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}

function formatLine(change: Change): string {
  const json = JSON.stringify(change);
  return `${checksum(json)} ${json}\n`;
}

/**
 * A journal open for writing. Changes made in the same turn of the event loop, or while a write is
 * under way, share one write and one flush to the disk.
 */
export class Journal {
  readonly #file: JournalFile;
  readonly #entries: Map<string, Json>;
  #lines: number;
  #queue: string[] = [];
  /** The write that will take the queue, and the one under way. */
  #scheduled: Promise<void> | undefined;
  #writing: Promise<void> | undefined;
  #fault: UserError | undefined;

  private constructor(file: JournalFile, content: JournalContent) {
    this.#file = file;
    this.#entries = content.entries;
    this.#lines = content.lines;
  }

  static async open(path: string, content: JournalContent, write?: Write): Promise<Journal> {
    const file = await JournalFile.open(path, content.length, write).catch((error: unknown) => {
      throw writeFault(path, error);
    });
    return new Journal(file, content);
  }

  /**
   * Why nothing new may be started: the disk is full. What was under way is still recorded, in room
   * kept back for it.
   */
  get fault(): UserError | undefined {
    return this.#fault;
  }

  /** Resolves when the change is on disk. */
  commit(change: Change): Promise<void> {
    apply(this.#entries, change);
    this.#queue.push(formatLine(change));
    this.#scheduled ??= this.#flush();
    return this.#scheduled;
  }

  async #flush(): Promise<void> {
    await Promise.allSettled([this.#writing, nextTurn()]);
    const lines = this.#queue;
    this.#queue = [];
    this.#scheduled = undefined;
    this.#writing = this.#write(lines);
    await this.#writing;
  }

  async #write(lines: readonly string[]): Promise<void> {
    this.#lines += lines.length;
    const text = lines.join("");
    try {
      await this.#file.append(text);
    } catch (error) {
      const fault = writeFault(this.#file.path, error);
      this.#fault = fault;
      if (!hasCode(error, "ENOSPC")) throw fault;
      await this.#file.useReserve();
      await this.#file.append(text).catch(() => {
        throw fault;
      });
    }
  }

  /** Waits for what is under way, then rewrites the file without what was overwritten. */
  async close(): Promise<void> {
    while (this.#scheduled !== undefined) await Promise.allSettled([this.#scheduled]);
    await Promise.allSettled([this.#writing]);
    await this.#file.close();
    if (this.#fault !== undefined || this.#lines === this.#entries.size) return;
    const lines = [...this.#entries].map(([key, value]) => formatLine({ set: { [key]: value } }));
    // Without room for a second copy the long file stays as it is: it holds the same.
    await replaceFile(this.#file.path, lines.join("")).catch(async (error: unknown) => {
      await rm(`${this.#file.path}.new`, { force: true });
      if (!hasCode(error, "ENOSPC")) throw error;
    });
  }
}

function writeFault(path: string, error: unknown): UserError {
  return hasCode(error, "ENOSPC")
    ? new UserError(
        `the disk is full: ${path} could not be extended. What was done so far is recorded; ` +
          `free some space and run the same command again.`,
      )
    : new UserError(`the state file ${path} could not be written: ${messageOf(error)}`);
}
