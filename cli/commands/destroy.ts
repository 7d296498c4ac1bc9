import { UserError } from "../../model/values/user-error.ts";
import { type Command, OF_A_STACK, text, YES } from "../terminal/arguments.ts";
import { confirm, isInteractive } from "../terminal/confirm.ts";
import { runEmbedded } from "../engines/embedded.ts";
import { engineFor } from "../engines/engine-facts.ts";
import { Progress } from "../terminal/progress.ts";
import { findStack } from "../stack/project.ts";
import { runPulumiOn } from "../engines/pulumi-stack.ts";

export const command: Command = {
  summary: "removes everything the stack has made, records included",
  flags: { ...OF_A_STACK, yes: YES },
  async run(args) {
    const stack = findStack(text(args, "stack"), text(args, "config-file"));
    const progress = new Progress();
    const { engine, because } = await engineFor(stack, args);
    progress.say(`engine: ${engine} (${because})`);
    if (args.flags["yes"] !== true) {
      if (!isInteractive()) {
        throw new UserError("destroy asks first, and there is no terminal to ask on: pass --yes.");
      }
      const question = `Remove everything of stack ${stack.name}, records included?`;
      if (!(await confirm(question))) throw new UserError("Nothing was removed.");
    }
    if (engine === "pulumi") return runPulumiOn(stack, ["destroy", "--yes"]);

    const { status } = await runEmbedded("destroy", stack, progress);
    return status === "succeeded" ? 0 : 1;
  },
};
