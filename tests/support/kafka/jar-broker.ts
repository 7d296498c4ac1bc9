import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { fetchJars } from "../../../images/jars.ts";
import { freePorts, type Ports } from "./free-ports.ts";
import { exited, javaArguments, runJava } from "./java.ts";
import { type Login, RunningBroker } from "./running-broker.ts";
import { selfSigned } from "../self-signed.ts";
import { serverProperties } from "./jar-broker-files.ts";

const CACHE = path.join(import.meta.dirname, "..", "..", "..", ".kafka-platform", "cache");
const START_DEADLINE_MS = 90_000;
const STOP_DEADLINE_MS = 20_000;

export interface JarBrokerOptions {
  /** Users written at format time besides the super user `admin`; they have no rights. */
  readonly users?: readonly Login[];
  /** Broker properties that replace or extend the ones in {@link serverProperties}. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Java heap. Default 256 MB, enough for a thousand small topics. */
  readonly heapMb?: number;
  /** Client listeners besides the one with SCRAM: the same over TLS, and one without credentials. */
  readonly listeners?: readonly ("tls" | "plaintext")[];
  /** Whether every request that the authorizer refuses is logged. Default: no. */
  readonly logDenials?: boolean;
  /** A broker whose cluster it joins, as one that is no controller, with this number. */
  readonly joins?: { readonly first: JarBroker; readonly id: number };
}

/**
 * One real Kafka broker and controller, started from the jars Maven brings: SCRAM on the client
 * listener, StandardAuthorizer, deny by default, the single super user `admin`. Loopback only, free
 * ports, everything in a temporary folder that {@link JarBroker.destroy} removes.
 *
 * Needs Java 17 and Maven. Up in about four seconds.
 */
export class JarBroker extends RunningBroker {
  /** `host:port` of the SASL_SSL listener, if it was asked for. */
  readonly tlsServer: string;
  /** `host:port` of the PLAINTEXT listener, if it was asked for. */
  readonly plaintextServer: string;
  readonly #heapMb: number;
  readonly #clusterId: string;
  readonly #controllerPort: number;
  #process: ChildProcess | undefined;

  private constructor(
    admin: Login,
    ports: Ports,
    folder: string,
    jars: string,
    options: JarBrokerOptions,
  ) {
    super({ admin, bootstrapServer: `127.0.0.1:${ports.client}`, folder, jars });
    this.tlsServer = `localhost:${ports.tls}`;
    this.plaintextServer = `127.0.0.1:${ports.plaintext}`;
    this.#heapMb = options.heapMb ?? 256;
    this.#clusterId =
      options.joins === undefined
        ? randomBytes(16).toString("base64url").replace(/^-/, "k")
        : options.joins.first.#clusterId;
    this.#controllerPort = ports.controller;
  }

