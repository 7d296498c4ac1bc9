import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { renderProperties } from "../../../model/broker/secret-files.ts";
import { fetchDependencies, fetchJars } from "../../../images/jars.ts";
import { exited } from "./java.ts";

const CACHE = path.resolve(import.meta.dirname, "../../../.kafka-platform/cache");
const POM = path.join(import.meta.dirname, "client-jars", "pom.xml");
const LOGGING = `
rootLogger.level = warn
rootLogger.appenderRef.stdout.ref = stdout
appender.stdout.type = Console
appender.stdout.name = stdout
appender.stdout.layout.type = PatternLayout
appender.stdout.layout.pattern = %p %c: %m%n%throwable{5}
`;

/**
 * A long-running client of Kafka's own, such as a Connect worker, started from its jars with one
 * properties file that only we can read.
 */
export class JavaClient {
  readonly #process: ChildProcess;
  readonly #folder: string;
  #output = "";

  private constructor(java: ChildProcess, folder: string) {
    this.#process = java;
    this.#folder = folder;
    for (const stream of [java.stdout, java.stderr]) {
      stream?.on("data", (chunk: Buffer) => (this.#output += chunk.toString()));
    }
  }

  static async start(mainClass: string, properties: Record<string, string>): Promise<JavaClient> {
    const folder = await mkdtemp(path.join(tmpdir(), "java-client-"));
    const [file, logging] = ["client.properties", "log4j2.properties"].map((name) =>
      path.join(folder, name),
    ) as [string, string];
    const own = { ...properties, "state.dir": path.join(folder, "state") };
    await writeFile(file, renderProperties(own), { mode: 0o600 });
    await writeFile(logging, LOGGING);
    const libs = [await fetchDependencies(CACHE, "client-jars", POM), await fetchJars(CACHE)];
    const classPath = libs.map((jars) => path.join(jars, "libs", "*")).join(":");
    const settings = ["-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
    const java = spawn(
      "java",
      [...settings, `-Dlog4j2.configurationFile=${logging}`, "-cp", classPath, mainClass, file],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    const orphan = () => java.kill("SIGKILL");
    process.once("exit", orphan);
    java.once("exit", () => process.off("exit", orphan));
    return new JavaClient(java, folder);
  }

  /** What it has logged so far, from level WARN on. */
  get output(): string {
    return this.#output;
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  async stop(): Promise<void> {
    if (this.isRunning) this.#process.kill("SIGKILL");
    await exited(this.#process);
    await rm(this.#folder, { recursive: true, force: true });
  }
}
