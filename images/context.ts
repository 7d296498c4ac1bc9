import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A folder to build an image from, and a hash that changes when any file in it does. */
export interface BuildContext {
  readonly context: string;
  readonly contextHash: string;
}

/**
 * The build context of the broker image. Its path is relative to the working folder, so that two
 * checkouts declare the same thing.
 */
export const brokerImageContext = (): BuildContext =>
  buildContext(path.relative(process.cwd(), path.join(import.meta.dirname, "kafka")));

/** Names and contents count; times and owners, which differ between checkouts, do not. */
function buildContext(context: string): BuildContext {
  const files = readdirSync(context, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(context, path.join(entry.parentPath, entry.name)))
    .sort();
  const hash = createHash("sha256");
  for (const file of files) {
    const content = readFileSync(path.join(context, file));
    hash.update(`${file}\0${String(content.length)}\0`).update(content);
  }
  return { context, contextHash: hash.digest("hex") };
}