  /** Formats a new data folder and waits until the broker serves requests. */
  static async start(options: JarBrokerOptions = {}): Promise<JarBroker> {
    const jars = await fetchJars(CACHE);
    const folder = await mkdtemp(path.join(tmpdir(), "jar-broker-"));
    const ports = await freePorts();
    const { joins } = options;
    const admin = joins?.first.admin ?? {
      username: "admin",
      password: randomBytes(18).toString("hex"),
    };
    const broker = new JarBroker(admin, ports, folder, jars, options);
    const joining = joins && {
      "process.roles": "broker",
      "node.id": String(joins.id),
      listeners: `CLIENT://127.0.0.1:${ports.client}`,
      "controller.quorum.bootstrap.servers": `127.0.0.1:${joins.first.#controllerPort}`,
    };
    try {
      const keystore = options.listeners?.includes("tls") ? await selfSigned(folder) : undefined;
      const own = { ...options, properties: { ...joining, ...options.properties } };
      const properties = serverProperties(folder, ports, admin, own, keystore);
      await writeFile(broker.file("server.properties"), properties, { mode: 0o600 });
      const logging = options.logDenials ? LOGGING + DENIALS : LOGGING;
      await writeFile(broker.file("log4j2.properties"), logging);
      await (joins ? broker.#format() : broker.#format([admin, ...(options.users ?? [])]));
      await broker.startAgain();
    } catch (error) {
      await broker.destroy();
      throw error;
    }
    return broker;
  }

  /** Starts a stopped or killed broker on its old data and ports. */
  async startAgain(): Promise<void> {
    const log = openSync(this.file("broker.log"), "w");
    const settings = [
      `-Xmx${this.#heapMb}m`,
      "-XX:+UseSerialGC",
      "-XX:TieredStopAtLevel=1",
      // As in the image: a broker that has run out of memory ends.
      "-XX:+ExitOnOutOfMemoryError",
      `-Dlog4j2.configurationFile=${this.file("log4j2.properties")}`,
    ];
    const java = spawn(
      "java",
      [...settings, "-cp", this.classPath, "kafka.Kafka", this.file("server.properties")],
      { stdio: ["ignore", log, log] },
    );
    closeSync(log);
    this.#process = java;
    const orphan = () => java.kill("SIGKILL");
    process.once("exit", orphan);
    java.once("exit", () => process.off("exit", orphan));
    await this.#untilStarted(java);
  }

  /** Orderly stop (SIGTERM); falls back to SIGKILL when the broker hangs in controlled shutdown. */
  async stop(): Promise<void> {
    const java = this.#take();
    if (!java) return;
    // A frozen process would never see the other signal.
    java.kill("SIGCONT");
    java.kill("SIGTERM");
    const abort = new AbortController();
    const late = sleep(STOP_DEADLINE_MS, undefined, { signal: abort.signal })
      .then(() => java.kill("SIGKILL"))
      .catch(() => false);
    await exited(java);
    abort.abort();
    await late;
  }

  /** The crash: SIGKILL, nothing flushed, nobody told. */
  async kill(): Promise<void> {
    const java = this.#take();
    java?.kill("SIGKILL");
    if (java) await exited(java);
  }

  /** Whether its process lives. */
  get isRunning(): boolean {
    return this.#process?.exitCode === null && this.#process.signalCode === null;
  }

  /** Id of its process. @throws Error when it does not run */
  get pid(): number {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error("the broker does not run");
    return pid;
  }

  /** Keeps its ports and answers nothing, until {@link thaw}. */
  async freeze(): Promise<void> {
    this.#process?.kill("SIGSTOP");
    // The signal stops one thread after the other, and the last ones may still answer a request.
    const threads = `/proc/${String(this.#process?.pid)}/task`;
    const isStopped = (id: string) => {
      try {
        return readFileSync(path.join(threads, id, "stat"), "utf8").includes(") T ");
      } catch {
        return true; // It has ended since.
      }
    };
    while (!readdirSync(threads).every(isStopped)) await sleep(5);
  }

  thaw(): void {
    this.#process?.kill("SIGCONT");
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.startAgain();
  }

  /** Stops the broker and removes its folder. */
  async destroy(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The certificate (PEM) that vouches for the TLS listener. */
  async ca(): Promise<string> {
    return readFile(this.file("broker.pem"), "utf8");
  }

  /** What the authorizer refused to a user: `Operation on Type:PATTERN:name`, each once. */
  async denials(username: string): Promise<string[]> {
    const log = await readFile(this.file("broker.log"), "utf8");
    const denied = new RegExp(
      `Principal = User:${username} is Denied operation = (\\S+) from host = \\S+ on resource = (\\S+)`,
      "g",
    );
    return [...new Set([...log.matchAll(denied)].map(([, what, on]) => `${what} on ${on}`))].sort();
  }

  #take(): ChildProcess | undefined {
    const java = this.#process;
    this.#process = undefined;
    return java?.exitCode === null && java.signalCode === null ? java : undefined;
  }

  /** The tool takes the passwords from a file and prints keys: neither may reach a process list or log. */
  async #format(users?: readonly Login[]): Promise<void> {
    const scram = (users ?? []).flatMap(({ username, password, mechanism = "SCRAM-SHA-512" }) => [
      "--add-scram",
      `${mechanism}=[name=${username},password=${password}]`,
    ]);
    const tool = ["-cp", this.classPath, "kafka.tools.StorageTool", "format"];
    const role = users ? ["--standalone"] : [];
    const config = ["-t", this.#clusterId, "-c", this.file("server.properties")];
    const args = [...tool, ...role, ...config, ...scram];
    const file = this.file("format.args");
    await writeFile(file, javaArguments(args), { mode: 0o600 });
    await runJava([`@${file}`]);
    await rm(file);
  }

  async #untilStarted(java: ChildProcess): Promise<void> {
    const deadline = Date.now() + START_DEADLINE_MS;
    for (;;) {
      const log = await readFile(this.file("broker.log"), "utf8");
      if (log.includes("Kafka Server started")) return;
      if (java.exitCode !== null || java.signalCode !== null || Date.now() > deadline) {
        java.kill("SIGKILL");
        throw new Error(`The test broker did not start:\n${log.slice(-4000)}`);
      }
      await sleep(50);
    }
  }
}

const LOGGING = `
rootLogger.level = warn
rootLogger.appenderRef.stdout.ref = stdout
appender.stdout.type = Console
appender.stdout.name = stdout
appender.stdout.layout.type = PatternLayout
appender.stdout.layout.pattern = %d %p %c: %m%n
logger.server.name = kafka.server.KafkaRaftServer
logger.server.level = info
`;

/** The authorizer logs what it refuses at this level. */
const DENIALS = `
logger.authorizer.name = kafka.authorizer.logger
logger.authorizer.level = info
`;
