/** The prod stack with a small overlay, put up on the lab by the commands that people type. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import {
  editStackFile,
  encryptedText,
  mergeConfig,
  PULUMI_YAML,
  readStackFile,
  setConfigEntry,
} from "../../../cli/stack/stack-file.ts";
import { type Cipher, openSalt } from "../../../engine/index.ts";
import type { AnyLive } from "../../../model/credentials/rotation.ts";
import { Checkout, type Finished, type Stop } from "../../support/project/checkout.ts";
import { type ClientConfig, scramConfig } from "../../support/kafka/confluent-client.ts";
import { kubectl, kubectlCommand } from "./kubectl.ts";
import { importImages, type TestCluster } from "./lab.ts";

/** Address of the lab's node, where its NodePorts are. */
export const NODE = "10.244.0.1";
const CLUSTER = "kafka-platform:cluster";
/** What the stack's secrets are encrypted with. */
export const PASSPHRASE = "a passphrase for tests";

/** How clients come in from outside, at NodePorts from `port` on. */
export const nodePorts = (port: number) =>
  ({ type: "nodePort", addresses: [NODE, NODE, NODE], port }) as const;

const BUILT = /^(\S+:\S+) sha256:[0-9a-f]{64}$/gm;

export interface Login {
  readonly username: string;
  readonly password: string;
  readonly mechanism: "SCRAM-SHA-512" | "SCRAM-SHA-256";
}

/** What an account may log in with, as the program has it in its outputs. */
export type CredentialOutputs = Readonly<Record<string, { readonly live: AnyLive }>>;

interface Outputs {
  readonly bootstrapServers: string;
  readonly caCertificate: string;
  readonly ui: { readonly url: string } | null;
  readonly observability: {
    readonly exporter: {
      readonly url: string;
      readonly username: string;
      readonly password: string;
    } | null;
  } | null;
  readonly admin: Login;
  readonly accounts: Readonly<Record<string, Login>>;
  readonly credentials: CredentialOutputs;
}

/** Which stack, and what is its own: two of them can be up at once. */
export interface PlatformStackArgs {
  readonly cluster: TestCluster;
  /** Name of the stack and of its namespace. */
  readonly name: string;
  /** NodePort of the bootstrap Service; the brokers' follow it. */
  readonly port: number;
  /** Between the restarts of two brokers. The lab's DNS keeps no answer. @default 10 */
  readonly minReadySeconds?: number;
}

/** Begin it before the tests of a file and end it after them. */
export class PlatformStack {
  readonly namespace: string;
  /** `host:port` of each broker, from outside. */
  readonly addresses: readonly string[];
  readonly #cluster: TestCluster;
  readonly #port: number;
  readonly #minReadySeconds: number;
  readonly #env = { PULUMI_CONFIG_PASSPHRASE: PASSPHRASE };
  #checkout: Checkout | undefined;
  #image = "";
  #exporterImage = "";
  #imageReference = "";
  #outputs: Promise<Outputs> | undefined;

  constructor({ cluster, name, port, minReadySeconds = 10 }: PlatformStackArgs) {
    this.#cluster = cluster;
    this.#minReadySeconds = minReadySeconds;
    this.namespace = name;
    this.#port = port;
    this.addresses = [0, 1, 2].map((broker) => `${NODE}:${String(port + 1 + broker)}`);
  }

  /** The copy of the project whose commands are run; made at first use. */
  get checkout(): Checkout {
    this.#checkout ??= new Checkout();
    return this.#checkout;
  }

