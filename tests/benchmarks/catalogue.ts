import { readFileSync } from "node:fs";
import { asText } from "../../cli/stack/stack-file.ts";
import { renderProperties, scramClientProperties } from "../../model/broker/secret-files.ts";
import { record } from "../support/pulumi/recorder.ts";
import { DevStack, docker } from "./dev-stack.ts";
import { type ToolCall, toolCalls } from "./kafka-tools.ts";
import { type Figure, median, seconds, timed } from "./measure.ts";

const ROUNDS = 3;
const SAMPLE_OF_EACH_KIND = 3;
const DOMAINS_FILE = "topics/domains.ts";
const NO_DOMAINS = "export const DOMAINS: Readonly<Record<string, unknown>> = {};\n";
/** Where a client inside the container reaches the broker: the listener of its own health check. */
const SERVER = "127.0.0.1:9094";

/**
 * The dev catalogue on a broker that runs and has none of it: `npm start`, from the first line of
 * Node to the last line printed, against Kafka's own tools in the broker's container, one call per
 * object. Of the tools a sample of each kind is timed and taken for the rest, unless `full`.
 */
export async function catalogueFigure(full: boolean): Promise<Figure> {
  const ports = { clientPort: 25390, metricsPort: 25391 };
  const stack = new DevStack("kafka-bench-catalogue", ports);
  try {
    const domains = readFileSync(DOMAINS_FILE, "utf8");
    const declare = async (text: string) => {
      stack.checkout.edit(DOMAINS_FILE, () => text);
      return timed(() => stack.npm("start"));
    };
    stack.checkout.edit(DOMAINS_FILE, () => NO_DOMAINS);
    await stack.npm("start");
    const applied: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      applied.push(await declare(domains));
      await declare(NO_DOMAINS);
    }
    const calls = toolCalls(await recordProgram(stack));
    const loop = await toolLoop(stack, calls, full);
    const ours = median(applied);
    return {
      what: "dev catalogue, faster by",
      measured: loop.seconds / ours,
      limit: 10,
      wanted: "at least",
      unit: "×",
      how: `whole \`npm start\` on a running broker ${seconds(ours)}; ${loop.how} ${seconds(loop.seconds)}`,
    };
  } finally {
    await stack.remove();
  }
}

/** Everything that the program registers for the stack. */
async function recordProgram(stack: DevStack) {
  const config = Object.entries(stack.config).map(([key, value]) => [key, asText(value)] as const);
  const secret = { "kafka-platform:stackSecret": "benchmark".repeat(4) };
  const values = { ...Object.fromEntries(config), ...secret };
  return record(() => import("../../index.ts"), values);
}

async function toolLoop(stack: DevStack, calls: readonly ToolCall[], full: boolean) {
  const outputs: unknown = JSON.parse(await stack.npm("outputs", "--show-secrets"));
  const { admin } = outputs as { admin: { username: string; password: string } };
  const login = renderProperties(scramClientProperties(admin.username, admin.password));
  const run = (some: readonly ToolCall[]) =>
    timed(() => docker(["exec", "-i", stack.container, "bash", "-e"], script(login, some)));
  const all = `loop of ${calls.length} calls`;
  if (full) return { seconds: await run(calls), how: all };
  let total = 0;
  for (const [, kind] of Map.groupBy(calls, (each) => each.kind)) {
    const sample = kind.slice(0, SAMPLE_OF_EACH_KIND);
    total += ((await run(sample)) / sample.length) * kind.length;
  }
  const how = `${all}, from ${SAMPLE_OF_EACH_KIND} calls of each kind (--full runs all)`;
  return { seconds: total, how };
}

/** KAFKA_OPTS loads the broker's agent, whose port is taken. */
const script = (login: string, calls: readonly ToolCall[]): string =>
  [
    "unset KAFKA_OPTS",
    "umask 077",
    `server=${SERVER}`,
    "client=$(mktemp)",
    "trap 'rm -f \"$client\"' EXIT",
    `cat >"$client" <<'END'\n${login}END`,
    // The tools must not read the rest of the script.
    ...calls.map(({ shell }) => (shell.includes("<<") ? shell : `${shell} </dev/null`)),
    "",
  ].join("\n");
