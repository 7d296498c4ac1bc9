/** Writes tar archives, the form in which the Docker API takes files and build contexts. */
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pack, type Pack } from "tar-stream";

export interface TarEntry {
  /** Path in the archive: relative to where it is unpacked. */
  readonly path: string;
  /** Permission bits, such as 0o400. */
  readonly mode: number;
  /** Numeric owner and group. @default root */
  readonly uid?: number;
  readonly gid?: number;
  readonly body: TarBody;
}

type TarBody =
  | { readonly content: Uint8Array }
  /** A file on disk, streamed; `size` in bytes as of the listing. */
  | { readonly file: string; readonly size: number }
  | { readonly linkTo: string }
  | { readonly directory: true };

/** Of every entry, so that equal files make equal archives. */
const NO_TIME = new Date(0);

export function tarArchive(entries: Iterable<TarEntry>): Readable {
  const archive = pack();
  write(archive, entries).catch((error: unknown) => {
    archive.destroy(error as Error);
  });
  return Readable.from(archive);
}

async function write(archive: Pack, entries: Iterable<TarEntry>): Promise<void> {
  for (const { path: name, mode, uid = 0, gid = 0, body } of entries) {
    const header = { name, mode, uid, gid, mtime: NO_TIME };
    if ("directory" in body) archive.entry({ ...header, type: "directory" });
    else if ("linkTo" in body) {
      archive.entry({ ...header, type: "symlink", linkname: body.linkTo });
    } else if ("content" in body) archive.entry(header, Buffer.from(body.content));
    else if (body.size === 0) archive.entry(header, Buffer.alloc(0));
    else await pipeline(exactly(body), archive.entry({ ...header, size: body.size }));
  }
  archive.finalize();
}

/** Exactly `size` bytes: a file that grows while it is read must not shift the entries behind it. */
async function* exactly({ file, size }: { readonly file: string; readonly size: number }) {
  let sent = 0;
  for await (const chunk of createReadStream(file, { end: size - 1 }) as AsyncIterable<Buffer>) {
    sent += chunk.length;
    yield chunk;
  }
  if (sent !== size) {
    throw new Error(`${file} shrank from ${size} to ${sent} bytes while being read`);
  }
}
