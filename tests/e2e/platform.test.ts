import { execFileSync, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { Checkout, type Finished } from "../support/project/checkout.ts";
import {
  confluent,
  installConfluentClient,
  scramConfig,
} from "../support/kafka/confluent-client.ts";
import { consoleTool, kafkaTool } from "../support/kafka/kafka-tool.ts";
import { buildUiStandIn } from "../support/docker/ui-stand-in.ts";
import { unansweredBy, WITHOUT_ANSWER } from "./dashboard-queries.ts";
import { configure, NAME, PORTS } from "./dev-stack.ts";

/**
 * The dev stack as its users have it: what `npm start` in a clean checkout has put up, the project's commands,
 * a real Docker daemon, and clients that nobody here wrote. The tests build on each other, in order.
 */

/** More than all files of the engine's together. */
const STATE_BYTES = 64 * 1024 * 1024;
const UI_IMAGE = `${NAME}/ui-stand-in:test`;
const STACK = ["--stack", "dev", "--engine", "embedded"];

const { folder, finished: started } = inject("firstStart");
const checkout = new Checkout(folder);
let bootstrap = `127.0.0.1:${String(PORTS.client)}`;

const npm = (...[args, options]: Parameters<Checkout["npm"]>) =>
  checkout.npm([...args, ...STACK], options);

/** On failure the message is what the command said. */
const expectSuccess = ({ code, stderr }: Finished) => {
  expect(code, stderr).toBe(0);
};

const docker = (...args: readonly string[]): string =>
  execFileSync("docker", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

interface Login {
  readonly username: string;
  readonly password: string;
  readonly mechanism: string;
}

interface Outputs {
  readonly bootstrapServers: string;
  readonly metrics: { readonly url: string };
  readonly ui: {
    readonly url: string;
    readonly username: string;
    readonly password: string;
  } | null;
  readonly observability: {
    readonly prometheusUrl: string;
    readonly exporter: (Omit<Login, "mechanism"> & { readonly url: string }) | null;
  } | null;
  readonly admin: Login;
  readonly accounts: Record<string, Login>;
}

const outputs = async (...flags: readonly string[]): Promise<Outputs> =>
  JSON.parse((await npm(["outputs", ...flags])).stdout) as Outputs;

/** How librdkafka logs in as an account of the stack. */
async function as(account: string) {
  const login = (await outputs("--show-secrets")).accounts[account];
  if (!login) throw new Error(`there is no account ${account}`);
  return scramConfig(bootstrap, login.username, login.password);
}

/** Everything that the platform leaves on the daemon, by its label. */
const remains = (): string[] =>
  [
    ["ps", "-aq"],
    ["volume", "ls", "-q"],
    ["network", "ls", "-q"],
  ].flatMap((list) =>
    docker(...list, "--filter", `label=kafka-platform=${NAME}`)
      .split("\n")
      .filter((id) => id !== ""),
  );

/** As the tests leave the stack file: with the stand-in as UI. */
const configureOwn = (cluster: object = {}): void =>
  configure(checkout, cluster, { image: UI_IMAGE });

beforeAll(() => {
  installConfluentClient();
});
afterAll(() => {
  spawnSync("docker", ["image", "rm", "-f", UI_IMAGE]);
});

test("npm start in a clean checkout sets everything up, and ends by saying where everything is", () => {
  expect(started.stderr).toContain("engine: embedded");
  expectSuccess(started);
  expect(started.stdout).toContain("Kafka is up: stack dev");
  expect(started.stdout).toContain(bootstrap);
  expect(started.stdout).toContain(`http://127.0.0.1:${String(PORTS.metrics)}/metrics`);
  expect(started.stdout).toContain("shop-backend, shop-dashboards, spark-streaming");
});

test("a second start changes nothing", async () => {
  const again = await npm(["start"]);
  expectSuccess(again);
  expect(again.stderr).toMatch(/^up dev: succeeded, \d+ unchanged/m);
});

test("outputs prints one JSON object, with secrets only where they are asked for", async () => {
  const masked = await outputs();
  expect(masked).toMatchObject({
    bootstrapServers: bootstrap,
    metrics: { url: `http://127.0.0.1:${String(PORTS.metrics)}/metrics` },
    // Where its image can be had, `npm start` has started it too.
    ui: started.stderr.includes("starting without Kafka UI") ? null : { username: "kafka-ui" },
    accounts: {
      "shop-backend": {
        username: "shop-backend",
        password: "[secret]",
        mechanism: "SCRAM-SHA-512",
      },
    },
  });
  const shown = await outputs("--show-secrets");
  expect(shown.accounts["shop-backend"]?.password).toMatch(/^[A-Za-z0-9]{32}$/);
});

const RECORDS = Array.from({ length: 200 }, (_, at) => `purchase ${String(at)}`);

test("the producing account produces, the consuming account reads every record back", async () => {
  const produced = await confluent({
    action: "produce",
    config: await as("shop-backend"),
    topic: "transactions",
    records: RECORDS,
  });
  expect(produced).toEqual({ produced: 200 });
  const consumed = await confluent({
    action: "consume",
    config: await as("spark-streaming"),
    topic: "transactions",
    group: "spark-streaming",
    count: 200,
  });
  expect(consumed.values?.toSorted()).toEqual(RECORDS.toSorted());
});

test("the client file works with Kafka's own producer, and only its owner can read it", async () => {
  expectSuccess(await npm(["client", "shop-backend", "--out", checkout.folder]));
  const file = path.join(checkout.folder, "shop-backend.client.properties");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const tool = "org.apache.kafka.tools.ConsoleProducer";
  await consoleTool(tool, { bootstrap, client: file }, ["--topic", "fraud-alerts"], "alert\n");
  const consumed = await confluent({
    action: "consume",
    config: await as("spark-streaming"),
    topic: "fraud-alerts",
    group: "spark-streaming",
    count: 1,
  });
  expect(consumed.values).toEqual(["alert"]);
});

test("Kafka's own tools see the topic as it was declared", async () => {
  const { username, password } = (await outputs("--show-secrets")).admin;
  const described = await kafkaTool(
    { bootstrap, username, password },
    "org.apache.kafka.tools.TopicCommand",
    ["--describe", "--topic", "user-events"],
  );
  expect(described).toContain("PartitionCount: 12");
  expect(described).toContain("ReplicationFactor: 1");
  expect(described).toContain("retention.ms=259200000");
  expect(described).toContain("max.message.bytes=524288");
});

test("a neighbour's right is refused", async () => {
  const produced = await confluent({
    action: "produce",
    config: await as("spark-streaming"),
    topic: "transactions",
    records: ["x"],
  });
  expect(produced.error).toBe("TOPIC_AUTHORIZATION_FAILED");
  const consumed = await confluent({
    action: "consume",
    config: await as("shop-backend"),
    topic: "transactions",
    group: "spark-streaming",
    count: 1,
  });
  expect(consumed.error).toMatch(/AUTHORIZATION_FAILED/);
});

test("a wrong password and a client without one are refused", async () => {
  const wrong = await confluent({
    action: "count",
    config: scramConfig(bootstrap, "shop-backend", "wrong"),
    topic: "transactions",
    group: "x",
  });
  expect(wrong.error).toBe("_TRANSPORT");
  expect(wrong.events).toContain("_AUTHENTICATION");
  const anonymous = await confluent({
    action: "count",
    config: { "bootstrap.servers": bootstrap },
    topic: "transactions",
    group: "x",
  });
  expect(anonymous.error).toBe("_TRANSPORT");
});

test("the metrics have Kafka's figures, and are bound to loopback like every other port", async () => {
  const { metrics } = await outputs();
  const body = await (await fetch(metrics.url)).text();
  expect(body).toMatch(/^kafka_server_brokertopicmetrics_messagesin_total(\{.*\})? [1-9]/m);
  expect(body).toMatch(
    /^kafka_controller_kafkacontroller_activecontrollercount(\{.*\})? 1(\.0)?$/m,
  );
  const ports = docker("ps", "--filter", `label=kafka-platform=${NAME}`, "--format", "{{.Ports}}");
  expect(ports).not.toMatch(/0\.0\.0\.0|\[?::/);
});

test("Prometheus reaches the broker and Alertmanager, has Kafka's series, and names the cluster on each", async () => {
  expect(started.stdout).toContain(`http://127.0.0.1:${String(PORTS.alertmanager)}`);
  const { observability } = await outputs();
  const asked = async (query: string) => {
    const url = `${observability?.prometheusUrl ?? ""}/api/v1/query?query=${encodeURIComponent(query)}`;
    const answer = (await (await fetch(url)).json()) as {
      readonly data: {
        readonly result: readonly {
          readonly metric: Readonly<Record<string, string>>;
          readonly value: readonly [number, string];
        }[];
      };
    };
    return answer.data.result;
  };
  const targets = (await asked("up")).map(
    ({ metric, value }) => `${metric["job"] ?? ""} ${value[1]}`,
  );
  expect(targets.toSorted()).toEqual([
    "alertmanager 1",
    "kafka 1",
    "kafka-exporter 1",
    "prometheus 1",
  ]);
  const [controllers] = await asked("kafka_controller_kafkacontroller_activecontrollercount");
  expect(controllers?.metric).toMatchObject({ cluster: NAME, broker: "1", job: "kafka" });
  expect(controllers?.value[1]).toBe("1");
});

test("every query of the dashboards has an answer, but those that a dev stack can have none to", async () => {
  const { observability } = await outputs();
  const url = observability?.prometheusUrl ?? "";
  // Rates of the exporter are of minutes: some are known only two minutes after the first records.
  const listed = Object.values(WITHOUT_ANSWER).flat().toSorted();
  const options = { timeout: 240_000, interval: 5_000 };
  await expect.poll(() => unansweredBy(url, NAME), options).toEqual(listed);
});

test("the status page wants a login, and says in one sentence how the cluster is; metrics want none", async () => {
  const { url, username, password } =
    (await outputs("--show-secrets")).observability?.exporter ?? {};
  const asked = async (path: string, login?: string) => {
    const headers = login === undefined ? {} : { authorization: `Basic ${btoa(login)}` };
    const answer = await fetch(`${url ?? ""}${path}`, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  expect(url).toBe(`http://127.0.0.1:${String(PORTS.exporter)}`);
  expect(started.stdout).toContain(`${url ?? ""}   (log in as ${username ?? ""})`);
  expect((await asked("/")).status).toBe(401);
  expect((await asked("/", `${username ?? ""}:${(password ?? "").toLowerCase()}`)).status).toBe(
    401,
  );
  const page = await asked("/", `${username ?? ""}:${password ?? ""}`);
  expect(page.status).toBe(200);
  expect(page.text).toMatch(/<p class="verdict \w+">.{0,3}All is well: 1 broker, \d+ topics, /);
  const metrics = await asked("/metrics");
  expect(metrics.status).toBe(200);
  expect(metrics.text).toMatch(/^kafka_broker_up\{broker="1"\} 1$/m);
});

test("what watches the broker shows no secret, and runs as nobody", async () => {
  const { accounts, admin, observability } = await outputs("--show-secrets");
  const logins = [admin, ...Object.values(accounts), observability?.exporter];
  const passwords = logins.map((login) => login?.password ?? "");
  // Its image has nothing but Node to read a file with.
  const secretOf = (file: string) => {
    const read = `process.stdout.write(fs.readFileSync("/etc/kafka-platform/secrets/${file}"))`;
    return docker("exec", `${NAME}-exporter`, "node", "-e", read);
  };
  const own = secretOf("exporter-password");
  expect(passwords).toContain(secretOf("page-password"));
  for (const [role, uid] of [
    ["prometheus", "65534"],
    ["alertmanager", "65534"],
    ["exporter", "1000"],
  ] as const) {
    const container = `${NAME}-${role}`;
    const log = spawnSync("docker", ["logs", container], { encoding: "utf8" });
    const shown =
      docker("inspect", container) +
      docker("top", container, "-eo", "pid,args") +
      log.stdout +
      log.stderr;
    for (const password of [...passwords, own]) {
      expect(password).toMatch(/^[A-Za-z0-9]{32}$/);
      expect(shown).not.toContain(password);
    }
    const user = docker("inspect", "--format", "{{.Config.User}}", `${NAME}-${role}`).trim();
    expect(user).toBe(uid);
    const health = docker("inspect", "--format", "{{.State.Health.Status}}", `${NAME}-${role}`);
    expect(health.trim()).toBe("healthy");
  }
});

test("no secret shows in the container's description, its log, its processes, or the state", async () => {
  const { accounts, admin } = await outputs("--show-secrets");
  const passwords = [admin, ...Object.values(accounts)].map(({ password }) => password);
  const broker = `${NAME}-broker`;
  const jaas = docker("exec", broker, "cat", "/etc/kafka-platform/secrets/broker-password");
  expect(jaas).toMatch(/^[A-Za-z0-9]{32}$/);
  const log = spawnSync("docker", ["logs", broker], { encoding: "utf8" });
  const state = execFileSync(
    "find",
    [
      path.join(checkout.folder, ".kafka-platform"),
      "-type",
      "f",
      "-path",
      "*dev*",
      "-exec",
      "cat",
      "{}",
      "+",
    ],
    { encoding: "utf8", maxBuffer: STATE_BYTES },
  );
  const places = {
    inspect: docker("inspect", broker),
    log: log.stdout + log.stderr,
    processes: docker("top", broker, "-eo", "pid,args"),
    state,
    output: started.stdout + started.stderr,
  };
  for (const text of Object.values(places)) {
    for (const password of [...passwords, jaas]) expect(text).not.toContain(password);
  }
  expect(places.log).not.toMatch(/storedkey|salt=/i);
});

test("the UI's configuration logs in, lists topics, may not create one, and finds the metrics", async () => {
  buildUiStandIn(UI_IMAGE);
  configureOwn();
  const withUi = await npm(["start"]);
  expectSuccess(withUi);
  expect(withUi.stdout).toContain(`http://127.0.0.1:${String(PORTS.ui)}`);
  const { ui } = await outputs();
  const page = async (name: string) => (await fetch(`${ui?.url ?? ""}/${name}`)).text();
  expect((await page("topics")).split("\n")).toContain("transactions");
  expect(await page("create")).toContain("Authorization failed");
  expect(await page("metrics")).toContain("kafka_server_");
});

test("rotating the UI's account gives the UI the new credential, and it logs in with it", async () => {
  for (const step of ["set", "hand-out"]) {
    expectSuccess(await npm(["rotate", "kafka-ui", "--step", step]));
    const applied = await npm(["start"]);
    expectSuccess(applied);
    const restarted = applied.stderr.includes("docker:Container ui");
    expect(restarted).toBe(step === "hand-out");
  }
  const config = docker("exec", `${NAME}-ui`, "cat", "/etc/kafka-platform/ui.yml");
  expect(config).toContain('"sasl.mechanism": "SCRAM-SHA-256"');
  const { ui } = await outputs();
  expect(await (await fetch(`${ui?.url ?? ""}/topics`)).text()).toContain("transactions");
});

test("a topic changed by hand shows in a refresh, and the next start mends it", async () => {
  const { username, password } = (await outputs("--show-secrets")).admin;
  const altered = await kafkaTool({ bootstrap, username, password }, "kafka.admin.ConfigCommand", [
    "--alter",
    ...["--entity-type", "topics", "--entity-name", "transactions"],
    ...["--add-config", "retention.ms=1000000"],
  ]);
  expect(altered).toContain("Completed updating config");
  const refreshed = await npm(["refresh"]);
  expectSuccess(refreshed);
  expect(refreshed.stdout).toContain("~ kafka:Topic transactions  [config]");
  expect(refreshed.stderr).toMatch(/^refresh dev: succeeded, 1 changed outside/m);
  const mended = await npm(["start"]);
  expect(mended.stderr).toMatch(/^up dev: succeeded, 1 updated, \d+ unchanged/m);
  expect((await npm(["refresh"])).stderr).toMatch(/^refresh dev: succeeded, \d+ unchanged/m);
});

test("a removed declaration is deleted, and nothing else is", async () => {
  checkout.edit("topics/e-commerce.ts", (text) =>
    text
      .replace(/ {4}"fraud-alerts": event\(\{[\s\S]*?\n {4}\}\),\n/, "")
      .replaceAll(/,? ?"fraud-alerts"(?!:)/g, ""),
  );
  const unasked = await npm(["start"]);
  expect(unasked.code).toBe(1);
  expect(unasked.stderr).toMatch(/^warning: Topic fraud-alerts: .*$/m);
  expect(unasked.stderr).toContain("There is no terminal to ask on: pass --yes.");
  const removed = await npm(["start", "--yes"]);
  expectSuccess(removed);
  expect(removed.stderr).toContain("- kafka:Topic fraud-alerts");
  // The topic, its component, the right to write it and the right to read it; two accounts' grants change. What watches
  // them is told: the exporter, Prometheus of other rules, and Grafana, where its image can be had, of other dashboards.
  expect(removed.stderr).toMatch(
    /^up dev: succeeded, 2 updated, [23] replaced, 4 deleted, \d+ unchanged/m,
  );
  const topics = await (await fetch(`http://127.0.0.1:${String(PORTS.ui)}/topics`)).text();
  expect(topics).toContain("fraud-alerts"); // what the UI saw before, which proves that the topic was there
  const gone = await confluent({
    action: "produce",
    config: await as("shop-backend"),
    topic: "fraud-alerts",
    records: ["x"],
  });
  expect(gone.error).toBe("TOPIC_AUTHORIZATION_FAILED");
});

test("another image and another port keep every record", async () => {
  checkout.edit("images/kafka/entrypoint.sh", (text) => `${text}\n# another image\n`);
  configureOwn({ clientPort: PORTS.moved });
  const moved = await npm(["start"]);
  expectSuccess(moved);
  bootstrap = `127.0.0.1:${String(PORTS.moved)}`;
  expect((await outputs()).bootstrapServers).toBe(bootstrap);
  const counted = await confluent({
    action: "count",
    config: await as("spark-streaming"),
    topic: "transactions",
    group: "spark-streaming",
  });
  expect(counted.count).toBe(200);
});

test("a port that is taken is named before anything is made", async () => {
  const server = createServer().listen(PORTS.client, "127.0.0.1");
  try {
    configureOwn();
    const taken = await npm(["start"]);
    expect(taken.code).toBe(1);
    expect(taken.stderr).toContain(
      `${String(PORTS.client)} (Kafka clients) is taken by another program`,
    );
    expect(taken.stderr).toContain("kafka-platform:cluster.clientPort moves it");
  } finally {
    server.close();
    configureOwn({ clientPort: PORTS.moved });
  }
  expect((await npm(["start"])).stderr).toMatch(/^up dev: succeeded, \d+ unchanged/m);
});

test("a daemon that cannot be reached is named in one message, and nothing is changed", async () => {
  const { code, stderr } = await npm(["start"], {
    env: { DOCKER_HOST: "unix:///nowhere/docker.sock" },
  });
  expect(code).toBe(1);
  expect(stderr).toContain("/nowhere/docker.sock");
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("destroy leaves nothing", async () => {
  const destroyed = await npm(["destroy", "--yes"]);
  expectSuccess(destroyed);
  expect(remains()).toEqual([]);
  expect((await npm(["outputs"])).stderr).toContain("Stack dev is not up");
});

test("an interrupted start is gone on with by the same command", async () => {
  const when = (stderr: string) => stderr.includes("docker:Volume broker-data");
  const stop = { when, by: "SIGINT" } as const;
  const interrupted = await npm(["start"], { stop });
  expect(interrupted.code).not.toBe(0);
  expect(interrupted.stderr).toContain("run the same command again");
  expectSuccess(await npm(["start"]));
  expect((await npm(["start"])).stderr).toMatch(/^up dev: succeeded, \d+ unchanged/m);
  expectSuccess(await npm(["destroy", "--yes"]));
  expect(remains()).toEqual([]);
});

test("a killed start is gone on with, too, whatever it has left half made", async () => {
  const when = () => docker("ps", "-aq", "--filter", `name=${NAME}-broker`) !== "";
  const stop = { when, by: "SIGKILL" } as const;
  const killed = await npm(["start"], { stop });
  expect(killed.code).toBeNull();
  const resumed = await npm(["start"]);
  expectSuccess(resumed);
  expect(resumed.stderr).toContain("was being created when a run was interrupted");
  expect((await npm(["start"])).stderr).toMatch(/^up dev: succeeded, \d+ unchanged/m);
  expectSuccess(await npm(["destroy", "--yes"]));
  expect(remains()).toEqual([]);
});
