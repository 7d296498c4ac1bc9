import * as pulumi from "@pulumi/pulumi";
import { describeFaults, SettingsError } from "./components/settings/faults.ts";
import {
  SECRET_KEYS,
  type StackConfig,
  stackConfigSchema,
  stackSecretSchema,
} from "./components/settings/stack-config.ts";

/** The stack's configuration, parsed; secrets stay Outputs. */
export type Config = StackConfig & { readonly stackSecret: pulumi.Output<string> };

/**
 * Reads and checks the whole configuration of the stack. The only reader of Pulumi's configuration.
 *
 * @throws SettingsError with every fault: unknown keys, wrong values, missing secrets
 */
export function loadConfig(): Config {
  const config = new pulumi.Config();
  const prefix = `${config.name}:`;
  const given = Object.entries(pulumi.runtime.allConfig()).flatMap(([key, value]) =>
    key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
  );
  const secrets = new Set(Object.keys(SECRET_KEYS));
  const input = Object.fromEntries(
    given.filter(([key]) => !secrets.has(key)).map(([key, value]) => [key, fromText(value)]),
  );

  const parsed = stackConfigSchema.safeParse(input);
  const faults = [
    ...(parsed.success ? [] : describeFaults(parsed.error, input, prefix)),
    ...stackSecretFaults(config, prefix),
  ];
  if (!parsed.success || faults.length > 0) {
    throw new SettingsError(`The configuration of stack ${pulumi.getStack()} is not valid`, faults);
  }
  return { ...parsed.data, stackSecret: config.requireSecret("stackSecret") };
}

/**
 * Runs `load` so that what it refuses reaches the user as a message and not as a stack trace.
 */
export function reported<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    throw error instanceof SettingsError ? new pulumi.RunError(error.message) : error;
  }
}

/** Configuration arrives as text; objects, numbers and booleans are JSON in it. */
function fromText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Looks at the secret only to judge it: its value is never part of a message. */
function stackSecretFaults(config: pulumi.Config, prefix: string): string[] {
  const secret = config.get("stackSecret");
  const key = `${prefix}stackSecret`;
  if (secret === undefined) {
    const made = "`npm start` and `npm run init` make it";
    return [
      `${key}: missing; ${made}, with the Pulumi CLI \`pulumi config set --secret stackSecret …\``,
    ];
  }
  return stackSecretSchema.safeParse(secret).success
    ? []
    : [`${key}: given a value of another shape; wanted 32 or more letters and digits`];
}
