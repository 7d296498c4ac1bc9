import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { findCommand } from "../../cli/command-table.ts";
import { parseArguments } from "../../cli/terminal/arguments.ts";
import { type Pages, pages as all, ROOT } from "./pages.ts";

/** Pages of commands that are not there yet. */
const AHEAD = ["docs/your-catalogue.md"];
const pages: Pages = new Map([...all].filter(([file]) => !AHEAD.includes(file)));

const { scripts } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};

/** Commands that a page names and the project does not have. */
const unknownCommands = (some: Pages): string[] =>
  [...some].flatMap(([file, text]) => [
    ...[...text.matchAll(/npx kafka-platform ([a-z][a-z-]*)/g)]
      .filter(([, name = ""]) => findCommand(name) === undefined)
      .map(([command]) => `${file}: ${command}`),
    ...[...text.matchAll(/npm run (?:--silent )?([a-z][\w:]*)/g)]
      .filter(([, name = ""]) => scripts[name] === undefined)
      .map(([command]) => `${file}: ${command}`),
  ]);

/** Command lines in the blocks of shell commands, each with its words. */
const commandLines = (some: Pages): (readonly [string, string, string[]])[] =>
  [...some].flatMap(([file, text]) =>
    [...text.matchAll(/```sh\n([\s\S]*?)```/g)]
      .flatMap(([, block = ""]) => block.replaceAll(/\\\n/g, " ").split("\n"))
      .flatMap((line) => {
        const words = (line.split(" #")[0] ?? "").trim().split(/\s+/);
        const [program, second = "", third = "", ...rest] = words;
        if (program === "npx" && second === "kafka-platform") return [[file, third, rest] as const];
        const given = words.includes("--") ? words.slice(words.indexOf("--") + 1) : [];
        if (program === "npm" && second === "start") return [[file, "start", given] as const];
        const isCommand = /^node cli\/|kafka-platform/.test(scripts[third] ?? "");
        return program === "npm" && second === "run" && isCommand
          ? [[file, third, given] as const]
          : [];
      }),
  );

/** Command lines that their command refuses to parse. */
async function refusedLines(some: Pages): Promise<string[]> {
  const refused = commandLines(some).map(async ([file, name, given]) => {
    const entry = findCommand(name);
    if (entry === undefined) return [`${file}: ${name}: no such command`];
    try {
      parseArguments(name, (await entry.load()).command, given);
      return [];
    } catch (error) {
      return [`${file}: ${name} ${given.join(" ")}: ${String(error)}`];
    }
  });
  return (await Promise.all(refused)).flat();
}

test("every command that a page names exists", () => {
  expect(unknownCommands(pages)).toEqual([]);
});

test("every command line of a page is one that its command understands", async () => {
  expect(commandLines(pages).length).toBeGreaterThan(30);
  expect(await refusedLines(pages)).toEqual([]);
});

test("a command or a flag that does not exist is found", async () => {
  const planted = new Map([
    ["a.md", "`npx kafka-platform fly` and `npm run fly`"],
    ["b.md", "```sh\nnpx kafka-platform destroy --gently # please\nnpm start\n```"],
  ]);
  expect(unknownCommands(planted)).toEqual(["a.md: npx kafka-platform fly", "a.md: npm run fly"]);
  expect(await refusedLines(planted)).toEqual([expect.stringContaining("--gently")]);
});
