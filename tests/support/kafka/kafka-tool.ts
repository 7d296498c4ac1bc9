import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { renderProperties, scramClientProperties } from "../../../model/broker/secret-files.ts";
import { fetchJars } from "../../../images/jars.ts";
import { runJava } from "./java.ts";

const CACHE = path.resolve(import.meta.dirname, "../../../.kafka-platform/cache");

export interface ToolLogin {
  readonly bootstrap: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Certificates to trust, in PEM. Default: no TLS. */
  readonly ca?: string | undefined;
}

/** Runs one of Kafka's own tools from its jars with a client file that exists. */
export async function consoleTool(
  mainClass: string,
  { bootstrap, client }: { readonly bootstrap: string; readonly client: string },
  args: readonly string[],
  input?: string,
): Promise<string> {
  const libs = path.join(await fetchJars(CACHE), "libs", "*");
  const connection = ["--bootstrap-server", bootstrap, "--command-config", client];
  const java = ["-Dlog4j2.level=OFF", "-cp", libs, mainClass, ...connection, ...args];
  return runJava(java, input);
}

/** Runs one of Kafka's own tools from its jars, logged in by a file that only we can read. */
export async function kafkaTool(
  { bootstrap, username = "", password = "", ca }: ToolLogin,
  mainClass: string,
  args: readonly string[],
): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "kafka-tool-"));
  try {
    const client = path.join(folder, "client.properties");
    const truststore = ca === undefined ? undefined : path.join(folder, "ca.pem");
    if (truststore !== undefined) writeFileSync(truststore, ca ?? "");
    const properties = scramClientProperties(username, password, { truststore });
    writeFileSync(client, renderProperties(properties), { mode: 0o600 });
    return await consoleTool(mainClass, { bootstrap, client }, args);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
