/**
 * Each order of `start`, `refresh` and `destroy` after each loss, on both engines: it ends in a platform that works
 * (a client that nobody here wrote reads and writes), in nothing, or in a sentence that says what to do.
 */
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import {
  confluent,
  installConfluentClient,
  scramConfig,
} from "../support/kafka/confluent-client.ts";
import type { Finished } from "../support/project/checkout.ts";
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

  /** Up, with a record in a topic. */
  async begin(): Promise<void> {
    const { code, stdout, stderr } = await this.stack.run("start", "--yes");
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

  /** Takes away by hand what a test has left that failed. */
  clear(): void {
    const { containers, volumes, networks } = this.objects();
    const ids = (text: string) => text.split("\n").filter((id) => id !== "");
    if (containers !== "") docker("rm", "--force", ...ids(containers));
    if (networks !== "") docker("network", "rm", ...ids(networks));
    if (volumes !== "") docker("volume", "rm", ...ids(volumes));
    forget(this);
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

const START = ["start", "--yes"];
const REFRESH = ["refresh"];
const DESTROY = ["destroy", "--yes"];
const ADOPT = ["start", "--adopt", "--yes"];

/** What is run, and how it ends: a platform that works, nothing, or the sentence that says what to do. */
interface Order {
  readonly commands: readonly (readonly string[])[];
  readonly ends: "working" | "gone" | RegExp;
}

/** As long as the engine remembers what it has made. */
const REMEMBERING: readonly Order[] = [
  { commands: [START], ends: "working" },
  { commands: [REFRESH, START], ends: "working" },
  { commands: [DESTROY], ends: "gone" },
  { commands: [REFRESH, DESTROY], ends: "gone" },
];

const TAKE_OVER = /`npx kafka-platform start --stack \S+ --engine embedded --adopt` takes/;

/** Where its state is gone, and something of the stack is left, or nothing is. */
const forgetting = (isLeft: boolean): readonly Order[] =>
  isLeft
    ? [
        { commands: [START], ends: TAKE_OVER },
        { commands: [ADOPT], ends: "working" },
        { commands: [REFRESH, ADOPT], ends: "working" },
        { commands: [DESTROY], ends: TAKE_OVER },
        { commands: [ADOPT, DESTROY], ends: "gone" },
      ]
    : [
        { commands: [START], ends: "working" },
        { commands: [DESTROY], ends: "gone" },
      ];

const ordersOf = ({ memory, nothingLeft = false }: Loss): readonly Order[] =>
  memory ? forgetting(!nothingLeft) : REMEMBERING;

describe.each<[EngineName, number]>([
  ["embedded", 25_370],
  ["pulumi", 25_380],
])("on the engine %s", (engine, port) => {
  const withoutPulumi = engine === "pulumi" ? inject("withoutPulumi") : "";
  // Its own command takes over what it has forgotten: `pulumi import`, one resource at a time.
  const losses = LOSSES.filter(({ memory }) => engine === "embedded" || !memory);
  let made: StackUnderTest | undefined;

  beforeAll(() => {
    if (withoutPulumi !== "") return;
    installConfluentClient();
    made = new StackUnderTest(engine, port);
  });
  afterEach(({ task }) => {
    if (task.result?.state === "fail") made?.clear();
  });
  afterAll(() => made?.stack.remove());

  const cases = losses.flatMap((loss) => ordersOf(loss).map((order) => ({ loss, ...order })));
  for (const { loss, commands, ends } of cases) {
    const typed = commands.map((command) => command.filter((word) => word !== "--yes").join(" "));
    test(`${loss.what} lost, then ${typed.join(" and ")}`, async ({ skip }) => {
      skip(withoutPulumi !== "", withoutPulumi);
      if (!made) throw new Error("there is no stack");
      await made.begin();
      loss.cause(made);
      let last: Finished | undefined;
      for (const command of commands) last = await made.stack.run(...command);
      const { code, stdout, stderr } = last ?? { code: null, stdout: "", stderr: "" };
      const said = stdout + stderr;
      if (ends instanceof RegExp) {
        expect(code, said).not.toBe(0);
        expect(said).toMatch(ends);
        // The next test begins with a platform: as whoever follows the sentence.
        expect((await made.stack.run(...ADOPT)).code).toBe(0);
        await made.works(loss);
        return;
      }
      expect(code, said).toBe(0);
      if (ends === "gone") made.isGone();
      else await made.works(loss);
    });
  }
});
