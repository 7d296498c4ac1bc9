import { readFileSync } from "node:fs";
import type { ConnectOptions } from "../../clients/kafka/connect-options.ts";
import {
  type ExporterConfig,
  exporterConfigSchema,
} from "../../model/observability/exporter-config.ts";
import { UserError } from "../../model/values/user-error.ts";

/** Reads and checks the exporter's file. @throws UserError with every fault in it */
export function readConfig(file: string): ExporterConfig {
  let written: unknown;
  try {
    written = JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} is not JSON: ${(error as Error).message}`);
  }
  const { data, error } = exporterConfigSchema.safeParse(written);
  if (data) return data;
  const faults = error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
  throw new UserError(`${file} is not what the exporter takes:\n${faults.join("\n")}`);
}

/** How to reach the cluster; the secrets are read from their files. */
export function connectOptions(config: ExporterConfig, deadlineMs: number): ConnectOptions {
  const { bootstrapServers, login, caFile } = config;
  const { username, mechanism, passwordFile } = login;
  return {
    bootstrapServers,
    deadlineMs,
    sasl: { username, mechanism, password: readText(passwordFile).trim() },
    ...(caFile !== undefined && { tls: { ca: readText(caFile) } }),
  };
}

/** Who may see the status page; the password is read from its file. */
export const pageLogin = ({ username, passwordFile }: NonNullable<ExporterConfig["page"]>) => ({
  username,
  password: readText(passwordFile).trim(),
});

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? "?"}`);
  }
}
