/**
 * Each order of `start`, `refresh` and `destroy` after each loss, on both engines: it ends in a platform that works
 * (a client that nobody here wrote reads and writes), in nothing, or in a sentence that says what to do.
 */
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import {
  confluent,
  installConfluentClient,
  scramConfig,
} from "../support/kafka/confluent-client.ts";
import { DockerStack } from "../support/docker/docker-stack.ts";
import type { EngineName } from "../../cli/engines/engine-choice.ts";
import { docker, forget, type Loss, LOSSES, type Made } from "./losses.ts";

const TOPIC = "transactions";
const RECORD = { action: "produce", topic: TOPIC, records: ["x"] } as const;

/** A stack on one engine, and how many records it holds. */
class StackUnderTest implements Made {
  readonly stack: DockerStack;
  readonly name: string;
  readonly platform: string;
  readonly #port: number;
  #records = 0;

  constructor(engine: EngineName, port: number) {
    this.name = `losses-${engine}`;
    this.platform = `kafka-e2e-${this.name}`;
    this.#port = port;
    this.stack = new DockerStack(this.name, port, {}, engine);
  }

  /** Up, whatever was there before, with a record in a topic. */
  async begin(): Promise<void> {
    let { code, stdout, stderr } = await this.stack.run("start", "--yes");
    if (code !== 0) {
      console.log("BEGIN FAILED, cleared", stderr);
      this.clear(); forget(this);
      ({ code, stdout, stderr } = await this.stack.run("start", "--yes"));
    }
    expect(code, stdout + stderr).toBe(0);
    expect(await this.#count()).toBe(this.#records);
    await this.#produce();
  }

  /** Works, and has kept what was not lost. */
  async works({ records }: Loss): Promise<void> {
    if (records) this.#records = 0;
    expect(await this.#count()).toBe(this.#records);
    await this.#produce();
  }

  isGone(): void {
    expect(this.objects()).toEqual({ containers: "", volumes: "", networks: "" });
    this.#records = 0;
  }

  objects() {
    const filter = ["--filter", `label=kafka-platform=${this.platform}`];
    return {
      containers: docker("ps", "--all", "--quiet", ...filter),
      volumes: docker("volume", "ls", "--quiet", ...filter),
      networks: docker("network", "ls", "--quiet", ...filter),
    };
  }

  /** As whoever follows the sentence: what nobody knows of any more is taken away by hand. */
  clear(): void {
    const { containers, volumes, networks } = this.objects();
    const ids = (text: string) => text.split("\n").filter((id) => id !== "");
    if (containers !== "") docker("rm", "--force", ...ids(containers));
    if (networks !== "") docker("network", "rm", ...ids(networks));
    if (volumes !== "") docker("volume", "rm", ...ids(volumes));
    this.#records = 0;
  }

  async #count(): Promise<number | undefined> {
    const config = await this.#as("spark-streaming");
    return (await confluent({ action: "count", config, topic: TOPIC, group: "spark-streaming" }))
      .count;
  }

  async #produce(): Promise<void> {
    const config = await this.#as("shop-backend");
    expect(await confluent({ ...RECORD, config })).toEqual({ produced: 1 });
    this.#records += 1;
  }

  async #as(account: string) {
    const { stdout } = await this.stack.run("outputs", "--show-secrets");
    const { accounts } = JSON.parse(stdout) as {
      accounts: Record<string, { username: string; password: string }>;
    };
    const { username = "", password = "" } = accounts[account] ?? {};
    return scramConfig(`127.0.0.1:${String(this.#port)}`, username, password);
  }
}

const ORDERS: readonly (readonly string[])[] = [
  ["start"],
  ["refresh", "start"],
  ["destroy"],
  ["refresh", "destroy"],
];
const CASES = LOSSES.flatMap((loss) => ORDERS.map((commands) => ({ loss, commands })));

describe.each<[EngineName, number]>([
  ["embedded", 25_370],
  ["pulumi", 25_380],
])("on the engine %s", (engine, port) => {
  const withoutPulumi = engine === "pulumi" ? inject("withoutPulumi") : "";
  const made = new StackUnderTest(engine, port);

  beforeAll(() => installConfluentClient());
  afterAll(() => made.stack.remove());

  for (const { loss, commands } of CASES) {
    test(`${loss.what} lost, then ${commands.join(" and ")}`, async ({ skip }) => {
      skip(withoutPulumi !== "", withoutPulumi);
      await made.begin();
      loss.cause(made);
      for (const command of commands) {
        const yes = command === "refresh" ? [] : ["--yes"];
        const { code, stdout, stderr } = await made.stack.run(command, ...yes);
        console.log(`${engine}: ${loss.what}; ${command}: ${String(code)}\n${stdout}${stderr}`);
      }
      if (commands.at(-1) === "destroy") made.isGone();
      else await made.works(loss);
    });
  }
});
