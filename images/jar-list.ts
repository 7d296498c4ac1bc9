import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** SHA-256 in hexadecimal of each jar, by its path such as `libs/kafka-clients-4.3.1.jar`. */
export type JarList = ReadonlyMap<string, string>;

/** The list of the jars that are fetched, in the format of `sha256sum`. */
export const JAR_LIST_FILE = path.join(import.meta.dirname, "jars.sha256");

/** Reads a list in the format of `sha256sum`. */
export function parseJarList(text: string): JarList {
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line) => {
      const [, hash, name] = /^([0-9a-f]{64}) {2}(\S+\.jar)$/.exec(line) ?? [];
      if (!hash || !name) {
        throw new Error(`${JAR_LIST_FILE}: "${line}" is no line of sha256sum about a jar.`);
      }
      return [name, hash];
    }),
  );
}

/** The other way round of {@link parseJarList}, sorted by name. */
export function formatJarList(list: JarList): string {
  const sorted = [...list].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([name, hash]) => `${hash}  ${name}\n`).join("");
}

/** What is in `folder/libs` and `folder/agent`. */
export async function listJars(folder: string): Promise<JarList> {
  const list = new Map<string, string>();
  for (const part of ["agent", "libs"]) {
    if (!existsSync(path.join(folder, part))) continue;
    for (const name of await readdir(path.join(folder, part))) {
      const content = await readFile(path.join(folder, part, name));
      list.set(`${part}/${name}`, createHash("sha256").update(content).digest("hex"));
    }
  }
  return list;
}

/**
 * Refuses jars that are not exactly those of the list: a repository, a proxy or a cache may give others
 * under the same name.
 */
export async function verifyJars(folder: string, wanted: JarList): Promise<void> {
  const given = await listJars(folder);
  const faults = [...new Set([...wanted.keys(), ...given.keys()])].sort().flatMap((name) => {
    const [has, wants] = [given.get(name), wanted.get(name)];
    if (has === wants) return [];
    if (has === undefined) return [`${name} is missing`];
    if (wants === undefined) return [`${name} is not in the list`];
    return [`${name} has SHA-256 ${has}, wanted ${wants}`];
  });
  if (faults.length === 0) return;
  throw new Error(
    `the jars in ${folder} are not those of images/jars.sha256: ${faults.join("; ")}. ` +
      "Remove that folder and these jars from Maven's local repository (~/.m2/repository), then try again. " +
      "If images/base/pom.xml was changed, make the list anew: node images/write-jar-list.ts",
  );
}
