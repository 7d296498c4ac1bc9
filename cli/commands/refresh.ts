import { EXIT, type Command, stackFlags } from "../terminal/command.ts";
import { planLine } from "../terminal/display.ts";
import { Progress } from "../terminal/progress.ts";
import { runEmbedded } from "../engines/embedded.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { runPulumiOn } from "../engines/pulumi-stack.ts";
import { stackOf } from "../stack/project.ts";

export const command: Command = {
  flags: stackFlags,
  async run(args) {
    const stack = stackOf(args);
    const progress = new Progress();
    if ((await engineOf(args, stack, progress)) === "pulumi") {
      return runPulumiOn(stack, ["refresh", "--yes"]);
    }
    const { status, steps } = await runEmbedded("refresh", stack, progress);
    for (const step of steps) if (step.verb !== "same") console.log(planLine(step));
    return status === "succeeded" ? EXIT.fine : EXIT.error;
  },
};
