import { declaredCatalogue } from "../stack/declared-catalogue.ts";
import { stackNames } from "../stack/project.ts";
import type { Command, CommandEntry, Flag } from "../terminal/command.ts";

/** What may stand on the command line instead of its last word, which may be empty. */
export async function candidates(
  words: readonly string[],
  commands: readonly CommandEntry[],
): Promise<string[]> {
  const [name = "", ...rest] = words;
  const begun = words.at(-1) ?? "";
  const entry = commands.find((command) => command.name === name);
  const all =
    words.length <= 1
      ? [...commands.map((command) => command.name), "help", "--help", "--version"]
      : name === "help"
        ? commands.map((command) => command.name)
        : entry === undefined
          ? []
          : wordsOf((await entry.load()).command, rest);
  return all.filter((word) => word.startsWith(begun));
}

function wordsOf(command: Command, words: readonly string[]): string[] {
  const { flags } = command;
  if (command.passThrough) return [];
  const before = words.slice(0, -1);
  const previous = flagOf(flags, before.at(-1));
  if (previous?.flag.type === "string") return valuesOf(previous.name, previous.flag.value);
  if (words.at(-1)?.startsWith("-") === true) {
    const unused = Object.keys(flags).map((flag) => `--${flag}`);
    return [...unused, "--help"].filter((flag) => !before.includes(flag));
  }
  const positionals = before.filter(
    (word, at) => !word.startsWith("-") && flagOf(flags, before[at - 1])?.flag.type !== "string",
  );
  const placeholder = placeholders(command.positionals?.usage ?? "")[positionals.length];
  return placeholder === undefined ? [] : valuesOf(placeholder, placeholder);
}

function flagOf(flags: Readonly<Record<string, Flag>>, word = "") {
  const name = word.startsWith("--") ? word.slice(2) : "";
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
  return flag && { name, flag };
}

/** `[ACCOUNT [OPERATION RESOURCE]]` is ACCOUNT, OPERATION, RESOURCE. */
const placeholders = (usage: string): string[] => usage.match(/[^\s[\]]+/g) ?? [];

/** The values of a flag or of a positional argument: a choice, or names of what there is. */
function valuesOf(name: string, value = ""): string[] {
  if (/^[\w-]+(\|[\w-]+)+$/.test(value)) return value.split("|");
  switch (name) {
    case "stack":
      return stackNames();
    case "topic":
      return named(({ topics }) => topics);
    case "ACCOUNT":
      return named(({ accounts }) => accounts);
    default:
      return [];
  }
}

/** Nothing is offered while something in the catalogue is wrong. */
function named(
  of: (catalogue: ReturnType<typeof declaredCatalogue>) => readonly { readonly name: string }[],
): string[] {
  try {
    return of(declaredCatalogue()).map(({ name }) => name);
  } catch {
    return [];
  }
}
