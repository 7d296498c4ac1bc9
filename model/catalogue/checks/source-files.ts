import { readFileSync } from "node:fs";
import path from "node:path";
import { hasCode } from "../../values/user-error.ts";

/** The texts of files below a folder, by their names. What is no file there, such as what a test declares, is left out. */
export const sourceFiles = (folder: string, files: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    files.flatMap((file) => {
      try {
        return [[file, readFileSync(path.join(folder, file), "utf8")]];
      } catch (error) {
        if (hasCode(error, "ENOENT")) return [];
        throw error;
      }
    }),
  );
