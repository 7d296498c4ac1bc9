import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { BuildContext } from "./context.ts";

const PROJECT_DIR = path.dirname(import.meta.dirname);
const PROGRAM = "services/exporter/main.ts";
const DOCKERFILE = "images/exporter/Dockerfile";
/** All that Node has to know of the project to run its files. */
const PACKAGE = `${JSON.stringify({ private: true, type: "module" })}\n`;

/** Packages describe themselves in these to people and to compilers; nobody reads them in an image. */
const UNUSED = /\.(d\.[cm]?ts|map|md|markdown)$/;
const IMPORT = /^(?:import|export)\s(?:[^"';]*?\sfrom\s)?"([^"]+)";/gm;

/**
 * The files of the exporter's image, as paths in the project: the program, what it imports from there on,
 * and the packages that those import, without their optional parts, which are made for one machine.
 */
export function exporterFiles(): string[] {
  const sources = new Set<string>();
  const packages = new Set<string>();
  const follow = (file: string): void => {
    if (sources.has(file)) return;
    sources.add(file);
    for (const [, name = ""] of readText(file).matchAll(IMPORT)) {
      if (name.startsWith(".")) follow(path.join(path.dirname(file), name));
      else if (!name.startsWith("node:")) addPackage(packageOf(name), ".", packages);
    }
  };
  follow(PROGRAM);
  return [...sources, ...[...packages].flatMap(packageFiles)].sort();
}

/**
 * Writes the files, and the Dockerfile, into a folder that is emptied first.
 *
 * @param folder where, relative to the project, for example `.kafka-platform/exporter-image`
 */
export function assembleExporterContext(folder: string): BuildContext {
  const target = path.join(PROJECT_DIR, folder);
  rmSync(target, { recursive: true, force: true });
  const hash = createHash("sha256");
  const write = (file: string, content: Buffer): void => {
    hash.update(`${file}\0${String(content.length)}\0`).update(content);
    mkdirSync(path.dirname(path.join(target, file)), { recursive: true });
    writeFileSync(path.join(target, file), content, { mode: 0o644 });
  };
  const read = (file: string): Buffer => readFileSync(path.join(PROJECT_DIR, file));
  for (const file of exporterFiles()) write(file, read(file));
  write("package.json", Buffer.from(PACKAGE));
  write("Dockerfile", read(DOCKERFILE));
  return { context: folder, contextHash: hash.digest("hex") };
}

/** Adds a package and what it depends on, each found as Node finds it: beside its user, or further up. */
function addPackage(name: string, user: string, packages: Set<string>): void {
  let [folder, found] = [user, path.join(user, "node_modules", name)];
  while (!existsSync(path.join(PROJECT_DIR, found, "package.json"))) {
    if (folder === ".") throw new Error(`the package ${name} is not installed: run npm ci`);
    folder = path.dirname(folder);
    found = path.join(folder, "node_modules", name);
  }
  if (packages.has(found)) return;
  packages.add(found);
  const { dependencies = {} } = JSON.parse(readText(path.join(found, "package.json"))) as {
    dependencies?: Record<string, string>;
  };
  for (const dependency of Object.keys(dependencies)) addPackage(dependency, found, packages);
}

function packageFiles(folder: string): string[] {
  const files = readdirSync(path.join(PROJECT_DIR, folder), {
    recursive: true,
    withFileTypes: true,
  });
  return files
    .filter((entry) => entry.isFile() && !UNUSED.test(entry.name))
    .map((entry) => path.relative(PROJECT_DIR, path.join(entry.parentPath, entry.name)))
    .filter((file) => !path.relative(folder, file).split(path.sep).includes("node_modules"));
}

/** `@scope/name/file` → `@scope/name`. */
const packageOf = (name: string): string =>
  name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");

const readText = (file: string): string => readFileSync(path.join(PROJECT_DIR, file), "utf8");
