/**
 * How long `npm start` takes, as ratios to what nobody can avoid, measured in the same run: on a busy
 * machine both grow together. Needs Docker and the base image; run it with `npm run benchmark`.
 *
 *   warm start     against a bare `docker run` of the same image until it is healthy
 *   no change      against Node loading the Pulumi SDK and its providers
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { DevStack, docker } from "./dev-stack.ts";
import { median, timed } from "./measure.ts";

const NAME = "kafka-bench";
const ROUNDS = 3;

const stack = new DevStack(NAME, { clientPort: 26092, metricsPort: 26404 });

/** The same container from the same image with the same files, by hand. */
async function bareContainer(): Promise<number> {
  const [image = ""] = docker(["inspect", "-f", "{{.Image}}", stack.container]).split("\n");
  const files = path.join(
    stack.checkout.folder,
    `round-${String(performance.now())}`,
    "kafka-platform",
  );
  mkdirSync(path.dirname(files));
  execFileSync("docker", ["cp", "-q", `${stack.container}:/etc/kafka-platform`, files]);
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
      docker(["network", "create", bare]);
      const network = ["--name", bare, "--network", bare];
      docker(["create", ...network, ...limits, ...heap, ...health, image]);
      docker(["cp", "-q", files, `${bare}:/etc/`]);
      docker(["start", bare]);
      for (;;) {
        const state = docker(["inspect", "-f", "{{.State.Status}} {{.State.Health.Status}}", bare]);
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
  await stack.npm("start"); // builds the image
  const warm: number[] = [];
  const same: number[] = [];
  const bare: number[] = [];
  const sdk: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await stack.npm("destroy", "--yes");
    warm.push(await timed(() => stack.npm("start")));
    same.push(await timed(() => stack.npm("start")));
    bare.push(await bareContainer());
    sdk.push(await timed(loadSdk));
  }
  report("warm start", median(warm), "bare container until healthy", median(bare));
  report("no change", median(same), "loading the SDK and its providers", median(sdk));
} finally {
  await stack.remove();
}
