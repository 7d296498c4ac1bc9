import { readFileSync } from "node:fs";
import path from "node:path";

const RUNBOOKS = path.resolve(import.meta.dirname, "../../../docs/runbooks");

/** What a runbook says. */
export const runbookText = (runbook: string): string =>
  readFileSync(path.join(RUNBOOKS, `${runbook}.md`), "utf8");

/** The commands of a runbook that are to be typed, in their order, each as the arguments of this project's. */
export const runbookCommands = (runbook: string): string[][] =>
  [...runbookText(runbook).matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = ""]) =>
    block
      .trim()
      .split("\n")
      .map((line) => {
        const [, args] = /^\s*(?:npx kafka-platform|npm(?: run)?) (.+)$/.exec(line) ?? [];
        if (args === undefined)
          throw new Error(`runbook ${runbook}: "${line}" is no command of ours`);
        return args.split(" ");
      }),
  );
