import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../model/values/user-error.ts";
import { text } from "../terminal/arguments.ts";
import type { Arguments } from "../terminal/command.ts";

/** Name of the Pulumi project; prefix of its configuration keys. */
export const PROJECT = "kafka-platform";

export const PROJECT_DIR = path.resolve(import.meta.dirname, "../..");

/** Where everything local is kept: state, secrets, caches. Outside git, readable by its owner only. */
export const localDir = (): string =>
  process.env["KAFKA_PLATFORM_HOME"] ?? path.join(PROJECT_DIR, ".kafka-platform");

/** One stack of the project, by name, with the files that configure it. */
export interface Stack {
  readonly name: string;
  /** What is reviewed and in git. */
  readonly file: string;
  /** What only this machine knows: secrets of a dev stack, the base image that can be had here. */
  readonly localFile: string;
}

const STACK_NAME = /^[a-zA-Z0-9_.-]{1,100}$/;

/** @throws UserError when the name is impossible or the file is not there */
export function findStack(name = "dev", configFile?: string): Stack {
  if (!STACK_NAME.test(name)) {
    throw new UserError(
      `"${name}" cannot be the name of a stack: wanted letters, digits, dots, hyphens, underscores.`,
    );
  }
  const file = path.resolve(configFile ?? path.join(PROJECT_DIR, `Pulumi.${name}.yaml`));
  if (!existsSync(file)) {
    throw new UserError(
      `There is no stack file ${file}. Name an existing stack with --stack, or copy Pulumi.dev.yaml to it.`,
    );
  }
  return { name, file, localFile: path.join(localDir(), name, `Pulumi.${name}.yaml`) };
}

/** Every stack that has a file in the project. */
export const stackNames = (): string[] =>
  readdirSync(PROJECT_DIR).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);

/** The stack that a command is about. @throws UserError as {@link findStack} does */
export const stackOf = (args: Arguments): Stack =>
  findStack(text(args, "stack"), text(args, "config-file"));
