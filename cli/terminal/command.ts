/** What a command is, and the flags that mean the same in all of them. */

export interface Flag {
  readonly type: "boolean" | "string";
  /** How the help shows a string's value. `one|other` is a choice, and completed as one. */
  readonly value?: string;
  /** A string that may be given several times. */
  readonly multiple?: true;
  readonly description: string;
}

export interface Arguments {
  readonly flags: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  /** What is not a flag: the command's positional arguments, or everything of one that wraps another. */
  readonly rest: readonly string[];
}

export interface Command {
  /** What the one line in the list of commands does not say, in sentences. */
  readonly description?: string;
  readonly flags: Readonly<Record<string, Flag>>;
  /** The arguments besides flags: how the usage shows them, and how many there may be. */
  readonly positionals?: { readonly usage: string; readonly counts: readonly number[] };
  /** The flag with which it needs no positional argument. */
  readonly instead?: string;
  /** Takes all arguments unread, because they belong to a command of somebody else. */
  readonly passThrough?: boolean;
  /** When it ends with {@link EXIT.needsAttention}. */
  readonly needsAttention?: string;
  /**
   * @param all every command, for one that speaks of the others
   * @returns the exit code
   */
  run(args: Arguments, all: readonly CommandEntry[]): Promise<number>;
}

/** A command in the list of all; it is loaded when it is called. */
export interface CommandEntry {
  readonly name: string;
  readonly group: string;
  /** One line of at most 72 characters. */
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** The exit codes of every command. */
export const EXIT = {
  fine: 0,
  error: 1,
  /** Something needs a person: a violation, an unapproved change, too little room, orphans. */
  needsAttention: 2,
} as const;

const STACK: Flag = {
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
/** Of a command that reads a stack's configuration. */
export const configFlags = { stack: STACK, "config-file": CONFIG_FILE } as const;
/** Of a command on a stack that is up, or is to be. */
export const stackFlags = { ...configFlags, engine: ENGINE } as const;
export const YES: Flag = { type: "boolean", description: "do not ask" };
export const FORMAT: Flag = {
  type: "string",
  value: "text|json",
  description: "json is one document on standard output (default: text)",
};
