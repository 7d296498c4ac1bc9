import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { PROJECT_DIR } from "../stack/project.ts";

/** A file that is made of the declarations or the code, and in git all the same: reviews see it change. */
export interface GeneratedFile {
  /** Where it is, from the project's folder. */
  readonly file: string;
  /** What it should say. @throws UserError when what it is made of is not right */
  readonly text: (signal: AbortSignal) => Promise<string> | string;
}

export const absolute = (file: string): string => path.join(PROJECT_DIR, file);

/** What it says; nothing where there is none. */
export const currentText = (file: string): string =>
  existsSync(absolute(file)) ? readFileSync(absolute(file), "utf8") : "";

/** `text` as the project's formatter would leave it. */
export const formatted = async (
  file: string,
  text: string,
  parser: "markdown" | "json" | "typescript",
): Promise<string> => format(text, { ...(await resolveConfig(absolute(file))), parser });
