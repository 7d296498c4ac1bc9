import { readFileSync } from "node:fs";
import path from "node:path";
import { nearest } from "../model/values/spelling.ts";
import { UserError } from "../model/values/user-error.ts";
import { COMMANDS, FORMER_NAMES, findCommand } from "./command-table.ts";
import { parseArguments } from "./terminal/arguments.ts";
import { type CommandEntry, EXIT } from "./terminal/command.ts";
import { commandHelp, commandList } from "./terminal/usage.ts";

const HELP = ["--help", "-h"];

/**
 * Runs what a command line says.
 *
 * @returns the exit code
 * @throws UserError for what its user can mend
 */
export async function run(args: readonly string[]): Promise<number> {
  const [first = "help", ...rest] = args;
  if (first === "--version") return say(version());
  if (first === "help" || HELP.includes(first)) {
    const [about] = rest;
    return about === undefined || HELP.includes(about) ? say(commandList(COMMANDS)) : help(about);
  }
  if (first === "__complete") {
    const { candidates } = await import("./completion/candidates.ts");
    return say((await candidates(rest, COMMANDS)).join("\n"));
  }
  const { name, load } = known(first);
  const { command } = await load();
  const asksForHelp = command.passThrough ? rest.slice(0, 1) : upToDashes(rest);
  if (asksForHelp.some((word) => HELP.includes(word))) return help(name);
  return command.run(parseArguments(name, command, rest), COMMANDS);
}

async function help(given: string): Promise<number> {
  const entry = known(given);
  const { command } = await entry.load();
  return say(commandHelp(entry, command));
}

function say(text: string): number {
  console.log(text);
  return EXIT.fine;
}

/** @throws UserError with the name that was probably meant */
function known(given: string): CommandEntry {
  const now = FORMER_NAMES[given];
  if (now !== undefined) {
    console.error(
      `warning: \`${given}\` is called \`npx kafka-platform ${now}\` now; the old name goes with the next release.`,
    );
  }
  const command = findCommand(now ?? given);
  if (command) return command;
  const meant = nearest(
    given,
    COMMANDS.map(({ name }) => name),
  );
  const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`;
  throw new UserError(
    `There is no command "${given}".${hint} \`npx kafka-platform --help\` lists all of them.`,
  );
}

/** What comes after `--` is no flag. */
const upToDashes = (args: readonly string[]): readonly string[] =>
  args.includes("--") ? args.slice(0, args.indexOf("--")) : args;

function version(): string {
  const file = path.join(import.meta.dirname, "../package.json");
  const { version: number } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return `kafka-platform ${number}`;
}
