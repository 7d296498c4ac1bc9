import { EXIT, type Command, stackFlags, YES } from "../terminal/command.ts";
import { confirmed } from "../terminal/confirm.ts";
import { Progress } from "../terminal/progress.ts";
import { runEmbedded } from "../engines/embedded.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { runPulumiOn } from "../engines/pulumi-stack.ts";
import { leftBehind } from "../machine/left-behind.ts";
import { stackConfig } from "../stack/effective-config.ts";
import { stackOf } from "../stack/project.ts";

export const command: Command = {
  description: "Asks first.",
  needsAttention: "Docker has something of the platform that is in no state here",
  flags: { ...stackFlags, yes: YES },
  async run(args) {
    const stack = stackOf(args);
    const progress = new Progress();
    const engine = await engineOf(args, stack, progress);
    await confirmed(args, `Remove everything of stack ${stack.name}, records included?`);
    if (engine === "pulumi") return runPulumiOn(stack, ["destroy", "--yes"]);

    const { status } = await runEmbedded("destroy", stack, progress);
    if (status !== "succeeded") return EXIT.error;
    const { cluster } = stackConfig(stack);
    if (cluster.kind !== "docker") return EXIT.fine;
    const { default: Docker } = await import("dockerode");
    const left = await leftBehind(new Docker(), { platform: cluster.name, stack: stack.name });
    if (left === undefined) return EXIT.fine;
    progress.warn(left);
    return EXIT.needsAttention;
  },
};
