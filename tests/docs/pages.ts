import { globSync, readFileSync } from "node:fs";
import path from "node:path";

/** Text of Markdown files by path, relative to the project. */
export type Pages = ReadonlyMap<string, string>;

export const ROOT = path.resolve(import.meta.dirname, "../..");

const FOREIGN = ["node_modules", ".git", ".kafka-platform"];

/** Every page of the project. */
export const pages: Pages = new Map(
  globSync("**/*.md", { cwd: ROOT, exclude: (name) => FOREIGN.includes(name) }).map((file) => [
    file,
    readFileSync(path.join(ROOT, file), "utf8"),
  ]),
);
