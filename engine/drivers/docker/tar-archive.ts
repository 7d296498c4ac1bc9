/** Writes tar archives (POSIX ustar), the form in which the Docker API takes files and contexts. */
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";

export interface TarEntry {
  /** Path in the archive: relative to where it is unpacked, at most 255 bytes. */
  readonly path: string;
  /** Permission bits, such as 0o400. */
  readonly mode: number;
  /** Numeric owner and group; default root. */
  readonly uid?: number;
  readonly gid?: number;
  readonly body: TarBody;
}

export type TarBody =
  | { readonly content: Uint8Array }
  /** A file on disk, streamed; `size` in bytes as of the listing. */
  | { readonly file: string; readonly size: number }
  | { readonly linkTo: string }
  | { readonly directory: true };

const BLOCK = 512;
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;

/** Entries carry no modification time, so that equal files make equal archives. */
export function tarArchive(entries: Iterable<TarEntry>): Readable {
  return Readable.from(blocks(entries));
}

async function* blocks(entries: Iterable<TarEntry>): AsyncGenerator<Uint8Array> {
  for (const entry of entries) {
    const size = sizeOf(entry.body);
    yield header(entry, size);
    if ("content" in entry.body) yield entry.body.content;
    if ("file" in entry.body && size > 0) yield* fileOf(entry.body.file, size);
    yield Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** Exactly `size` bytes: a file that grows while it is read must not shift the entries behind it. */
async function* fileOf(file: string, size: number): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const chunk of createReadStream(file, {
    end: size - 1,
  }) as AsyncIterable<Uint8Array>) {
    sent += chunk.length;
    yield chunk;
  }
  if (sent !== size)
    throw new Error(`${file} shrank from ${size} to ${sent} bytes while being read`);
}

function sizeOf(body: TarBody): number {
  if ("content" in body) return body.content.length;
  return "file" in body ? body.size : 0;
}

function header(entry: TarEntry, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const { name, prefix } = splitPath(entry.path);
  const linkTo = "linkTo" in entry.body ? entry.body.linkTo : "";
  if (Buffer.byteLength(linkTo) > NAME_BYTES) {
    throw new Error(`${entry.path} links to a path longer than ${NAME_BYTES} bytes: ${linkTo}`);
  }
  block.write(name, 0);
  block.write(octal(entry.mode, 7), 100);
  block.write(octal(entry.uid ?? 0, 7), 108);
  block.write(octal(entry.gid ?? 0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(0, 11), 136);
  block.write(" ".repeat(8), 148);
  block.write("linkTo" in entry.body ? "2" : "directory" in entry.body ? "5" : "0", 156);
  block.write(linkTo, 157);
  block.write("ustar\0" + "00", 257);
  block.write(prefix, 345);
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${octal(checksum, 6)}\0 `, 148);
  return block;
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, "0");

/** A path beyond 100 bytes goes into two fields, cut at a slash. */
function splitPath(path: string): { name: string; prefix: string } {
  if (Buffer.byteLength(path) <= NAME_BYTES) return { name: path, prefix: "" };
  for (let cut = path.indexOf("/"); cut !== -1; cut = path.indexOf("/", cut + 1)) {
    const prefix = path.slice(0, cut);
    const name = path.slice(cut + 1);
    if (Buffer.byteLength(name) <= NAME_BYTES && Buffer.byteLength(prefix) <= PREFIX_BYTES) {
      return { name, prefix };
    }
  }
  throw new Error(`${path} is too long for a tar archive`);
}
