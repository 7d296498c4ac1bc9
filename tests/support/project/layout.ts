import path from "node:path";

/** Texts of source files, by their path in the project. */
export type Sources = Readonly<Record<string, string>>;

const IMPORT = /\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;

/** What each file imports of the others, for their types alone included. */
function importsOf(sources: Sources): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(sources).map(([file, text]) => {
      const named = [...text.matchAll(IMPORT)].map(([, to = ""]) =>
        path.posix.join(path.posix.dirname(file), to),
      );
      return [file, named.filter((to) => to in sources)] as const;
    }),
  );
}

/** One line for each circle of imports that is met: `a.ts → b.ts → a.ts`. */
export function importCycles(sources: Sources): string[] {
  const imports = importsOf(sources);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) cycles.push([...trail.slice(start), file].join(" → "));
    if (start >= 0 || done.has(file)) return;
    for (const to of imports.get(file) ?? []) visit(to, [...trail, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return cycles;
}

/** The folders at the top that some file is in; those that begin with a dot aside. */
export const topFolders = (files: readonly string[]): string[] =>
  [...new Set(files.filter((file) => file.includes("/")).map((file) => file.split("/")[0] ?? ""))]
    .filter((folder) => !folder.startsWith("."))
    .sort();

/** Folders with more source files beside each other than `most`, with their number. */
export function crowdedFolders(
  files: readonly string[],
  most: number,
): Readonly<Record<string, number>> {
  const sources = files.filter((file) => /\.(ts|js|mjs)$/.test(file));
  const counts = [...Map.groupBy(sources, (file) => path.posix.dirname(file))].map(
    ([folder, all]) => [folder, all.length] as const,
  );
  return Object.fromEntries(counts.filter(([, count]) => count > most));
}
