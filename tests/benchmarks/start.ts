/**
 * How long `npm start` takes, as ratios to what nobody can avoid, measured in the same run: on a busy
 * machine both grow together. Needs Docker and the base image; run it with `npm run benchmark`.
 *
 *   warm start     against a bare `docker run` of the same image until it is healthy
 *   no change      against Node loading the Pulumi SDK and its providers
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { Checkout } from "../support/checkout.ts";

const NAME = "kafka-bench";
const PORTS = { client: 26092, metrics: 26404, bareClient: 26192 };
const ROUNDS = 3;

const checkout = new Checkout();
const docker = (...args: readonly string[]) => execFileSync("docker", args, { encoding: "utf8" });
const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

async function timed(work: () => unknown): Promise<number> {
  const since = performance.now();
  await work();
  return (performance.now() - since) / 1000;
}

async function npm(...args: readonly string[]): Promise<void> {
  const stack = ["--stack", "bench", "--engine", "embedded"];
  const { code, stderr } = await checkout.npm([...args, ...stack]);
  if (code !== 0) throw new Error(`npm run ${args.join(" ")} failed:\n${stderr}`);
}

function configure(): void {
  const { config } = parse(readFileSync("Pulumi.dev.yaml", "utf8")) as { config: object };
  const cluster = {
    kind: "docker",
    name: NAME,
    clientPort: PORTS.client,
    metricsPort: PORTS.metrics,
  };
  const ours = { "kafka-platform:cluster": cluster, "kafka-platform:ui": { enabled: false } };
  const text = stringify({ config: { ...config, ...ours } });
  writeFileSync(path.join(checkout.folder, "Pulumi.bench.yaml"), text);
}

/** The same container from the same image with the same files, by hand. */
async function bareContainer(): Promise<number> {
  const [image = ""] = docker("inspect", "-f", "{{.Image}}", `${NAME}-broker`).split("\n");
  const files = path.join(checkout.folder, `round-${String(performance.now())}`, "kafka-platform");
  mkdirSync(path.dirname(files));
  execFileSync("docker", ["cp", "-q", `${NAME}-broker:/etc/kafka-platform`, files]);
  const bare = `${NAME}-bare`;
  try {
    return await timed(async () => {
      const limits = ["--memory", "1g", "--group-add", "0", "-e", "QUORUM_MODE=standalone"];
      const heap = ["-e", "KAFKA_HEAP_OPTS=-Xms512m -Xmx512m"];
      const health = [
        "--health-interval",
        "3s",
        "--hostname",
        "broker",
        "--network-alias",
        "broker",
      ];
      docker("network", "create", bare);
      docker("create", "--name", bare, "--network", bare, ...limits, ...heap, ...health, image);
      docker("cp", "-q", files, `${bare}:/etc/`);
      docker("start", bare);
      for (;;) {
        const state = docker("inspect", "-f", "{{.State.Status}} {{.State.Health.Status}}", bare);
        if (state.trim() === "running healthy") return;
        if (state.startsWith("exited")) throw new Error(`the bare container ended: ${logs(bare)}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    });
  } finally {
    spawnSync("docker", ["rm", "-fv", bare]);
    spawnSync("docker", ["network", "rm", bare]);
  }
}

const logs = (container: string) =>
  spawnSync("docker", ["logs", "--tail", "3", container], { encoding: "utf8" }).stderr;

const loadSdk = () =>
  execFileSync(process.execPath, [
    ...["--input-type=module", "-e"],
    'await Promise.all(["pulumi", "docker", "kafka"].map((name) => import(`@pulumi/${name}`)))',
  ]);

function report(what: string, seconds: number, baseline: string, against: number): void {
  const ratio = (seconds / against).toFixed(2);
  const row = [what.padEnd(12), `${seconds.toFixed(1)} s`.padStart(8), `${ratio} ×`.padStart(8)];
  console.log(`${row.join("  ")}  ${baseline} (${against.toFixed(1)} s)`);
}

try {
  configure();
  await npm("start"); // builds the image
  const warm: number[] = [];
  const same: number[] = [];
  const bare: number[] = [];
  const sdk: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await npm("destroy", "--yes");
    warm.push(await timed(() => npm("start")));
    same.push(await timed(() => npm("start")));
    bare.push(await bareContainer());
    sdk.push(await timed(loadSdk));
  }
  report("warm start", median(warm), "bare container until healthy", median(bare));
  report("no change", median(same), "loading the SDK and its providers", median(sdk));
} finally {
  await npm("destroy", "--yes").finally(() => {
    checkout.remove();
  });
}
