import { parseArgs } from "node:util";
import { z } from "zod";
import { duration, size } from "../../model/values/values.ts";
import { UserError } from "../../model/values/user-error.ts";
import type { Arguments, Command } from "./command.ts";
import { usageLine } from "./usage.ts";

/** @throws UserError that names the wrong argument and shows how the command is called */
export function parseArguments(name: string, command: Command, args: readonly string[]): Arguments {
  if (command.passThrough) return { flags: {}, rest: args };
  try {
    const { positionals: wanted, instead } = command;
    const { values, positionals } = parseArgs({
      args: joined(command, args),
      options: Object.fromEntries(
        Object.entries(command.flags).map(([flag, { type, multiple = false }]) => [
          flag,
          { type, multiple },
        ]),
      ),
      strict: true,
      allowPositionals: wanted !== undefined,
    });
    const counts = instead !== undefined && values[instead] === true ? [0] : wanted?.counts;
    if (counts?.includes(positionals.length) === false) {
      const what = counts === wanted?.counts ? wanted.usage : `no argument with --${instead ?? ""}`;
      throw new Error(`Wanted ${what}, given ${positionals.join(" ") || "nothing"}`);
    }
    return { flags: values as Arguments["flags"], rest: positionals };
  } catch (error) {
    const [reason] = (error as Error).message.split(/\. |\n/);
    throw new UserError(
      `${reason ?? "wrong arguments"}.\nUsage: ${usageLine(name, command)}\n` +
        `\`npx kafka-platform ${name} --help\` explains the flags.`,
    );
  }
}

/** `--by -5` as `--by=-5`: a value that begins with a hyphen would be taken for a flag. */
function joined(command: Command, args: readonly string[]): string[] {
  const words: string[] = [];
  for (const word of args) {
    const last = words.at(-1) ?? "";
    const flag = last.startsWith("--") ? command.flags[last.slice(2)] : undefined;
    if (flag?.type === "string" && /^-\d+$/.test(word)) words.splice(-1, 1, `${last}=${word}`);
    else words.push(word);
  }
  return words;
}

/** The values of a flag that may be repeated. */
export const texts = (args: Arguments, flag: string): readonly string[] => {
  const value = args.flags[flag];
  return Array.isArray(value) ? (value as readonly string[]) : [];
};

/** The value of a string flag, or undefined. */
export const text = (args: Arguments, flag: string): string | undefined =>
  typeof args.flags[flag] === "string" ? args.flags[flag] : undefined;

/** Whether a boolean flag is given. */
export const isSet = (args: Arguments, flag: string): boolean => args.flags[flag] === true;

/** `given` as one of `allowed`. @throws UserError that says what the flag may be */
export function oneOf<T extends string>(flag: string, given: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === given);
  if (found !== undefined) return found;
  throw new UserError(`--${flag} ${given}: wanted ${allowed.join(", ")}.`);
}

/** `--format`, text where it is not given. */
export const formatOf = (args: Arguments): "text" | "json" =>
  oneOf("format", text(args, "format") ?? "text", ["text", "json"]);

/** A result on standard output: lines for a person, or one JSON document. */
export function print(
  args: Arguments,
  result: { readonly lines: readonly string[]; readonly json: unknown },
): void {
  const isJson = formatOf(args) === "json";
  console.log(isJson ? JSON.stringify(result.json, undefined, 2) : result.lines.join("\n"));
}

const AMOUNT = /^([\d.]+)\s*([A-Za-z]+)$/;

/** A size as in declarations, `50 MiB`; without its blank, too, because a shell wants quotes for one. */
export const typedSize = z
  .string()
  .transform((given) => given.replace(AMOUNT, "$1 $2"))
  .pipe(size);

/** A duration as in declarations, `14d`, and with a blank. */
export const typedDuration = z
  .string()
  .transform((given) => given.replace(AMOUNT, "$1$2"))
  .pipe(duration);
