import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

/** The shell of the workflows, run with stand-ins for the programs that it calls. */

const SCRIPTS = path.resolve(".github/scripts");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "workflow-"));
  mkdirSync(path.join(folder, "bin"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string): string => path.join(folder, name);
const read = (name: string): string => readFileSync(at(name), "utf8");

/** A program on the PATH that writes down how it was called, and then does `body`. */
function standIn(name: string, body = ""): void {
  const file = path.join(folder, "bin", name);
  writeFileSync(file, `#!/usr/bin/env bash\necho "${name} $*" >>"${at("calls")}"\n${body}\n`);
  chmodSync(file, 0o755);
}

function run(script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(path.join(SCRIPTS, script), args, {
    cwd: folder,
    encoding: "utf8",
    env: {
      PATH: `${path.join(folder, "bin")}:/usr/bin:/bin`,
      GITHUB_REPOSITORY: "example/kafka",
      GH_TOKEN: "token",
      PULL_REQUEST: "7",
      ...env,
    },
  });
  return { status, stdout, stderr };
}

const calls = (): string[] => (existsSync(at("calls")) ? read("calls").trimEnd().split("\n") : []);

test.each([0, 2, 3])("a report with code %i is kept, and its code", (code) => {
  standIn("npm", `echo '<!-- kafka-platform preview of stack prod -->'; exit ${String(code)}`);
  expect(run("preview-report.sh", ["prod", "out", "HEAD", "6000"])).toMatchObject({ status: 0 });
  const preview =
    "npm run --silent preview -- --stack prod --format markdown --detailed-exitcode --base HEAD --max-bytes 6000";
  expect(calls()).toEqual([preview]);
  expect(read("out/report.md")).toBe("<!-- kafka-platform preview of stack prod -->\n");
  expect(read("out/exit-code")).toBe(`${String(code)}\n`);
});

test("of an error the report is its last lines, within its bytes", () => {
  standIn("npm", 'echo half; for i in $(seq 100); do echo "line $i" >&2; done; exit 9');
  expect(run("preview-report.sh", ["prod", "out", "HEAD", "6000"]).status).toBe(0);
  const lines = read("out/report.md").split("\n");
  expect(lines.slice(0, 5)).toEqual([
    "<!-- kafka-platform preview of stack prod -->",
    "### ⛔ Stack `prod` cannot be planned",
    "",
    "``````````text",
    "line 51",
  ]);
  expect(lines.at(-3)).toBe("line 100");
  expect(read("out/exit-code")).toBe("1\n");
  standIn(
    "npm",
    'for i in $(seq 50); do head -c 900 /dev/zero | tr "\\0" x >&2; echo >&2; done; exit 1',
  );
  expect(run("preview-report.sh", ["prod", "out", "HEAD", "6000"]).status).toBe(0);
  expect(Buffer.byteLength(read("out/report.md"))).toBeLessThan(6_000);
});

/** A repository with stacks of these names, and what a preview of each ends with. */
function stacks(codes: Readonly<Record<string, number>>, gone: readonly string[] = []): void {
  const git = (...args: string[]) => {
    const author = ["-c", "user.name=test", "-c", "user.email=test@localhost"];
    spawnSync("/usr/bin/git", [...author, ...args], { cwd: folder, encoding: "utf8" });
  };
  git("init", "--quiet");
  for (const name of [...Object.keys(codes), ...gone]) writeFileSync(at(`Pulumi.${name}.yaml`), "");
  git("add", ".");
  git("commit", "--quiet", "--message", "stacks");
  for (const name of gone) rmSync(at(`Pulumi.${name}.yaml`));
  const cases = Object.entries(codes).map(([name, code]) => `${name}) exit ${String(code)} ;;`);
  standIn("npm", `echo "marker"; echo "### Stack $6"; case $6 in ${cases.join(" ")} esac`);
}
const report = (): string => {
  expect(run("stack-reports.sh", ["out", "HEAD"])).toMatchObject({ status: 0 });
  return read("out/report.md");
};

test("one report is over every stack: a section where something changes, a word where nothing does", () => {
  stacks({ dev: 0, prod: 3, staging: 2 });
  expect(report()).toBe(
    "<!-- kafka-platform preview -->\n### Stack prod\n\n---\n\n### Stack staging\n\n---\n\n" +
      "✅ Nothing changes in `dev`.\n",
  );
  expect(calls().every((call) => call.endsWith("--base HEAD --max-bytes 20000"))).toBe(true);
});

test.each<[Readonly<Record<string, number>>, string]>([
  [{ dev: 0, prod: 0 }, "0"],
  [{ dev: 3, prod: 0 }, "0"],
  [{ dev: 3, prod: 2 }, "2"],
  [{ dev: 2, prod: 1 }, "1"],
  [{ dev: 7, prod: 2 }, "1"],
])("the verdict over %j is that of the worst: %s", (codes, worst) => {
  stacks(codes);
  report();
  expect(read("out/exit-code")).toBe(`${worst}\n`);
});

test("a stack file that goes is told; a name that could be an option is no stack", () => {
  stacks({ dev: 0, "-x": 2 }, ["old"]);
  expect(report()).toBe(
    "<!-- kafka-platform preview -->\n⚠️ Stack `old` has no file any more. What it has deployed stays, " +
      "and nothing here looks after it.\n\n✅ Nothing changes in `dev`.\n",
  );
});

test("the reports of many stacks fit into one comment", () => {
  stacks(Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`s${String(at)}`, 1])));
  standIn(
    "npm",
    'for i in $(seq 50); do head -c 900 /dev/zero | tr "\\0" x >&2; echo >&2; done; exit 1',
  );
  expect(Buffer.byteLength(report())).toBeLessThan(63_000);
});

