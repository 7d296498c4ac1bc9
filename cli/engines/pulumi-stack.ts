import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { UserError } from "../../model/values/user-error.ts";
import { mergedStackFile } from "../stack/effective-config.ts";
import { keyFile } from "../stack/passphrase-source.ts";
import { localDir, PROJECT_DIR, type Stack } from "../stack/project.ts";
import { askPulumi, runPulumi } from "./pulumi-cli.ts";
import { PULUMI_YAML, writePrivately } from "../stack/stack-file.ts";

/**
 * Runs a command of the Pulumi CLI on a stack as this project's commands see it: with what only this
 * machine knows laid over the stack file. `pulumi` itself, without this, sees the stack file alone.
 */
export function runPulumiOn(stack: Stack, args: readonly string[]): Promise<number> {
  const env = passphraseFile();
  makeStack(stack, env);
  return runPulumi([...args, "--stack", stack.name, "--config-file", mergedFile(stack)], { env });
}

/**
 * What the Pulumi CLI needs to see of a stack what only this machine knows; undefined where that is
 * nothing. Without it the CLI makes a salt of its own, and the state can be read with neither afterwards.
 */
export const ofThisMachine = (stack: Stack) =>
  existsSync(stack.localFile)
    ? { configFile: mergedFile(stack), env: passphraseFile() }
    : undefined;

function mergedFile(stack: Stack): string {
  const merged = path.join(localDir(), stack.name, "merged.yaml");
  writePrivately(merged, stringify(mergedStackFile(stack), PULUMI_YAML));
  return merged;
}

/** What a command about the stack prints, or undefined when it fails. */
export const askPulumiOn = (stack: Stack, args: readonly string[]): string | undefined =>
  askPulumi([...args, "--stack", stack.name], passphraseFile());

/** Secrets are encrypted with this machine's key file where nothing else is said. */
function passphraseFile(): NodeJS.ProcessEnv {
  const said =
    process.env["PULUMI_CONFIG_PASSPHRASE"] ?? process.env["PULUMI_CONFIG_PASSPHRASE_FILE"];
  return said === undefined && existsSync(keyFile())
    ? { PULUMI_CONFIG_PASSPHRASE_FILE: keyFile() }
    : {};
}

/** Makes the stack in the CLI's backend where it is new. The CLI would leave a salt in the stack file. */
function makeStack(stack: Stack, extra: NodeJS.ProcessEnv): void {
  if (askPulumi(["stack", "ls", "--json"], extra)?.includes(`"name": "${stack.name}"`)) return;
  const file = path.join(PROJECT_DIR, `Pulumi.${stack.name}.yaml`);
  const before = existsSync(file) ? readFileSync(file) : undefined;
  if (askPulumi(["stack", "init", stack.name, "--no-select"], extra) === undefined) {
    throw new UserError(
      `The Pulumi CLI cannot make stack ${stack.name}: run \`npm run pulumi -- stack init ${stack.name}\` to see why.`,
    );
  }
  if (before) writeFileSync(file, before);
  else rmSync(file, { force: true });
}
