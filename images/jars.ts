import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { JAR_LIST_FILE, type JarList, parseJarList, verifyJars } from "./jar-list.ts";

const POM = path.join(import.meta.dirname, "base", "pom.xml");

/** The newest agent on Maven Central; later releases are not published there. */
export const JMX_AGENT = "io.prometheus.jmx:jmx_prometheus_javaagent:1.0.1";

const run = promisify(execFile);

/**
 * The folder with Kafka's jars (`libs/`) and the JMX exporter agent (`agent/`), fetched by Maven on
 * first use and kept under `cache`, keyed by the pinned pom so that a new version is a new folder.
 *
 * Fails when Maven is missing, a jar does not resolve, or one is not that of the list (default:
 * images/jars.sha256), in the cache too; a half-fetched folder is never kept.
 */
export async function fetchJars(cache: string, list?: JarList): Promise<string> {
  const wanted = list ?? parseJarList(await readFile(JAR_LIST_FILE, "utf8"));
  const folder = await fetched(cache, "kafka-jars", POM, JMX_AGENT, wanted);
  await verifyJars(folder, wanted);
  return folder;
}

/** As {@link fetchJars}, for what another pom depends on: `libs/`, no agent, and no list. */
export const fetchDependencies = (cache: string, name: string, pom: string): Promise<string> =>
  fetched(cache, name, pom);

/** Copies Kafka's jars and the agent into `libs/` and `agent/` of an empty folder, whatever they are. */
export const copyKafkaJars = (into: string): Promise<void> => copyJars(into, POM, JMX_AGENT);

async function fetched(
  cache: string,
  name: string,
  pom: string,
  agent?: string,
  wanted?: JarList,
): Promise<string> {
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
    await copyJars(partial, pom, agent);
    if (wanted) await verifyJars(partial, wanted);
    await rename(partial, folder).catch((error: unknown) => {
      // Somebody else finished first: theirs is as good.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

async function copyJars(into: string, pom: string, agent?: string): Promise<void> {
  const libs = ["dependency:copy-dependencies", "-f", pom, "-DincludeScope=runtime"];
  await maven(libs, into, "libs");
  if (agent) await maven(["dependency:copy", `-Dartifact=${agent}`], into, "agent");
}

/** Maven only warns of a wrong checksum, and not at all when it is quiet, unless told to be strict. */
const MAVEN = ["-B", "-q", "--strict-checksums"] as const;

async function maven(args: readonly string[], into: string, folder: string): Promise<void> {
  const output = `-DoutputDirectory=${path.join(into, folder)}`;
  try {
    await run("mvn", [...MAVEN, ...args, output], { cwd: into, maxBuffer: 64 * 1024 * 1024 });
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
