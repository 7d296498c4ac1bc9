import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A folder to build an image from, and a hash that changes when any file in it does. */
export interface BuildContext {
  readonly context: string;
  readonly contextHash: string;
}

const PROJECT_DIR = path.dirname(import.meta.dirname);

/**
 * The build context of the broker image. Its path is relative to the project's folder, so that two
 * checkouts declare the same thing; both engines resolve it there.
 */
export const brokerImageContext = (): BuildContext => buildContext("images/kafka");

/** Names and contents count; times and owners, which differ between checkouts, do not. */
function buildContext(context: string): BuildContext {
  const folder = path.join(PROJECT_DIR, context);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  const hash = createHash("sha256");
  for (const file of files) {
    const content = readFileSync(path.join(folder, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return { context, contextHash: hash.digest("hex") };
}
