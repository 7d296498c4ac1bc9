import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { RunOptions } from "../../engine/stack/update.ts";
import type { StackTarget } from "../../engine/state/state.ts";
import type { Declaration } from "./declaration.ts";

export const PASSPHRASE = { value: "correct horse", source: "the test" };
const PROGRAM = join(import.meta.dirname, "programs", "declared.ts");

/** A stack of the declared program, in a directory of its own. */
export function makeTarget(directory: string): StackTarget {
  const main = relative(directory, PROGRAM);
  writeFileSync(join(directory, "package.json"), JSON.stringify({ type: "module", main }));
  return {
    projectDir: directory,
    project: "fakes",
    stack: "test",
    stateDir: join(directory, "state"),
    passphrase: PASSPHRASE,
  };
}

export interface Settings {
  readonly hooks?: readonly string[];
  readonly outputs?: unknown;
  readonly misbehave?: string;
  readonly secret?: string;
}

/** Options that make the declared program make these resources. */
export function optionsFor(
  target: StackTarget,
  declarations: readonly Declaration[],
  { secret = "hunter2-hunter2", misbehave, hooks = [], outputs = {} }: Settings = {},
): Omit<RunOptions, "providers" | "onEvent"> {
  const endpoint = { name: "endpoint", type: "Provider", inputs: { endpoint: "here" } };
  const declared = declarations.map((declaration) =>
    declaration.type === "Provider"
      ? declaration
      : { ...declaration, options: { provider: "endpoint", ...declaration.options } },
  );
  return {
    target,
    config: {
      values: {
        "fakes:declarations": JSON.stringify([endpoint, ...declared]),
        "fakes:hooks": JSON.stringify(hooks),
        "fakes:outputs": JSON.stringify(outputs),
        "fakes:secret": secret,
        ...(misbehave !== undefined && { "fakes:misbehave": misbehave }),
      },
      secretKeys: ["fakes:secret"],
    },
  };
}
