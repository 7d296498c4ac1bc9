import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { COMMANDS } from "../../../cli/command-table.ts";
import { candidates } from "../../../cli/completion/candidates.ts";
import { declaringOnly, TEST_ACCOUNTS, TEST_DOMAINS } from "../../support/catalogue.ts";
import { temporaryDirectory } from "../../engine/temporary-directory.ts";
import { runCommand } from "../run-command.ts";

const offered = (...words: readonly string[]) =>
  declaringOnly(TEST_DOMAINS, () => candidates(words, COMMANDS));

test.each<[string[], string[]]>([
  [["pr"], ["preview", "prune"]],
  [["help", "cl"], ["client"]],
  [["preview", "--ba"], ["--base"]],
  [["preview", "--base", "main", "--ba"], []],
  [["preview", "--stack", "p"], ["prod"]],
  [
    ["preview", "--format", ""],
    ["text", "markdown", "json"],
  ],
  [["preview", "--engine", "e"], ["embedded"]],
  [["preview", "--base", ""], []],
  [["capacity", "--topic", "batch_j"], ["batch_jobs"]],
  [["client", ""], [...TEST_ACCOUNTS]],
  [["client", "--force", "batch-a"], ["batch-api"]],
  [["client", "--stack", "dev", "batch-w"], ["batch-worker"]],
  [["client", "batch-api", ""], []],
  [["access", "batch-api", ""], []],
  [
    ["completion", ""],
    ["bash", "zsh"],
  ],
  [["pulumi", "--"], []],
  [["nonsense", ""], []],
])("%j is completed by %j", async (words, wanted) => {
  expect([...(await offered(...words))].sort()).toEqual([...wanted].sort());
});

test("an empty line is completed by every command", async () => {
  expect(await offered("")).toEqual([
    ...COMMANDS.map(({ name }) => name),
    ...["help", "--help", "--version"],
  ]);
});

test("only bash and zsh have a script", async () => {
  expect(await runCommand("completion", "fish")).toMatchObject({
    status: 1,
    stderr: 'error: There is no completion for "fish": wanted bash or zsh.\n',
  });
});

/** What a shell would offer for each line, a line of words each, by its completion script. */
function shell(program: "bash" | "zsh", calls: string): string[] {
  const bin = temporaryDirectory();
  symlinkSync(path.resolve("cli/kafka-platform.mjs"), path.join(bin, "kafka-platform"));
  const before = program === "zsh" ? "compdef() { echo compdef $*; }\n" : "";
  const script = `${before}source <(kafka-platform completion ${program})\n${calls}`;
  const { stdout, stderr } = spawnSync(
    program,
    [program === "bash" ? "--norc" : "-f", "-c", script],
    {
      encoding: "utf8",
      env: { PATH: `${bin}:${path.dirname(process.execPath)}:/usr/bin:/bin` },
    },
  );
  expect(stderr).toBe("");
  return stdout.trim().split("\n");
}

test("bash offers commands, flags and names of stacks", () => {
  const calls = `
    offer() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kafka_platform; echo "\${COMPREPLY[*]}"; }
    offer kafka-platform pre
    offer kafka-platform client --for
    offer kafka-platform preview --stack ""
    complete -p kafka-platform`;
  expect(shell("bash", calls)).toEqual([
    "preview",
    "--format --force",
    "dev prod staging",
    "complete -o default -F _kafka_platform kafka-platform",
  ]);
});

const hasZsh = spawnSync("zsh", ["--version"]).status === 0;

test("zsh offers the same as bash", ({ skip }) => {
  skip(!hasZsh, "there is no zsh");
  const calls = `
    offer() { words=("$@"); CURRENT=$#; _kafka_platform; }
    compadd() { shift; echo "$*"; }
    _files() { echo files; }
    offer kafka-platform pre
    offer kafka-platform client --for
    offer kafka-platform preview --stack ""
    offer kafka-platform preview --state ""`;
  expect(shell("zsh", calls)).toEqual([
    "compdef _kafka_platform kafka-platform",
    "preview",
    "--format --force",
    "dev prod staging",
    "files",
  ]);
});
