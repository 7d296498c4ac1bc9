import { PARALLEL_OPERATIONS } from "../../model/values/parallelism.ts";

/** What commands of the Pulumi CLI are given besides, unless whoever calls them has said something else. */

const PARALLEL_COMMANDS = new Set(["up", "update", "preview", "pre", "refresh", "destroy", "down"]);
const COMPARING_COMMANDS = new Set(["up", "update", "preview", "pre"]);

/** The stack that a command names. @returns undefined where it is left to what is selected */
export function stackNamed(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => /^(--stack|-s)(=|$)/.test(arg));
  return at < 0 ? undefined : (args[at]?.split("=", 2)[1] ?? args[at + 1]);
}

/** Whether a command changes what is there. */
export const isUp = ([command = ""]: readonly string[]): boolean => /^(up|update)$/.test(command);

/** As many operations at a time as the stack has use for. */
export function withParallelism(args: readonly string[]): string[] {
  const [command = "", ...rest] = args;
  const given = rest.some((arg) => /^(--parallel(=|$)|-p)/.test(arg));
  if (!PARALLEL_COMMANDS.has(command) || given) return [...args];
  return [command, "--parallel", String(PARALLEL_OPERATIONS), ...rest];
}

/** The configuration of the stack, for the commands that read it, unless another is given. */
export function withConfigFile(args: readonly string[], file: string | undefined): string[] {
  const [command = "", ...rest] = args;
  const given = rest.some((arg) => /^(--config-file(=|$)|--help$|-h$)/.test(arg));
  if (file === undefined || given || !PARALLEL_COMMANDS.has(command)) return [...args];
  return [command, "--config-file", file, ...rest];
}

/**
 * A look at what is really there, before it is compared: the CLI itself believes its state, in which
 * neither what was changed by hand is, nor a roll that was interrupted. A saved plan has been compared.
 */
export function withRefresh(args: readonly string[]): string[] {
  const [command = "", ...rest] = args;
  const given = rest.some((arg) => /^(--(refresh|plan)(=|$)|-r|--help$|-h$)/.test(arg));
  if (!COMPARING_COMMANDS.has(command) || given) return [...args];
  return [command, "--refresh", ...rest];
}
