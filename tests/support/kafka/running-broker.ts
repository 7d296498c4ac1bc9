import { writeFile } from "node:fs/promises";
import path from "node:path";

import { runJava } from "./java.ts";
import { clientProperties } from "./jar-broker-files.ts";

export type ScramMechanism = "SCRAM-SHA-512" | "SCRAM-SHA-256";

export interface Login {
  readonly username: string;
  readonly password: string;
  /** Default SCRAM-SHA-512. */
  readonly mechanism?: ScramMechanism;
}

/** Where a broker is, in values that go from one process to another. */
export interface BrokerPlace {
  /** Its super user. */
  readonly admin: Login;
  /** `host:port` of the SASL_PLAINTEXT listener. */
  readonly bootstrapServer: string;
  /** Its own files. */
  readonly folder: string;
  /** The folder of Kafka's jars. */
  readonly jars: string;
}

/** A broker that is up, as its clients see it: whoever has started it ends it. */
export class RunningBroker implements BrokerPlace {
  readonly admin: Login;
  readonly bootstrapServer: string;
  readonly folder: string;
  readonly jars: string;

  constructor({ admin, bootstrapServer, folder, jars }: BrokerPlace) {
    this.admin = admin;
    this.bootstrapServer = bootstrapServer;
    this.folder = folder;
    this.jars = jars;
  }

  /** Runs one of Kafka's own tools by its main class and returns what it printed. */
  async tool(mainClass: string, args: readonly string[], input?: string): Promise<string> {
    const settings = ["-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", this.classPath];
    return runJava([...settings, mainClass, ...args], input);
  }

  /** A properties file with which Kafka's own tools log in (`--command-config`). */
  async clientConfig(login: Login = this.admin): Promise<string> {
    const file = this.file(`client-${login.username}-${login.mechanism ?? ""}.properties`);
    await writeFile(file, clientProperties(login), { mode: 0o600 });
    return file;
  }

  protected get classPath(): string {
    return path.join(this.jars, "libs", "*");
  }

  protected file(name: string): string {
    return path.join(this.folder, name);
  }
}
