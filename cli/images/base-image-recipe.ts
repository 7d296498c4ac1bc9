import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { JMX_AGENT } from "../../images/jars.ts";

/** Folder with everything that decides how the local base image comes out. */
export const RECIPE_FOLDER = path.resolve(import.meta.dirname, "../../images/base");

/** Label of the local base image: the recipe it was made by. */
export const RECIPE_LABEL = "kafka-platform.recipe";

/** Image settings that the official image has too. */
export const IMAGE_CHANGES = [
  "ENV JAVA_HOME=/opt/java/openjdk",
  "ENV PATH=/opt/java/openjdk/bin:/opt/kafka/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
  "USER 1000",
] as const;

/** Changes whenever the local base image would come out differently. */
export async function localRecipe(): Promise<string> {
  return recipeHash(await filesOf(RECIPE_FOLDER), [JMX_AGENT, ...IMAGE_CHANGES]);
}

/** Pure: one hash over files (by relative path) and settings, in any order of the files. */
export function recipeHash(
  files: ReadonlyMap<string, Uint8Array>,
  settings: readonly string[],
): string {
  const hash = createHash("sha256").update(JSON.stringify(settings));
  for (const [name, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(JSON.stringify([name, content.length])).update(content);
  }
  return hash.digest("hex").slice(0, 16);
}

export async function filesOf(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(async (file) => [path.relative(folder, file), await readFile(file)] as const),
    ),
  );
}
