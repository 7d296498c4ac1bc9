import { writeFileSync } from "node:fs";
import type { CommandEntry } from "../terminal/command.ts";
import { domainList } from "./domain-list.ts";
import { absolute, currentText, type GeneratedFile } from "./generated-file.ts";

type Commands = readonly CommandEntry[];

/** Writes what is stale. @returns what was written */
export async function generate(commands: Commands, signal: AbortSignal): Promise<string[]> {
  const write = ({ file }: GeneratedFile, text: string): void =>
    writeFileSync(absolute(file), text);
  const domains = await staleText(domainList, signal);
  if (domains !== undefined) write(domainList, domains);
  // All texts first: where something is wrong, nothing more is written.
  const texts = await Promise.all(
    (await others(commands)).map(async (one) => ({ one, text: await staleText(one, signal) })),
  );
  const written = texts.flatMap(({ one, text }) => {
    if (text === undefined) return [];
    write(one, text);
    return [one.file];
  });
  return domains === undefined ? written : [domainList.file, ...written];
}

/** Files that do not say what they should, as paths in the project. */
export async function staleFiles(commands: Commands, signal: AbortSignal): Promise<string[]> {
  // Where the list of domains is stale, nothing else can be told of them.
  if ((await staleText(domainList, signal)) !== undefined) return [domainList.file];
  const stale = await Promise.all(
    (await others(commands)).map(async (one) =>
      (await staleText(one, signal)) === undefined ? [] : [one.file],
    ),
  );
  return stale.flat();
}

/** Loaded late, because they load the list of domains. */
const others = async (commands: Commands): Promise<readonly GeneratedFile[]> =>
  (await import("./generated-files.ts")).generatedFiles(commands);

/** What a file should say, where it says something else. */
async function staleText(one: GeneratedFile, signal: AbortSignal): Promise<string | undefined> {
  const text = await one.text(signal);
  return text === currentText(one.file) ? undefined : text;
}
