/** Commands of docs/runbooks, as tests run them. */
import { runbookText } from "../../support/project/runbook.ts";

/** What applies the configuration. */
export const UP = "npm run pulumi -- up --stack prod";

/** A command as a runbook of that name has it, on the test's stack; `up` by the engine that is here. */
export function fromRunbook(runbook: string, command: string): string[] {
  if (!runbookText(runbook).includes(`${command}\n`))
    throw new Error(`runbook ${runbook} has no "${command}"`);
  if (command === UP) return ["start"];
  const [, script = "", flags = ""] = /^npm run (\S+) -- --stack prod (.*)$/.exec(command) ?? [];
  return [script, ...flags.split(" ")];
}
