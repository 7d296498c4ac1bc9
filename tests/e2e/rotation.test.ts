import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { removeTaggedImages } from "../support/docker/tagged-images.ts";
import { runbookCommands } from "../support/project/runbook.ts";
import { SteadyProducer } from "../support/kafka/steady-producer.ts";
import { Checkout, type Finished } from "../support/project/checkout.ts";
import {
  confluent,
  installConfluentClient,
  scramConfig,
} from "../support/kafka/confluent-client.ts";

/** A rotation and a removal by the commands that people type, watched by a client nobody here wrote. */

const NAME = "kafka-e2e-rotation";
const PORTS = { client: 25150, metrics: 25151 };
const STACK = ["--stack", "rotation", "--engine", "embedded"];
const ACCOUNT = "spark-streaming";

interface Login {
  readonly username: string;
  readonly password: string;
  readonly mechanism: "SCRAM-SHA-512" | "SCRAM-SHA-256";
}

const checkout = new Checkout();
/** Every login that was ever handed out, oldest first. */
const handedOut: Login[] = [];

const npm = (...args: readonly string[]) => checkout.npm([...args, ...STACK]);

async function succeeds(...args: readonly string[]): Promise<Finished> {
  const finished = await npm(...args);
  expect(finished.code, finished.stderr).toBe(0);
  return finished;
}

/** The login that the stack hands out now. */
async function login(account = ACCOUNT): Promise<Login> {
  const { stdout } = await succeeds("outputs", "--show-secrets");
  return (JSON.parse(stdout) as { accounts: Record<string, Login> }).accounts[account] as Login;
}

const BOOTSTRAP = `127.0.0.1:${String(PORTS.client)}`;
const configOf = ({ username, password, mechanism }: Login) => ({
  ...scramConfig(BOOTSTRAP, username, password, mechanism),
  "message.timeout.ms": "4000",
});

/** `in`, or why not, for each login that was ever handed out. */
const results = () =>
  Promise.all(
    handedOut.map(async (given) => {
      const answer = await confluent({
        action: "count",
        config: configOf(given),
        topic: "transactions",
        group: ACCOUNT,
      });
      if (answer.count === 0) return "in";
      return answer.events?.includes("_AUTHENTICATION") ? "refused" : answer.error;
    }),
  );

beforeAll(async () => {
  installConfluentClient();
  const { config } = parse(readFileSync("Pulumi.dev.yaml", "utf8")) as { config: object };
  const cluster = {
    ...{ kind: "docker", name: NAME },
    ...{ clientPort: PORTS.client, metricsPort: PORTS.metrics },
  };
  const mine = {
    "kafka-platform:cluster": cluster,
    "kafka-platform:ui": { enabled: false },
    "kafka-platform:observability": { enabled: false },
  };
  writeFileSync(
    path.join(checkout.folder, "Pulumi.rotation.yaml"),
    stringify({ config: { ...config, ...mine } }),
  );
  await succeeds("start");
  handedOut.push(await login());
});

afterAll(async () => {
  await npm("destroy", "--yes");
  removeTaggedImages(`${NAME}/*`);
  checkout.remove();
});

test("after the step set the new credential exists, and the old one is still in the outputs", async () => {
  await succeeds("rotate", ACCOUNT, "--step", "set");
  const twice = await npm("rotate", ACCOUNT);
  expect(twice.stderr).toContain("a step counts once it is applied");
  const { stderr } = await succeeds("start");
  expect(stderr).toContain(`+ kafka:UserScramCredential ${ACCOUNT}|SCRAM-SHA-256`);
  expect(await login()).toEqual(handedOut[0]);
});

test("after the step hand-out the client file has the new one, and both log in", async () => {
  await succeeds("rotate", ACCOUNT, "--step", "hand-out");
  await succeeds("start");
  handedOut.push(await login());
  expect(handedOut.map(({ mechanism }) => mechanism)).toEqual(["SCRAM-SHA-512", "SCRAM-SHA-256"]);
  await succeeds("client", ACCOUNT, "--out", checkout.folder);
  const file = path.join(checkout.folder, `${ACCOUNT}.client.properties`);
  expect(readFileSync(file, "utf8")).toContain("sasl.mechanism=SCRAM-SHA-256");
  expect(await results()).toEqual(["in", "in"]);
});

test("the step retire does nothing without a yes; then the old one is overwritten and refused", async () => {
  expect((await npm("rotate", ACCOUNT)).stderr).toContain("pass --yes");
  await succeeds("rotate", ACCOUNT, "--step", "retire", "--yes");
  const { stderr } = await succeeds("start");
  expect(stderr).toContain(`~ kafka:UserScramCredential ${ACCOUNT}|SCRAM-SHA-512`);
  expect(stderr).not.toMatch(/ deleted/);
  expect(await results()).toEqual(["refused", "in"]);
});

test("the runbook of a leaked password cuts off who has it, and ends with another one", async () => {
  const account = "shop-backend";
  const leaked = await login(account);
  const write = async (given: Login) => {
    const sent = { action: "produce", topic: "transactions", records: ["x"] } as const;
    const { error, events } = await confluent({ ...sent, config: configOf(given) });
    return events?.includes("_AUTHENTICATION") ? "refused" : error;
  };
  const thief = await SteadyProducer.start(configOf(leaked), "transactions", 20);
  // What a person on a terminal is asked is answered here.
  const [lock = [], ...rest] = runbookCommands("leaked-password").map((command) =>
    command[0] === "lock-out" ? [...command, "--yes"] : command,
  );
  await succeeds(...lock);
  // It has to try again before it is refused.
  await sleep(3_000);
  expect((await thief.stop()).failures).not.toEqual([]);
  expect(await write(leaked)).toMatch(/AUTHORIZATION_FAILED/);

  const release = rest.findIndex((command) => command.includes("--release"));
  for (const command of rest.slice(0, release)) await succeeds(...command);
  const given = await login(account);
  expect([await write(leaked), await write(given)]).toEqual([
    "refused",
    expect.stringMatching(/AUTHORIZATION_FAILED/),
  ]);
  for (const command of rest.slice(release)) await succeeds(...command);
  expect([await write(leaked), await write(given)]).toEqual(["refused", undefined]);
  const file = readFileSync(path.join(checkout.folder, `${account}.client.properties`), "utf8");
  expect(file).toContain(given.password);
}, 600_000);

test("a removed account is refused, and after a restart the platform is as it was", async () => {
  checkout.edit("topics/e-commerce.ts", (text) =>
    text.replace(/ {4}"spark-streaming": \{[\s\S]*?\n {4}\},\n/, ""),
  );
  await succeeds("start");
  expect(await results()).toEqual(["refused", "refused"]);
  checkout.edit("Pulumi.rotation.yaml", (text) =>
    text.replace("kind: docker", "kind: docker\n    memory: 1100 MiB"),
  );
  expect((await succeeds("start")).stderr).toContain("docker:Container broker");
  expect((await succeeds("start")).stderr).toMatch(/: succeeded, \d+ unchanged/);
  expect(await results()).toEqual(["refused", "refused"]);
});
