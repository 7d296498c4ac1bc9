import { constants } from "node:fs";
import { mkdir, open, rename, rm, writeFile, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

const PRIVATE_FILE = 0o600;
const PRIVATE_DIRECTORY = 0o700;
/** Room for the records of everything that can be in flight when a disk fills up. */
const RESERVE_BYTES = 1 << 20;

/** Makes a directory that only its owner can read. */
export async function makePrivateDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: PRIVATE_DIRECTORY });
}

/** Writes all of `bytes` at `position`. */
export type Write = (handle: FileHandle, bytes: Buffer, position: number) => Promise<void>;

async function writeFully(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, undefined, position + written);
    written += bytesWritten;
  }
}

/** A file that only grows, durably. What it says it has written survives a power cut. */
export class JournalFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #write: Write;
  #length: number;

  private constructor(path: string, handle: FileHandle, length: number, write: Write) {
    this.path = path;
    this.#handle = handle;
    this.#length = length;
    this.#write = write;
  }

  /**
   * Opens the file for appending after its first `length` bytes; what follows them is cut off.
   * `write` is for tests, which put a full disk there.
   */
  static async open(path: string, length: number, write = writeFully): Promise<JournalFile> {
    await makePrivateDirectory(dirname(path));
    const flags = constants.O_RDWR | constants.O_CREAT;
    const handle = await open(path, flags, PRIVATE_FILE);
    await handle.truncate(length);
    const reserve = Buffer.alloc(RESERVE_BYTES, ".");
    await writeFile(reservePath(path), reserve, { mode: PRIVATE_FILE });
    return new JournalFile(path, handle, length, write);
  }

  /** All of `text` is on disk when this resolves, and none of it when it rejects. */
  async append(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    try {
      await this.#write(this.#handle, bytes, this.#length);
      await this.#handle.datasync();
      this.#length += bytes.length;
    } catch (error) {
      await this.#handle.truncate(this.#length);
      throw error;
    }
  }

  /** Gives the room kept back for a full disk to the records that must still be written. */
  async useReserve(): Promise<void> {
    await rm(reservePath(this.path), { force: true });
  }

  async close(): Promise<void> {
    await this.#handle.close();
    await rm(reservePath(this.path), { force: true });
  }
}

/** Where the room kept back for a full disk lies. */
export function reservePath(path: string): string {
  return `${path}.reserve`;
}

/** Where what the last successful run left lies. */
export function backupPath(path: string): string {
  return `${path}.bak`;
}

/** Replaces a file's content at once, and durably. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  const handle = await open(temporary, "w", PRIVATE_FILE);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  const directory = await open(dirname(path), "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
