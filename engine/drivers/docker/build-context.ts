/** Packs a build context, the folder a Dockerfile copies from, for the daemon. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Readable } from "node:stream";
import dockerignore from "@balena/dockerignore";
import { tarArchive, type TarEntry } from "./tar-archive.ts";

export interface BuildContext {
  readonly archive: Readable;
  /** Path of the Dockerfile in the archive. */
  readonly dockerfile: string;
}

/**
 * @param root absolute path of the folder
 * @param dockerfile path, absolute or relative to the context, inside it
 */
export function packBuildContext(root: string, dockerfile: string): BuildContext {
  const inside = relative(root, resolve(root, dockerfile)).split(sep).join("/");
  if (inside.startsWith("../") || isAbsolute(inside)) {
    throw new Error(`build.dockerfile must lie inside build.context ${root}, not at ${dockerfile}`);
  }
  const entries = listContext(root, inside);
  if (!entries.some((entry) => entry.path === inside)) {
    throw new Error(`there is no file ${inside} in build.context ${root}`);
  }
  return { archive: tarArchive(entries), dockerfile: inside };
}

/** What the daemon receives: owned by root, in a fixed order, so that equal contexts hit its cache. */
function listContext(root: string, dockerfile: string): TarEntry[] {
  const names = folder(root);
  const sent = isSent(
    names.includes(".dockerignore") ? readFileSync(join(root, ".dockerignore"), "utf8") : "",
    dockerfile,
  );
  return names.filter(sent).map((path) => entryOf(root, path));
}

/**
 * Which paths `.dockerignore` leaves to the daemon. The Dockerfile and that file itself always go along, as
 * with `docker build`.
 */
export function isSent(ignoreFile: string, dockerfile: string): (path: string) => boolean {
  const always = new Set([dockerfile, ".dockerignore"]);
  const rules = dockerignore.default({ ignorecase: false });
  const kept = rules.add(withoutExpressions(ignoreFile)).createFilter();
  return (path) => always.has(path) || kept(path);
}

/** The library makes regular expressions of patterns, in which these have a meaning that Docker does not know. */
const withoutExpressions = (ignoreFile: string): string =>
  ignoreFile.replaceAll(/\\.|[+(){}|]/gs, (part) => (part.length > 1 ? part : `\\${part}`));

function folder(root: string): string[] {
  try {
    return readdirSync(root, { recursive: true, encoding: "utf8" })
      .map((path) => path.split(sep).join("/"))
      .filter((path) => kindOf(join(root, path)) !== undefined)
      .sort();
  } catch (error) {
    throw new Error(`build.context ${root} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function kindOf(path: string): "file" | "link" | "directory" | undefined {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return "link";
  if (stat.isDirectory()) return "directory";
  return stat.isFile() ? "file" : undefined;
}

function entryOf(root: string, path: string): TarEntry {
  const file = join(root, path);
  const stat = lstatSync(file);
  const mode = stat.mode & 0o777;
  switch (kindOf(file)) {
    case "link":
      return { path, mode, body: { linkTo: readlinkSync(file) } };
    case "directory":
      return { path, mode, body: { directory: true } };
    default:
      return { path, mode, body: { file, size: stat.size } };
  }
}
