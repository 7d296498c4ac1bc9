/**
 * How long the report of a pull request takes, as ratios measured in one run: the whole prod program, by
 * the command, against Node loading the Pulumi SDK and its providers; and whether it stays linear. Needs
 * no server. Ends with exit code 1 where a limit is missed.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { changeOf } from "../../cli/preview/plan-changes.ts";
import { PROVIDERS } from "../../engine/providers.ts";
import { declaredState, planGoals, recordProgram, type ResourceGoal } from "../../engine/index.ts";
import { formatMarkdown } from "../../review/report/markdown.ts";
import { makeReport } from "../../review/report/report.ts";
import { Repository } from "../support/project/repository.ts";
import { isMet, median, print, seconds, timed } from "./measure.ts";

const ROUNDS = 3;
/** Two programs side by side on two cores, and what comes before and after them: 4 s where loading takes 0.42 s. */
const PROD_LIMIT = 9.5;
const LINEAR_LIMIT = 1.5;
const SIZES = [500, 2000] as const;
const STACK = { stack: "numbered", project: "benchmark" };

const loadSdk = () =>
  execFileSync(process.execPath, [
    ...["--input-type=module", "-e"],
    'await Promise.all(["pulumi", "docker", "kafka", "kubernetes", "tls"].map((name) => import(`@pulumi/${name}`)))',
  ]);

function preview({ folder }: Repository): void {
  const args = ["cli/main.ts", "preview", "--stack", "prod", "--format", "markdown"];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0 && status !== 2) throw new Error(stderr);
}

async function prod(): Promise<void> {
  const repository = new Repository();
  try {
    preview(repository); // compiles what is compiled once
    const sdk: number[] = [];
    const report: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      sdk.push(await timed(loadSdk));
      report.push(await timed(() => preview(repository)));
    }
    tell({
      what: "report of the prod program",
      measured: median(report.map((one, round) => one / (sdk[round] ?? one))),
      limit: PROD_LIMIT,
      how: `against a base ${seconds(median(report))}; loading the SDK and its providers ${seconds(median(sdk))}`,
    });
  } finally {
    repository.remove();
  }
}

/** Another retention for every topic: as much to compare, to judge and to tell as there can be. */
const changed = (goal: ResourceGoal): ResourceGoal =>
  goal.type === "kafka:index/topic:Topic"
    ? { ...goal, inputs: { ...goal.inputs, config: { "retention.ms": "3600000" } } }
    : goal;

async function report(folder: string, topics: number): Promise<void> {
  const said = {
    server: "127.0.0.1:9",
    username: "admin",
    password: "password",
    topics,
    acls: topics,
  };
  const entries = Object.entries(said).map(([key, value]) => [`benchmark:${key}`, String(value)]);
  const { goals, failures } = await recordProgram({
    target: { projectDir: folder, ...STACK },
    config: {
      values: Object.fromEntries(entries) as Record<string, string>,
      secretKeys: ["benchmark:password"],
    },
    providers: PROVIDERS,
    onEvent: () => undefined,
  });
  if (failures.length > 0) throw new Error(JSON.stringify(failures.slice(0, 3)));
  const given = { stack: STACK, providers: PROVIDERS };
  const { state } = declaredState({ ...given, goals });
  const { resources } = planGoals({ ...given, goals: goals.map(changed), state });
  const made = makeReport({
    ...{ stack: STACK.stack, environment: "prod", comparedWith: { kind: "nothing" } },
    ...{ changes: resources.map(changeOf), today: new Date() },
  });
  if (made.counts.update !== topics) throw new Error(`${String(made.counts.update)} updates`);
  formatMarkdown(made);
}

async function growth(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "numbered-stack-"));
  const program = path.join(import.meta.dirname, "programs", "objects.ts");
  const main = path.relative(folder, program);
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "module", main }));
  try {
    const times: number[][] = [[], [], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, topics] of [0, ...SIZES].entries()) {
        times[index]?.push(await timed(() => report(folder, topics)));
      }
    }
    const [start = 0, few = 0, many = 0] = times.map(median);
    const each = [few, many].map((time, index) => (time - start) / (SIZES[index] ?? 1));
    tell({
      what: "report: time per topic",
      measured: (each[1] ?? 0) / (each[0] ?? 1),
      limit: LINEAR_LIMIT,
      how: `${String(SIZES[1])} topics and ACLs ${seconds(many)}, ${String(SIZES[0])} ${seconds(few)}, none ${seconds(start)}`,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tell(figure: { what: string; measured: number; limit: number; how: string }): void {
  const told = { ...figure, wanted: "at most", unit: "×" } as const;
  print(told);
  if (!isMet(told)) process.exitCode = 1;
}

await prod();
await growth();
