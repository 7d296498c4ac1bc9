import { EXIT, type Command, stackFlags, YES } from "../terminal/command.ts";
import { confirmed } from "../terminal/confirm.ts";
import { Progress } from "../terminal/progress.ts";
import { runEmbedded } from "../engines/embedded.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { runPulumiOn } from "../engines/pulumi-stack.ts";
import { stackOf } from "../stack/project.ts";

export const command: Command = {
  description: "Asks first.",
  flags: { ...stackFlags, yes: YES },
  async run(args) {
    const stack = stackOf(args);
    const progress = new Progress();
    const engine = await engineOf(args, stack, progress);
    await confirmed(args, `Remove everything of stack ${stack.name}, records included?`);
    if (engine === "pulumi") return runPulumiOn(stack, ["destroy", "--yes"]);

    const { status } = await runEmbedded("destroy", stack, progress);
    return status === "succeeded" ? EXIT.fine : EXIT.error;
  },
};