test.each([
  ["0", 0],
  ["2", 2],
  ["1", 1],
  ["256", 1],
  ["", 1],
])("the verdict of code %s ends with %i", (code, status) => {
  mkdirSync(at("out"));
  writeFileSync(at("out/exit-code"), `${code}\n`);
  expect(run("judge.sh", ["out"]).status).toBe(status);
});

const MARKER = "<!-- kafka-platform preview -->";

/** `gh api` that answers the list with what jq makes of these comments. */
const ghWith = (comments: readonly object[]): void => {
  writeFileSync(at("comments.json"), JSON.stringify(comments));
  // The stand-in for gh's own jq: the expression of the script, in the words of this test.
  standIn(
    "gh",
    `if [[ "$*" == *--paginate* ]]; then node -e '
const all = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
for (const one of all)
  if (one.user.login === "github-actions[bot]" && (one.body === undefined || one.body.startsWith(process.env.marker)) && (process.env.title === undefined || (one.title === process.env.title && !("pull_request" in one))))
    console.log(one.id ?? one.number);' "${at("comments.json")}"; fi`,
  );
  standIn("node", `exec ${process.execPath} "$@"`);
};
const writes = (): string[] =>
  calls().filter((call) => /^gh /.test(call) && !call.includes("--paginate"));

test("the first report is a new comment", () => {
  ghWith([
    { id: 1, user: { login: "somebody" }, body: `${MARKER}\nnot ours` },
    { id: 2, user: { login: "github-actions[bot]" }, body: "something else" },
  ]);
  writeFileSync(at("report.md"), `${MARKER}\nhello\n`);
  expect(run("comment.sh", ["report.md"])).toMatchObject({
    status: 0,
    stdout: "a comment was added\n",
  });
  expect(writes()).toEqual([
    "gh api --method POST repos/example/kafka/issues/7/comments --field body=@report.md --silent",
  ]);
});

test("a later report takes the place of the first", () => {
  ghWith([
    { id: 3, user: { login: "github-actions[bot]" }, body: `${MARKER}\nold` },
    { id: 4, user: { login: "github-actions[bot]" }, body: `${MARKER}\nolder` },
  ]);
  writeFileSync(at("report.md"), `${MARKER}\nnew\n`);
  expect(run("comment.sh", ["report.md"])).toMatchObject({
    status: 0,
    stdout: "comment 3 was edited\n",
  });
  expect(writes()).toEqual([
    "gh api --method PATCH repos/example/kafka/issues/comments/3 --field body=@report.md --silent",
  ]);
});

test("what is no report is not published, and a refusal of GitHub fails the job", () => {
  ghWith([]);
  writeFileSync(at("report.md"), "no marker\n");
  expect(run("comment.sh", ["report.md"])).toMatchObject({ status: 1 });
  expect(writes()).toEqual([]);
  standIn("gh", "exit 4");
  writeFileSync(at("report.md"), `${MARKER}\n`);
  expect(run("comment.sh", ["report.md"]).status).toBe(4);
});

test("a kubeconfig lives in a private file as long as the command", () => {
  const command = [
    "bash",
    "-c",
    'cat "$KUBECONFIG"; stat -c %a "$KUBECONFIG"; echo "$KUBECONFIG" >path; echo "${KUBE_CONFIG-gone}"; exit 5',
  ];
  const { status, stdout } = run("with-cluster.sh", command, { KUBE_CONFIG: "kind: Config" });
  expect([status, stdout]).toEqual([5, "kind: Config\n600\ngone\n"]);
  expect(existsSync(read("path").trim())).toBe(false);
  const missing = run("with-cluster.sh", command);
  expect(missing.status).not.toBe(0);
  expect(missing.stderr).toContain("set the secret KUBE_CONFIG of the environment");
});

