/** Who writes the report of a pull request: nothing of the pull request does, unless it changes code. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Checkout } from "../support/project/checkout.ts";

const MODULES = path.resolve("node_modules");
const MARKER = "<!-- kafka-platform preview -->";
const FORGED = `${MARKER}\nNothing stands in the way.`;

/** A topic of the demo keeps its records for an hour. */
const DECLARED = "topics/e-commerce.ts";
const HARM = `
const transactions = eCommerce.topics.transactions as { retention: string };
transactions.retention = "1h";
`;
/** What a file of declarations can do to the process that it is loaded in. */
const attack = (shown: string): string => `${HARM}
const say = console.log;
console.log = (text: unknown) => say(${shown});
process.on("exit", () => {
  process.exitCode = 0;
});
`;

let work = "";
const change = new Checkout();
beforeAll(() => {
  rmSync(path.join(change.folder, "node_modules"));
  git("init", "--quiet", "--initial-branch", "main");
  commit("main");
});
afterAll(() => {
  change.remove();
});
beforeEach(() => {
  work = mkdtempSync(path.join(tmpdir(), "judged-"));
  git("checkout", "--quiet", "-b", path.basename(work), "main");
});
afterEach(() => {
  rmSync(path.join(change.folder, "node_modules"));
  rmSync(work, { recursive: true, force: true });
  git("worktree", "prune");
});

function git(...args: readonly string[]): void {
  const author = ["-c", "user.name=test", "-c", "user.email=test@localhost"];
  execFileSync("git", [...author, ...args], { cwd: change.folder, stdio: "pipe" });
}

function commit(message: string): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
}

function script(name: string, args: readonly string[], cwd: string) {
  const bin = path.join(cwd, ".github/scripts", name);
  const summary = path.join(work, "summary");
  const env = { ...process.env, GITHUB_STEP_SUMMARY: summary };
  const { status, stderr } = spawnSync(bin, args, { cwd, env, encoding: "utf8" });
  return { status, stderr };
}

const read = (name: string): string => readFileSync(path.join(work, name), "utf8");

/** Merges what was edited, as GitHub does it, and lays what it is merged into beside it. */
function merged(): void {
  commit("change");
  git("checkout", "--quiet", "--detach", "main");
  git("merge", "--quiet", "--no-ff", "--message", "merge", path.basename(work));
  git("worktree", "add", "--quiet", "--detach", path.join(work, "main"), "HEAD^1");
  for (const folder of [change.folder, path.join(work, "main")]) {
    symlinkSync(MODULES, path.join(folder, "node_modules"));
  }
}

/** What the job hands over that runs the pull request's code. */
function ownReport(): { report: string; code: string } {
  const { status, stderr } = script("own-report.sh", [path.join(work, "own")], change.folder);
  expect(status, stderr).toBe(0);
  return { report: read("own/report.md"), code: read("own/exit-code").trim() };
}

/** The same without running it all. */
function handedOver({ declarations, code = "0" }: { declarations?: string; code?: string }): void {
  mkdirSync(path.join(work, "own"));
  writeFileSync(path.join(work, "own/report.md"), `${FORGED}\n`);
  writeFileSync(path.join(work, "own/exit-code"), `${code}\n`);
  if (declarations !== undefined) {
    writeFileSync(path.join(work, "own/declarations.json"), declarations);
  }
}

/** What is commented, and the code that the verdict is made of. */
function judged(): { report: string; code: string } {
  const args = [change.folder, path.join(work, "own"), path.join(work, "report")];
  const { status, stderr } = script("judge-change.sh", args, path.join(work, "main"));
  expect(status, stderr).toBe(0);
  const report = read("report/report.md");
  expect(read("summary")).toBe(report);
  expect(report.split("\n")[0]).toBe(MARKER);
  return { report, code: read("report/exit-code").trim() };
}

const declaredBefore = (): string =>
  execFileSync("node", ["cli/main.ts", "declarations"], {
    cwd: path.join(work, "main"),
    encoding: "utf8",
  });

test("a file of declarations that forges its own report is judged by what it declares", () => {
  const forged = JSON.stringify(FORGED);
  change.edit(DECLARED, (text) => text + attack(`String(text).startsWith("{") ? text : ${forged}`));
  merged();
  // Its own report says that nothing changes, in any stack.
  expect(ownReport()).toEqual({
    report: `${MARKER}\n✅ Nothing changes in \`dev\` \`prod\` \`staging\`.\n`,
    code: "0",
  });
  const { report, code } = judged();
  expect(code).toBe("2");
  expect(report).toContain("loses data");
  expect(report).toContain("transactions");
  expect(report).not.toContain("Nothing stands in the way");
});

test("one that hands over something else than data is an error", () => {
  change.edit(DECLARED, (text) => text + attack(JSON.stringify(FORGED)));
  merged();
  handedOver({ declarations: FORGED });
  const { report, code } = judged();
  expect(code).toBe("1");
  expect(report).toContain("What this pull request declares cannot be read");
});

test("one that hands over nothing, and says that all is well, is an error", () => {
  change.edit(DECLARED, (text) => text + HARM);
  merged();
  handedOver({});
  expect(judged().code).toBe("1");
});

test("one that hands over what was declared before is pointed at; a stack file is judged as it is", () => {
  change.edit(DECLARED, (text) => text + HARM);
  change.edit("Pulumi.prod.yaml", (text) => text.replace("memory: 8 GiB", "memory: 6 GiB"));
  merged();
  handedOver({ declarations: declaredBefore() });
  const { report, code } = judged();
  expect(code).toBe("0");
  expect(report).toContain("declare what they declared before");
  expect(report).toContain(`- \`${DECLARED}\``);
  expect(report).toContain("6Gi");
});

test("where code changes its own report is taken, and names the code first", () => {
  change.edit("model/values/environment.ts", (text) => `${text}// changed\n`);
  change.edit(DECLARED, (text) => text + HARM);
  merged();
  handedOver({ declarations: declaredBefore() });
  const { report, code } = judged();
  expect(code).toBe("0");
  expect(report).toBe(
    `${MARKER}\n\n> [!WARNING]\n> Code that this pull request changes has written this report. Review the code, too:\n\n` +
      "- `model/values/environment.ts`\n\nNothing stands in the way.\n",
  );
});

test("a catalogue with a fault is reported in the words of the same code", () => {
  change.edit(DECLARED, (text) => text + HARM);
  merged();
  handedOver({ code: "1" });
  expect(judged()).toEqual({ report: `${FORGED}\n`, code: "1" });
});
