import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const POM = path.join(import.meta.dirname, "base", "pom.xml");

/** The newest agent on Maven Central; later releases are not published there. */
export const JMX_AGENT = "io.prometheus.jmx:jmx_prometheus_javaagent:1.0.1";

const run = promisify(execFile);

/**
 * The folder with Kafka's jars (`libs/`) and the JMX exporter agent (`agent/`), fetched by Maven on
 * first use and kept under `cache`, keyed by the pinned pom so that a new version is a new folder.
 *
 * Fails when Maven is missing or a jar does not resolve; a half-fetched folder is never kept.
 */
export const fetchJars = (cache: string): Promise<string> =>
  fetched(cache, "kafka-jars", POM, JMX_AGENT);

/** As {@link fetchJars}, for what another pom depends on: `libs/` and no agent. */
export const fetchDependencies = (cache: string, name: string, pom: string): Promise<string> =>
  fetched(cache, name, pom);

async function fetched(cache: string, name: string, pom: string, agent?: string): Promise<string> {
  const hash = createHash("sha256").update(await readFile(pom));
  const key = hash
    .update(agent ?? "")
    .digest("hex")
    .slice(0, 12);
  const folder = path.join(cache, `${name}-${key}`);
  if (existsSync(folder)) return folder;

  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(path.join(cache, "partial-"));
  try {
    const libs = ["dependency:copy-dependencies", "-f", pom, "-DincludeScope=runtime"];
    await maven(libs, partial, "libs");
    if (agent) await maven(["dependency:copy", `-Dartifact=${agent}`], partial, "agent");
    await rename(partial, folder).catch((error: unknown) => {
      // Somebody else finished first: theirs is as good.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

async function maven(args: readonly string[], into: string, folder: string): Promise<void> {
  const output = `-DoutputDirectory=${path.join(into, folder)}`;
  try {
    await run("mvn", ["-B", "-q", ...args, output], { cwd: into, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      throw new Error("Maven is needed to fetch Kafka's jars, and there is no `mvn` on the PATH.", {
        cause: error,
      });
    }
    const { stdout = "" } = error as { stdout?: string };
    const reason = stdout.split("\n").find((line) => line.includes("ERROR")) ?? String(error);
    throw new Error(`Maven could not fetch Kafka's jars: ${reason}`, { cause: error });
  }
}
