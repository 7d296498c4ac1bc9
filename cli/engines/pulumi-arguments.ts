import { PARALLEL_OPERATIONS } from "../../model/values/parallelism.ts";

/** What commands of the Pulumi CLI are given besides, unless whoever calls them has said something else. */

const PARALLEL_COMMANDS = new Set(["up", "update", "preview", "pre", "refresh", "destroy", "down"]);
const COMPARING_COMMANDS = new Set(["up", "update", "preview", "pre"]);

/** As many operations at a time as the stack has use for. */
export function withParallelism(args: readonly string[]): string[] {
  const [command = "", ...rest] = args;
  const given = rest.some((arg) => /^(--parallel(=|$)|-p)/.test(arg));
  if (!PARALLEL_COMMANDS.has(command) || given) return [...args];
  return [command, "--parallel", String(PARALLEL_OPERATIONS), ...rest];
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
