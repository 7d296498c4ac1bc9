import { writeFileSync } from "node:fs";
import { domainList } from "../generated/domain-list.ts";
import { absolute, currentText, type GeneratedFile } from "../generated/generated-file.ts";
import { isSet } from "../terminal/arguments.ts";
import { EXIT, type Command, type CommandEntry } from "../terminal/command.ts";
import { abortOnInterrupt } from "../terminal/interrupt.ts";

export const command: Command = {
  description:
    "That is the list of domains, docs/catalogue.md, CODEOWNERS, the JSON Schema of stack files, the rules in " +
    "docs/policies.md, the commands in README.md, and kafka.lock.json, which refuses what has moved without an alias.",
  needsAttention: "with --check a file is not as it should be",
  flags: {
    check: { type: "boolean", description: "write nothing, and name the files that are stale" },
  },
  async run(args, all) {
    const { signal, release } = abortOnInterrupt();
    const isCheck = isSet(args, "check");
    try {
      const stale = isCheck ? await staleFiles(all, signal) : await generate(all, signal);
      for (const file of stale) console.log(isCheck ? `${file} is stale` : `wrote ${file}`);
      if (isCheck && stale.length > 0) console.error("Run `npx kafka-platform generate`.");
      else if (stale.length === 0) console.log("Every generated file is as it should be.");
      return isCheck && stale.length > 0 ? EXIT.needsAttention : EXIT.fine;
    } finally {
      release();
    }
  },
};

type Commands = readonly CommandEntry[];

/** Writes what is stale. @returns what was written */
async function generate(commands: Commands, signal: AbortSignal): Promise<string[]> {
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

async function staleFiles(commands: Commands, signal: AbortSignal): Promise<string[]> {
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
  (await import("../generated/generated-files.ts")).generatedFiles(commands);

/** What a file should say, where it says something else. */
async function staleText(one: GeneratedFile, signal: AbortSignal): Promise<string | undefined> {
  const text = await one.text(signal);
  return text === currentText(one.file) ? undefined : text;
}
