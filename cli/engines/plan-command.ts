import { type Command, OF_A_STACK, text } from "../terminal/arguments.ts";
import { planLine } from "../terminal/display.ts";
import { type Operation, runEmbedded } from "./embedded.ts";
import { engineFor } from "./engine-facts.ts";
import { Progress } from "../terminal/progress.ts";
import { findStack } from "../stack/project.ts";
import { runPulumiOn } from "./pulumi-stack.ts";

/** A command that runs one operation of an engine and prints what differs, a line each. */
export const planCommand = (args: {
  readonly summary: string;
  readonly operation: Operation;
  /** The same on the Pulumi CLI. */
  readonly pulumi: readonly string[];
}): Command => ({
  summary: args.summary,
  flags: OF_A_STACK,
  async run(given) {
    const stack = findStack(text(given, "stack"), text(given, "config-file"));
    const progress = new Progress();
    const { engine, because } = await engineFor(stack, given);
    progress.say(`engine: ${engine} (${because})`);
    if (engine === "pulumi") return runPulumiOn(stack, args.pulumi);

    const { status, steps } = await runEmbedded(args.operation, stack, progress);
    for (const step of steps) if (step.verb !== "same") console.log(planLine(step));
    return status === "succeeded" ? 0 : 1;
  },
});