test("a deployment is planned with the policies, and applied as it was planned", () => {
  standIn("npm");
  expect(run("plan.sh", ["prod", "plan.json"]).status).toBe(0);
  expect(run("apply.sh", ["prod", "plan.json"])).toMatchObject({ status: 1 });
  writeFileSync(at("plan.json"), "{}");
  expect(run("apply.sh", ["prod", "plan.json"]).status).toBe(0);
  expect(calls()).toEqual([
    "npm run --silent pulumi -- preview --stack prod --refresh --diff --non-interactive --policy-pack policy --save-plan plan.json",
    "npm run --silent pulumi -- up --stack prod --plan plan.json --yes --non-interactive --policy-pack policy",
  ]);
});

test.each<[string, string, number, string | undefined]>([
  ["no drift is told where nothing differs", "exit 0", 0, "no\n"],
  [
    "drift is told where something differs",
    "echo 'error: no changes were expected but changes occurred'; exit 255",
    0,
    "yes\n",
  ],
  [
    "the search for drift fails where the cluster is away",
    "echo 'error: unreachable' >&2; exit 255",
    1,
    undefined,
  ],
])("%s", (_, body, status, drift) => {
  standIn("npm", body);
  expect(run("drift.sh", ["prod", "out"]).status).toBe(status);
  expect(calls()).toEqual([
    "npm run --silent pulumi -- refresh --stack prod --preview-only --expect-no-changes --diff --non-interactive --color never",
  ]);
  expect(existsSync(at("out/drift")) ? read("out/drift") : undefined).toBe(drift);
});

test.each<[string, number, number, string | undefined]>([
  ["nothing is overdue", 0, 0, "no\n"],
  ["something is overdue", 2, 0, "yes\n"],
  ["the outputs cannot be had", 1, 1, undefined],
])("it is told whether a credential is overdue: %s", (_, code, status, overdue) => {
  standIn("npm", `echo 'shop 2026-01-01, overdue'; exit ${String(code)}`);
  expect(run("overdue.sh", ["prod", "out"]).status).toBe(status);
  expect(calls()).toEqual([
    "npm run --silent rotate -- --list --overdue --stack prod --engine pulumi",
  ]);
  expect(existsSync(at("out/overdue")) ? read("out/overdue") : undefined).toBe(overdue);
  expect(read("out/credentials")).toContain("shop");
});

type Answer = "yes" | "no";
const drifted = (drift: Answer, differences = "~ topic orders\n", overdue: Answer = "no"): void => {
  mkdirSync(at("out"));
  writeFileSync(at("out/drift"), `${drift}\n`);
  writeFileSync(at("out/differences"), differences);
  writeFileSync(at("out/overdue"), `${overdue}\n`);
  writeFileSync(at("out/credentials"), "shop  2026-01-01, overdue\n");
};
const OURS = { number: 12, title: "Drift of stack prod", user: { login: "github-actions[bot]" } };

test.each<[string, "yes" | "no", object[], string[]]>([
  [
    "the first drift opens an issue",
    "yes",
    [],
    ["gh issue create --repo example/kafka --title Drift of stack prod --body-file out/issue.md"],
  ],
  [
    "more drift edits it",
    "yes",
    [OURS],
    ["gh issue edit 12 --repo example/kafka --body-file out/issue.md"],
  ],
  [
    "somebody else's issue of that name is not ours",
    "yes",
    [{ ...OURS, user: { login: "somebody" } }],
    ["gh issue create --repo example/kafka --title Drift of stack prod --body-file out/issue.md"],
  ],
  [
    "the end of it closes the issue",
    "no",
    [OURS],
    [
      "gh issue close 12 --repo example/kafka --comment What is there is what was deployed again, and no credential is overdue.",
    ],
  ],
  ["no drift and no issue is nothing to do", "no", [], []],
])("%s", (_, drift, issues, expected) => {
  drifted(drift);
  ghWith(issues);
  expect(run("drift-issue.sh", ["prod", "out"]).status).toBe(0);
  expect(writes()).toEqual(expected);
});

test("an issue shows what differs, cut to what GitHub takes", () => {
  drifted("yes", "~ topic orders\n".repeat(10_000));
  ghWith([]);
  expect(run("drift-issue.sh", ["prod", "out"]).status).toBe(0);
  const body = read("out/issue.md");
  expect(body).toContain("\n``````````text\n~ topic orders\n");
  expect(body.length).toBeLessThan(65_536);
});

