import { parseArgs } from "node:util";
import { UserError } from "../../model/values/user-error.ts";

export interface Flag {
  readonly type: "boolean" | "string";
  /** Shown for a string's value in the usage. */
  readonly value?: string;
  readonly description: string;
}

export interface Arguments {
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  /** What is not a flag: the command's positional argument, or everything of one that wraps another. */
  readonly rest: readonly string[];
}

export interface Command {
  readonly summary: string;
  readonly flags: Readonly<Record<string, Flag>>;
  /** Name, in the usage, of the one argument that it needs besides flags. */
  readonly positional?: string;
  /** Instead of that one, several: how the usage shows them, and how many there may be. */
  readonly positionals?: { readonly usage: string; readonly counts: readonly number[] };
  /** The flag with which it needs none. */
  readonly instead?: string;
  /** Takes all arguments unread, because they belong to a command of somebody else. */
  readonly passThrough?: boolean;
  /** @returns the exit code */
  run(args: Arguments): Promise<number>;
}

/** Flags that more than one command has, so that they mean the same everywhere. */
export const STACK: Flag = {
  type: "string",
  value: "NAME",
  description: "the stack: Pulumi.NAME.yaml is its configuration (default: dev)",
};
export const CONFIG_FILE: Flag = {
  type: "string",
  value: "FILE",
  description: "use FILE instead of Pulumi.NAME.yaml",
};
const ENGINE: Flag = {
  type: "string",
  value: "auto|pulumi|embedded",
  description:
    "which engine: auto takes the one that holds the stack, else the Pulumi CLI, else the embedded one",
};
/** Of a command on a stack that is up, or is to be. */
export const OF_A_STACK = { stack: STACK, "config-file": CONFIG_FILE, engine: ENGINE } as const;
export const YES: Flag = { type: "boolean", description: "do not ask" };

/** @throws UserError that names the wrong argument and shows what the command takes */
export function parseArguments(name: string, command: Command, args: readonly string[]): Arguments {
  if (command.passThrough) return { flags: {}, rest: args };
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: Object.fromEntries(
        Object.entries(command.flags).map(([flag, { type }]) => [flag, { type }]),
      ),
      strict: true,
      allowPositionals: (command.positional ?? command.positionals) !== undefined,
    });
    const { positional, instead } = command;
    if (command.positionals?.counts.includes(positionals.length) === false) {
      throw new Error(`Wanted ${command.positionals.usage}, given ${positionals.join(" ")}`);
    }
    const wanted = instead !== undefined && values[instead] === true ? 0 : 1;
    if (positional !== undefined && positionals.length !== wanted) {
      const what = wanted === 0 ? `no ${positional} with --${instead ?? ""}` : `one ${positional}`;
      throw new Error(`Wanted ${what}, given ${positionals.length}`);
    }
    return { flags: values, rest: positionals };
  } catch (error) {
    const [reason] = (error as Error).message.split(/\. |\n/);
    throw new UserError(`${reason ?? "wrong arguments"}.\n${usage(name, command)}`);
  }
}

export function usage(name: string, command: Command): string {
  const { summary, flags, positional = command.positionals?.usage, instead } = command;
  const entries = Object.entries(flags).map(([flag, { value, description }]) => [
    `  --${flag}${value === undefined ? "" : ` ${value}`}`,
    description,
  ]);
  const width = Math.max(0, ...entries.map(([flag = ""]) => flag.length));
  const lines = entries.map(([flag = "", text = ""]) => `${flag.padEnd(width)}  ${text}`);
  const call = name === "start" ? "npm start" : `npm run ${name}`;
  const named = instead === undefined ? positional : `${positional ?? ""}|--${instead}`;
  const argument = named === undefined ? "" : `${named} `;
  return [`${call} -- ${argument}[flags]: ${summary}`, ...lines].join("\n");
}

/** The value of a string flag, or undefined. */
export const text = (args: Arguments, flag: string): string | undefined =>
  typeof args.flags[flag] === "string" ? args.flags[flag] : undefined;

/** `given` as one of `allowed`. @throws UserError that says what the flag may be */
export function oneOf<T extends string>(flag: string, given: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === given);
  if (found !== undefined) return found;
  throw new UserError(`--${flag} ${given}: wanted ${allowed.join(", ")}.`);
}
