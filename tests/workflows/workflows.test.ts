import { accessSync, constants, globSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";

/** What the workflows must keep to, whoever changes them. Programs of others judge them besides. */

const FOLDER = ".github/workflows";
const SCRIPTS = ".github/scripts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly "working-directory"?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly environment?: string;
  readonly "timeout-minutes"?: number;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

const BASE = "${{ github.event.pull_request.base.sha }}";

/** A job that takes what another one made, or has a token that may write. */
const judges = ({ permissions = {}, steps }: Job): boolean =>
  Object.values(permissions).includes("write") ||
  steps.some(({ uses }) => uses?.startsWith("actions/download-artifact@"));

/** Where the merge of a pull request is laid beside what it is merged into, and nothing of it is run. */
const CHANGE = "change";
const BESIDE = `git -C ${CHANGE} worktree add --detach ../main HEAD^1`;

/** Whether everything that a job runs is the main branch's. */
function isMain(job: Job): boolean {
  if (checkouts(job).every(({ ref }) => ref === BASE)) return true;
  const { steps } = job;
  return (
    checkouts(job).every(({ path: folder }) => folder === CHANGE) &&
    steps.every(
      ({ run, "working-directory": at }) => run === undefined || run === BESIDE || at === "main",
    )
  );
}

const checkouts = ({ steps }: Job) =>
  steps.flatMap(({ uses, with: given = {} }) =>
    uses?.startsWith("actions/checkout@") ? [given] : [],
  );

/** Faults of one workflow, each as a sentence. */
function faults(text: string): string[] {
  const workflow = parse(text) as Workflow;
  const { on, permissions, concurrency, jobs } = workflow;
  const found: string[] = [];
  const judge = (fine: boolean, fault: string): void => {
    if (!fine) found.push(fault);
  };
  judge(
    JSON.stringify(permissions) === "{}",
    "the workflow has rights of its own; wanted `permissions: {}`",
  );
  judge(concurrency?.group !== undefined, "there is no concurrency group");
  judge(!("pull_request_target" in on), "pull_request_target runs foreign code with our secrets");
  for (const [name, job] of Object.entries(jobs)) {
    judge(job.permissions !== undefined, `job ${name} does not say its permissions`);
    judge(job["timeout-minutes"] !== undefined, `job ${name} has no timeout`);
    if ("pull_request" in on) {
      judge(
        !JSON.stringify(job).includes("secrets."),
        `job ${name} of a pull request uses a secret`,
      );
      judge(job.environment === undefined, `job ${name} of a pull request has an environment`);
      judge(
        !judges(job) || isMain(job),
        `job ${name} tells or judges what a pull request made, with scripts of the pull request; wanted ref: ${BASE}`,
      );
    }
    for (const step of job.steps)
      found.push(...stepFaults(step).map((fault) => `job ${name}: ${fault}`));
  }
  for (const [, line = ""] of text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)) {
    judge(
      /^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line),
      `${line}: wanted an action by its whole hash, with its version in a comment`,
    );
  }
  return found;
}

function stepFaults({ uses, run, with: given }: Step): string[] {
  const found: string[] = [];
  if (uses?.startsWith("actions/checkout@") && given?.["persist-credentials"] !== false) {
    found.push("checkout leaves the token behind; wanted persist-credentials: false");
  }
  if (run === undefined) return found;
  if (run.includes("${{")) found.push(`\`${run}\`: an expression in a shell; hand it over by env`);
  if (run.includes("\n")) found.push(`\`${run}\`: shell belongs to ${SCRIPTS}`);
  for (const script of run.match(/\.github\/scripts\/[\w.-]+/g) ?? []) {
    if (!isExecutable(script)) found.push(`${script} is not there, or cannot be executed`);
  }
  if (/^npm (?:ci|install)\b(?!.* --ignore-scripts)/.test(run)) {
    found.push(`\`${run}\` runs what packages bring; wanted \`${run} --ignore-scripts\``);
  }
  const [, npm] = /^npm run (?:--silent )?([\w:-]+)/.exec(run) ?? [];
  if (npm !== undefined && !(npm in scripts)) found.push(`npm script ${npm} does not exist`);
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
  scripts: Record<string, string>;
};
const workflows = readdirSync(FOLDER).map(
  (name) => [name, readFileSync(path.join(FOLDER, name), "utf8")] as const,
);

test("these workflows are there, and no others", () => {
  expect(workflows.map(([name]) => name).sort()).toEqual([
    ...["check.yml", "deploy.yml", "drift.yml", "image.yml", "kubernetes.yml"],
    ...["preview.yml", "real-engine.yml"],
  ]);
});

test.each(workflows)("every path that %s waits for is there", (_, text) => {
  const { on } = parse(text) as Workflow;
  const filters = Object.values(on) as ({ paths?: readonly string[] } | null)[];
  const paths = filters.flatMap((filter) => filter?.paths ?? []);
  expect(paths.filter((pattern) => globSync(pattern).length === 0)).toEqual([]);
});

test.each(workflows)("%s keeps to the rules", (_, text) => {
  expect(faults(text)).toEqual([]);
});

const JOB = `
    permissions: {contents: read}
    timeout-minutes: 5
    steps:`;
const good = (steps: string, on = "push", more = ""): string =>
  `on: {${on}: }\npermissions: {}\nconcurrency: {group: a}\n${more}jobs:\n  a:${JOB}\n${steps}`;