  /**
   * Removes what an earlier run left, then makes the image, the stack file and what only `init` makes.
   *
   * @param image one that the cluster has already, by digest. Default: it is built of the checkout, as the exporter's is
   * @param observability who watches the brokers. Default: nobody
   */
  async begin(
    ui: object = { enabled: false },
    image?: string,
    observability: object = { kind: "none" },
  ): Promise<void> {
    await this.#removeNamespace();
    const exporter = image === undefined ? { image: await this.#buildImages() } : undefined;
    if (image !== undefined) this.#imageReference = image;
    const watched = exporter ? mergeConfig({ exporter }, { ...observability }) : observability;
    this.#writeStackFile({ image: this.#imageReference }, ui, watched);
    await this.#npm("init", "--stack", this.namespace);
  }

  /** Ends the stack, and what is left of it where a test has failed half-way. */
  async end(): Promise<void> {
    await this.run("destroy", "--yes");
    await this.#removeNamespace();
    // Another run of the same checkout may have removed it.
    const built = [this.#image, this.#exporterImage].filter((image) => image !== "");
    if (built.length > 0) spawnSync("docker", ["image", "rm", ...built], { stdio: "pipe" });
    this.checkout.remove();
  }

  /** Runs a command of the project on the stack. */
  run(...args: readonly string[]): Promise<Finished> {
    return this.#onStack(args);
  }

  /** As {@link run}; `interrupt` is what Ctrl-C does, or the end of the process by another signal. */
  beginRun(...args: readonly string[]): {
    readonly done: Promise<Finished>;
    readonly interrupt: (by?: NodeJS.Signals) => void;
  } {
    const stop: { when: () => boolean; by: NodeJS.Signals } = { when: () => false, by: "SIGINT" };
    return {
      done: this.#onStack(args, stop),
      interrupt(by = "SIGINT") {
        stop.by = by;
        stop.when = () => true;
      },
    };
  }

  /** As {@link run}, killed as soon as `when` holds, which is asked with what the command has said. */
  runKilled(when: (said: string) => boolean, ...args: readonly string[]): Promise<Finished> {
    return this.#onStack(args, { when, by: "SIGKILL" });
  }

  /** As {@link run}. @throws Error with all that the command said, when it does not end with 0 */
  async succeed(...args: readonly string[]): Promise<Finished> {
    return expectSuccess(args, await this.run(...args));
  }

  /** Sets one entry of the stack file's cluster. */
  set(entry: string, value: unknown): void {
    setConfigEntry(this.#file, CLUSTER, entry, value);
  }

  /** A secret of the stack file. */
  async secret(key: string): Promise<string> {
    const { cipher, entry } = await this.#secretEntry(key);
    return cipher.decrypt(encryptedText(entry) ?? "");
  }

  /** Gives a secret of the stack file another value. @returns what puts the right one back */
  async replaceSecret(key: string, value: string): Promise<() => void> {
    const { cipher, entry } = await this.#secretEntry(key);
    const set = (content: unknown) =>
      editStackFile(this.#file, { config: { [`kafka-platform:${key}`]: content } });
    set({ secure: cipher.encrypt(value) });
    return () => set(entry);
  }

  /** kubectl in the stack's namespace. */
  kubectl(...args: readonly string[]): Promise<string> {
    return kubectl(this.#cluster, ["--namespace", this.namespace, ...args]);
  }

  /** How kubectl is run in the stack's namespace. */
  kubectlCommand(...args: readonly string[]) {
    return kubectlCommand(this.#cluster, ["--namespace", this.namespace, ...args]);
  }

  /** Runs a shell line in a broker's pod, which reads `input`. */
  inBroker(broker: number, line: string, input = ""): Promise<string> {
    const pod = ["--namespace", this.namespace, "exec", "-i", `kafka-${String(broker)}`];
    return kubectl(this.#cluster, [...pod, "--", "bash", "-c", line], input);
  }

  /** The outputs of the last start, secrets shown. */
  outputs(): Promise<Outputs> {
    this.#outputs ??= this.succeed("outputs", "--show-secrets").then(
      ({ stdout }) => JSON.parse(stdout) as Outputs,
    );
    return this.#outputs;
  }

  /** How librdkafka logs in as an account of the stack. */
  async as(account: string): Promise<ClientConfig> {
    const { bootstrapServers, caCertificate, accounts } = await this.outputs();
    const login = accounts[account];
    if (!login) throw new Error(`there is no account ${account}`);
    const { username, password, mechanism } = login;
    return scramConfig(bootstrapServers, username, password, mechanism, caCertificate);
  }

  /** Names of the volumes of the stack's claims, which are not in the namespace. */
  async volumes(): Promise<string[]> {
    const found = JSON.parse(await kubectl(this.#cluster, ["get", "pv", "-o", "json"])) as {
      items: { metadata: { name: string }; spec: { claimRef?: { namespace: string } } }[];
    };
    return found.items
      .filter(({ spec }) => spec.claimRef?.namespace === this.namespace)
      .map(({ metadata }) => metadata.name);
  }

  /** The broker image as the local Docker daemon calls it. @throws Error when it was not built here */
  get image(): string {
    if (this.#image === "") throw new Error("the image was given: there is none to build on");
    return this.#image;
  }

  /** The same image by digest, as the lab knows it. */
  get imageReference(): string {
    return this.#imageReference;
  }

  #onStack(args: readonly string[], stop?: Stop): Promise<Finished> {
    const stack = ["--stack", this.namespace, "--engine", "embedded"];
    const run = this.checkout.npm([...args, ...stack], { env: this.#env, ...(stop && { stop }) });
    const [command] = args;
    return command === "start" ? run.finally(() => (this.#outputs = undefined)) : run;
  }

  get #file(): string {
    return path.join(this.checkout.folder, `Pulumi.${this.namespace}.yaml`);
  }

  /** The broker's image, and the exporter's. @returns the exporter's by digest, as the lab knows it */
  async #buildImages(): Promise<string> {
    const { stdout } = await this.#npm("image");
    const names = [...stdout.matchAll(BUILT)].map(([, name = ""]) => name);
    [this.#image = "", this.#exporterImage = ""] = names;
    const [broker = "", exporter = ""] = await importImages(...names);
    this.#imageReference = broker;
    return exporter;
  }

  /** A command that is not about the stack on an engine. */
  async #npm(...args: readonly string[]): Promise<Finished> {
    return expectSuccess(args, await this.checkout.npm(args, { env: this.#env }));
  }

  #writeStackFile(cluster: object, ui: object, observability: object): void {
    const prod = parse(readFileSync("Pulumi.prod.yaml", "utf8")) as {
      config: Record<string, unknown>;
    };
    // Another way in has other settings: what is merged would keep those of the first.
    const shipped = { ...(prod.config[CLUSTER] as Record<string, unknown>) };
    delete shipped["access"];
    const config = mergeConfig(
      { ...prod.config, [CLUSTER]: shipped },
      {
        "kafka-platform:protection": false,
        "kafka-platform:ui": ui,
        "kafka-platform:observability": observability,
        [CLUSTER]: {
          context: this.#cluster.context,
          kubeconfig: this.#cluster.kubeconfig,
          namespace: this.namespace,
          cpu: "100m",
          memory: "1 GiB",
          // Three brokers share two cores: the compiler that makes the fastest code would take most of them.
          jvmOptions: ["-XX:TieredStopAtLevel=1"],
          storage: { class: "lab-local", size: "1 GiB" },
          spread: "preferred",
          minReadySeconds: this.#minReadySeconds,
          access: nodePorts(this.#port),
          ...cluster,
        },
      },
    );
    writeFileSync(this.#file, stringify({ config }, PULUMI_YAML));
  }

  async #secretEntry(key: string): Promise<{ cipher: Cipher; entry: unknown }> {
    const { encryptionsalt = "", config } = readStackFile(this.#file);
    const passphrase = { value: this.#env.PULUMI_CONFIG_PASSPHRASE, source: "the tests" };
    const cipher = await openSalt(encryptionsalt, passphrase);
    return { cipher, entry: config[`kafka-platform:${key}`] };
  }

  async #removeNamespace(): Promise<void> {
    const namespace = ["delete", "namespace", this.namespace, "--ignore-not-found", "--wait"];
    await kubectl(this.#cluster, namespace);
    const volumes = (await this.volumes()).map((name) => `pv/${name}`);
    if (volumes.length === 0) return;
    await kubectl(this.#cluster, ["wait", "--for=delete", "--timeout=60s", ...volumes]);
  }
}

function expectSuccess(args: readonly string[], finished: Finished): Finished {
  const { code, stdout, stderr } = finished;
  if (code === 0) return finished;
  throw new Error(`${args.join(" ")} ended with ${String(code)}:\n${stdout}${stderr}`);
}
