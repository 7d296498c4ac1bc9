import { existsSync } from "node:fs";
import { SettingsError } from "../../model/values/faults.ts";
import { SECRET_KEYS, type StackConfig, readStackConfig } from "../../model/stack/stack-config.ts";
import { USER_PAIRS } from "../../model/credentials/platform-credentials.ts";
import type { AnyLive } from "../../model/credentials/rotation.ts";
import { openSalt, type Passphrase } from "../../engine/index.ts";
import { UserError } from "../../model/values/user-error.ts";
import { PROJECT, type Stack } from "./project.ts";
import {
  asText,
  editStackFile,
  encryptedText,
  mergeConfig,
  readStackFile,
  setConfigEntry,
  type StackFile,
} from "./stack-file.ts";

const PREFIX = `${PROJECT}:`;

/** The stack file with what only this machine knows laid over it. */
export function mergedStackFile(stack: Stack) {
  const shared = readStackFile(stack.file);
  if (!existsSync(stack.localFile)) return shared;
  const local = readStackFile(stack.localFile);
  if (local.encryptionsalt !== undefined && shared.encryptionsalt !== undefined) {
    throw new UserError(
      `${stack.file} and ${stack.localFile} both hold secrets, each under its own salt. ` +
        `Keep one: remove the secrets and the salt from the other.`,
    );
  }
  return { ...shared, ...local, config: mergeConfig(shared.config, local.config) };
}

/** Configuration as an engine takes it. */
export interface EngineConfig {
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/** Decrypts the secrets of the stack's configuration. @throws UserError for a wrong passphrase */
export async function engineConfig(stack: Stack, passphrase: Passphrase): Promise<EngineConfig> {
  const { config, encryptionsalt } = mergedStackFile(stack);
  const secrets = Object.entries(config).flatMap(([key, value]) => {
    const encrypted = encryptedText(value);
    return encrypted === undefined ? [] : [[key, encrypted] as const];
  });
  const values = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, asText(value)]),
  );
  if (secrets.length > 0) {
    if (encryptionsalt === undefined) {
      throw new UserError(`${stack.file} holds secrets but no encryptionsalt: it is incomplete.`);
    }
    const cipher = await openSalt(encryptionsalt, passphrase);
    for (const [key, encrypted] of secrets) values[key] = cipher.decrypt(encrypted);
  }
  return { values, secretKeys: secrets.map(([key]) => key) };
}

/**
 * The stack's configuration as the program will parse it, secrets left out.
 *
 * @throws UserError with every fault, before anything is started for it
 */
export const stackConfig = (stack: Stack): StackConfig =>
  parsedConfig(stack.file, mergedStackFile(stack).config);

/** The configuration as the stack file alone says it, without this machine's overrides. */
export const declaredConfig = (stack: Stack): StackConfig =>
  parsedConfig(stack.file, readStackFile(stack.file).config);

/**
 * The configuration of one stack file, secrets left out.
 *
 * @param file what it is called in a message
 * @throws UserError with every fault
 */
export function parsedConfig(file: string, config: StackFile["config"]): StackConfig {
  const input = Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => {
      const name = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;
      return name === undefined || name in SECRET_KEYS ? [] : [[name, value]];
    }),
  );
  const read = readStackConfig(input, PREFIX);
  for (const warning of read.warnings) warnOnce(`${file}: ${warning}`);
  if (read.config) return read.config;
  throw new UserError(new SettingsError(`${file} is not valid`, read.faults).message);
}

const warned = new Set<string>();

/** A command reads a stack file more than once, and says once what it thinks of it. */
function warnOnce(warning: string): void {
  if (!warned.has(warning)) console.error(`warning: ${warning}`);
  warned.add(warning);
}

/** Keys of the configuration that this machine sets for itself, kept out of git. */
export interface LocalOverrides {
  readonly cluster?: { readonly baseImage: string; readonly agentImage: string } | undefined;
  readonly ui?: { readonly enabled: false } | undefined;
  readonly observability?:
    Readonly<Record<string, { readonly image: string } | { readonly enabled: false }>> | undefined;
}

/** Writes the overrides of this machine; what is left out goes back to the stack file's value. */
export function writeOverrides(stack: Stack, overrides: LocalOverrides): void {
  editStackFile(stack.localFile, {
    config: {
      [`${PREFIX}cluster`]: overrides.cluster,
      [`${PREFIX}ui`]: overrides.ui,
      [`${PREFIX}observability`]: overrides.observability,
    },
  });
}

/** What the configuration says that accounts log in with, as far as it says so, by account. */
export const configuredCredentials = ({
  cluster,
  credentials,
}: StackConfig): Record<string, AnyLive> => ({
  ...credentials,
  ...(cluster.kind === "kubernetes" && {
    broker: cluster.brokerUsers,
    controller: cluster.controllerUsers,
  }),
});

/** Writes what an account may log in with into a stack file; the next run applies it. */
export function writeCredentials(file: string, account: string, live: AnyLive): void {
  const isPair = USER_PAIRS.some((pair) => pair === account);
  if (isPair) setConfigEntry(file, `${PREFIX}cluster`, `${account}Users`, live);
  else setConfigEntry(file, `${PREFIX}credentials`, account, live);
}