test("an issue names the credentials that are overdue, with drift and without", () => {
  ghWith([]);
  drifted("no", "nothing", "yes");
  expect(run("drift-issue.sh", ["prod", "out"]).status).toBe(0);
  expect(writes()).toEqual([
    "gh issue create --repo example/kafka --title Drift of stack prod --body-file out/issue.md",
  ]);
  const body = read("out/issue.md");
  expect(body).toContain("npm run rotate -- ACCOUNT --stack prod");
  expect(body).toContain("\nshop  2026-01-01, overdue\n");
  expect(body).not.toContain("differs from what was deployed");
});

test("an image is pushed with a login that ends, and its digest is shown as a change of the stack file", () => {
  const git = (...args: string[]) =>
    spawnSync("/usr/bin/git", args, { cwd: folder, encoding: "utf8" });
  git("init", "--quiet");
  writeFileSync(at("Pulumi.prod.yaml"), "image: old\n");
  git("add", "Pulumi.prod.yaml");
  standIn("docker", "if [[ $1 == login ]]; then cat >>password; fi");
  const digest = `sha256:${"0".repeat(64)}`;
  const said = [
    "ghcr.io/example/kafka/broker:1 sha256:2",
    `ghcr.io/example/kafka/broker@${digest} is now cluster.image`,
    `ghcr.io/example/kafka/exporter@sha256:${"1".repeat(64)} is now observability.exporter.image`,
  ];
  standIn(
    "npm",
    ["echo 'image: new' >Pulumi.prod.yaml", ...said.map((line) => `echo '${line}'`)].join("; "),
  );
  const env = {
    GITHUB_OUTPUT: at("output"),
    REGISTRY_USER: "me",
    REGISTRY_TOKEN: "hunter2",
    GITHUB_STEP_SUMMARY: at("summary"),
  };
  const { status, stdout } = run("push-image.sh", ["prod", "ghcr.io/Example/Kafka"], env);
  expect([status, stdout]).toEqual([0, `${said.join("\n")}\n`]);
  expect(read("output")).toBe(`name=ghcr.io/example/kafka/broker\ndigest=${digest}\n`);
  expect(calls()).toEqual([
    "docker login ghcr.io --username me --password-stdin",
    "npm run --silent image -- --stack prod --push ghcr.io/example/kafka",
    "docker logout ghcr.io",
  ]);
  expect(read("password")).toBe("hunter2\n");
  expect(read("summary")).toContain("-image: old\n+image: new\n");
});

test("policies on the CLI have a state and a secret of the job's own, and nothing of them is left", () => {
  standIn("pulumi", 'cat >/dev/null; echo "$PULUMI_BACKEND_URL" >backend');
  standIn("npm", "exit 9");
  expect(run("policy-on-cli.sh", ["dev"]).status).toBe(9);
  expect(calls()).toEqual([
    "pulumi stack init dev --non-interactive",
    "pulumi config set --secret stackSecret --stack dev --non-interactive",
    "npm run --silent pulumi -- preview --stack dev --policy-pack policy --non-interactive",
  ]);
  expect(existsSync(read("backend").trim().replace("file://", ""))).toBe(false);
});

const REFERENCE = `broker@sha256:${"0".repeat(64)}`;

test.each<[string, string, number, string[]]>([
  [
    "an image of this repository is deployed if the workflow has built it",
    `    image: ghcr.io/example/kafka/${REFERENCE} # 4.3.1`,
    0,
    [
      `gh attestation verify oci://ghcr.io/example/kafka/${REFERENCE} --repo example/kafka --signer-workflow example/kafka/.github/workflows/image.yml`,
    ],
  ],
  [
    "an image of another registry is told to be unknown",
    `    image: registry.example/${REFERENCE}`,
    0,
    [],
  ],
  ["an image by tag is refused", "    image: ghcr.io/example/kafka/broker:latest", 1, []],
  ["no image is refused", "config: {}", 1, []],
])("%s", (_, line, status, expected) => {
  standIn("gh");
  writeFileSync(at("Pulumi.prod.yaml"), `${line}\n`);
  const ended = run("verify-image.sh", ["prod"]);
  expect([ended.status, calls()]).toEqual([status, expected]);
  expect(ended.stdout.includes("not verified")).toBe(status === 0 && expected.length === 0);
});

test("an image without an attestation is not deployed", () => {
  standIn("gh", "exit 1");
  writeFileSync(at("Pulumi.prod.yaml"), `  image: ghcr.io/example/kafka/${REFERENCE}\n`);
  expect(run("verify-image.sh", ["prod"]).status).toBe(1);
});
