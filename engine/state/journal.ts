import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { backupPath, JournalFile, replaceFile, type Write } from "./journal-file.ts";
import {
  type Change,
  formatLine,
  isChange,
  isSeal,
  parseLine,
  type Seal,
  sealed,
} from "./journal-line.ts";
import type { Json } from "../values/encoding.ts";
import { hasCode, messageOf, UserError } from "../../model/values/user-error.ts";

export interface JournalContent {
  readonly entries: Map<string, Json>;
  /** Bytes up to the end of the last whole line. */
  readonly length: number;
  /** Changes, without the seal before them. */
  readonly lines: number;
  /** What the file was compacted to; undefined where it was not since it was made, or by an older release. */
  readonly seal: Seal | undefined;
}

/**
 * Reads a journal: one line per change, `<CRC-32 in hex> <JSON>`. A last line without its line feed
 * was being written when the machine stopped and is ignored; any other damage is refused. What was
 * there when the file was compacted is sealed by its first line, so that a cut in it is noticed, too.
 * A missing file is an empty journal.
 */
export async function readJournal(path: string): Promise<JournalContent> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  });
  if (bytes === undefined) return { entries: new Map(), length: 0, lines: 0, seal: undefined };
  const length = bytes.lastIndexOf(0x0a) + 1;
  const lines = length === 0 ? [] : bytes.toString("utf8", 0, length - 1).split("\n");
  const damaged = (what: string): UserError =>
    new UserError(`the state file ${path} is ${what}. Nothing was changed. ${putBack(path)}`);
  // Without its first line a file that was sealed looks like one that nothing was written to yet.
  if (lines.length === 0 && existsSync(backupPath(path))) throw damaged("empty");

  const entries = new Map<string, Json>();
  let seal: Seal | undefined;
  lines.forEach((line, index) => {
    const at = `damaged at line ${index + 1}`;
    const content = parseLine(line);
    if (content === undefined) throw damaged(`${at}: its checksum does not match`);
    if (index === 0 && isSeal(content.value)) seal = content.value.sealed;
    else if (isChange(content.value)) apply(entries, content.value);
    else throw damaged(`${at}: it is no change of the state`);
  });
  if (seal === undefined) return { entries, length, lines: lines.length, seal };
  const changes = lines.slice(1);
  if (changes.length < seal.lines) {
    throw damaged(`cut off: it has ${changes.length} of ${seal.lines} lines`);
  }
  if (sealed(changes.slice(0, seal.lines)).crc !== seal.crc) {
    throw damaged(`damaged in its first ${seal.lines} lines: their checksum does not match`);
  }
  return { entries, length, lines: changes.length, seal };
}

function putBack(path: string): string {
  const backup = backupPath(path);
  return existsSync(backup)
    ? `Put back a copy of the file: ${backup} is what the last successful run left.`
    : "Put back a copy of the file.";
}

function apply(entries: Map<string, Json>, change: Change): void {
  for (const key of change.remove ?? []) entries.delete(key);
  for (const [key, value] of Object.entries(change.set ?? {})) entries.set(key, value);
}

/**
 * A journal open for writing. Changes made in the same turn of the event loop, or while a write is
 * under way, share one write and one flush to the disk.
 */
export class Journal {
  readonly #file: JournalFile;
  readonly #entries: Map<string, Json>;
  #lines: number;
  /** How many of them the seal is about. */
  readonly #sealedLines: number | undefined;
  #queue: string[] = [];
  /** The write that will take the queue, and the one under way. */
  #scheduled: Promise<void> | undefined;
  #writing: Promise<void> | undefined;
  #fault: UserError | undefined;

  private constructor(file: JournalFile, content: JournalContent) {
    this.#file = file;
    this.#entries = content.entries;
    this.#lines = content.lines;
    this.#sealedLines = content.seal?.lines;
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
    this.#queue.push(`${formatLine(change)}\n`);
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

  /**
   * Waits for what is under way, then rewrites the file without what was overwritten, sealed. After a
   * run that succeeded a copy of it is kept, until the next one that succeeds.
   */
  async close({ succeeded }: { readonly succeeded: boolean }): Promise<void> {
    while (this.#scheduled !== undefined) await Promise.allSettled([this.#scheduled]);
    await Promise.allSettled([this.#writing]);
    await this.#file.close();
    if (this.#fault !== undefined) return;
    const lines = [...this.#entries].map(([key, value]) => formatLine({ set: { [key]: value } }));
    const text = [formatLine({ sealed: sealed(lines) }), ...lines]
      .map((line) => `${line}\n`)
      .join("");
    const { path } = this.#file;
    const isCompact = this.#lines === this.#entries.size && this.#lines === this.#sealedLines;
    // Without room for a second copy the long file stays as it is: it holds the same.
    if (!isCompact && !(await replacedIfRoom(path, text))) return;
    if (succeeded) await replacedIfRoom(backupPath(path), text);
  }
}

/** @returns whether there was room for it */
async function replacedIfRoom(path: string, text: string): Promise<boolean> {
  try {
    await replaceFile(path, text);
    return true;
  } catch (error) {
    await rm(`${path}.new`, { force: true });
    if (!hasCode(error, "ENOSPC")) throw error;
    return false;
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