test.each<[string, string, string[]]>([
  [
    "a tag for a hash",
    good("      - uses: actions/setup-node@v7"),
    ["actions/setup-node@v7: wanted an action by its whole hash, with its version in a comment"],
  ],
  [
    "a hash without its version",
    good(`      - uses: a/b@${"a".repeat(40)}`),
    [`a/b@${"a".repeat(40)}: wanted an action by its whole hash, with its version in a comment`],
  ],
  [
    "a checkout that keeps its token",
    good(`      - uses: actions/checkout@${"a".repeat(40)} # v1.2.3`),
    ["job a: checkout leaves the token behind; wanted persist-credentials: false"],
  ],
  [
    "an expression in a shell",
    good("      - run: echo ${{ github.head_ref }}"),
    ["job a: `echo ${{ github.head_ref }}`: an expression in a shell; hand it over by env"],
  ],
  [
    "a script that is not there",
    good("      - run: .github/scripts/nothing.sh"),
    ["job a: .github/scripts/nothing.sh is not there, or cannot be executed"],
  ],
  [
    "an npm script that is not there",
    good("      - run: npm run nothing"),
    ["job a: npm script nothing does not exist"],
  ],
  [
    "packages that run their own scripts",
    good("      - run: npm ci"),
    ["job a: `npm ci` runs what packages bring; wanted `npm ci --ignore-scripts`"],
  ],
  [
    "a secret of a pull request",
    good(
      '      - run: npm ci --ignore-scripts\n        env: {A: "${{ secrets.A }}"}',
      "pull_request",
    ),
    ["job a of a pull request uses a secret"],
  ],
  [
    "a pull request that judges itself",
    good(
      `      - uses: actions/checkout@${"a".repeat(40)} # v1.2.3\n        with: {persist-credentials: false}\n      - uses: actions/download-artifact@${"a".repeat(40)} # v1.2.3`,
      "pull_request",
    ),
    [
      "job a tells or judges what a pull request made, with scripts of the pull request; wanted ref: ${{ github.event.pull_request.base.sha }}",
    ],
  ],
  [
    "a judge that runs a pull request beside which main is laid",
    good(
      `      - uses: actions/checkout@${"a".repeat(40)} # v1.2.3\n        with: {persist-credentials: false, path: change}\n      - uses: actions/download-artifact@${"a".repeat(40)} # v1.2.3\n      - run: npm ci --ignore-scripts\n        working-directory: change`,
      "pull_request",
    ),
    [
      "job a tells or judges what a pull request made, with scripts of the pull request; wanted ref: ${{ github.event.pull_request.base.sha }}",
    ],
  ],
  [
    "foreign code with our secrets",
    good("      - run: npm ci --ignore-scripts", "pull_request_target"),
    ["pull_request_target runs foreign code with our secrets"],
  ],
  [
    "no permissions at all",
    "on: {push: }\njobs:\n  a:\n    steps: []",
    [
      "the workflow has rights of its own; wanted `permissions: {}`",
      "there is no concurrency group",
      "job a does not say its permissions",
      "job a has no timeout",
    ],
  ],
])("%s is found", (_, text, expected) => {
  expect(faults(text)).toEqual(expected);
});

test("no package runs a script of its own when it is installed", () => {
  expect(readFileSync(".npmrc", "utf8").split("\n")).toContain("ignore-scripts=true");
  // `npm run` leaves these out then, silently.
  const around = Object.keys(scripts).filter((name) => /^(?:pre|post)(?!view$)/.test(name));
  expect(around).toEqual([]);
});

test("every script is used by a workflow or another script, and stops at the first error", () => {
  const names = readdirSync(SCRIPTS);
  const texts = names.map((name) => readFileSync(path.join(SCRIPTS, name), "utf8"));
  const used = [...workflows.map(([, text]) => text), ...texts].join("\n");
  for (const [at, name] of names.entries()) {
    const called = [`${SCRIPTS}/${name}`, `"$(dirname "$0")/${name}"`];
    expect([name, called.some((call) => used.includes(call))]).toEqual([name, true]);
    const text = texts[at] ?? "";
    expect(text.startsWith("#!/usr/bin/env bash\n")).toBe(true);
    expect(text).toContain("\nset -euo pipefail\n");
  }
});

test("deployments never overlap and are never cut short; what applies waits for its environment", () => {
  const deploy = parse(readFileSync(path.join(FOLDER, "deploy.yml"), "utf8")) as Workflow;
  expect(deploy.concurrency).toEqual({ group: "deploy-prod", "cancel-in-progress": false });
  expect(deploy.jobs["apply"]?.environment).toBe("prod");
});

test("only the jobs that write may write", () => {
  const writes = workflows.flatMap(([file, text]) =>
    Object.entries((parse(text) as Workflow).jobs).flatMap(([job, { permissions = {} }]) =>
      Object.entries(permissions).flatMap(([what, right]) =>
        right === "write" ? [`${file} ${job}: ${what}`] : [],
      ),
    ),
  );
  expect(writes.sort()).toEqual([
    "drift.yml tell: issues",
    "image.yml push: attestations",
    "image.yml push: id-token",
    "image.yml push: packages",
    "preview.yml comment: pull-requests",
  ]);
});
