import { z } from "zod";
import { UserError } from "../../model/values/user-error.ts";
import { type Arguments, text } from "../terminal/arguments.ts";
import { chooseEngine, type EngineChoice, type EngineFacts } from "./engine-choice.ts";
import { embeddedHolds } from "./embedded.ts";
import type { Stack } from "../stack/project.ts";
import { askPulumi, hasPulumiCli } from "./pulumi-cli.ts";

const stackList = z.array(z.object({ name: z.string(), resourceCount: z.number().optional() }));

/** The engine for a command, from its `--engine` and from who holds the stack. */
export async function engineFor(stack: Stack, args: Arguments): Promise<EngineChoice> {
  const requested = text(args, "engine") ?? "auto";
  if (requested !== "auto" && requested !== "pulumi" && requested !== "embedded") {
    throw new UserError(`--engine ${requested}: wanted auto, pulumi or embedded.`);
  }
  return chooseEngine({
    stack: stack.name,
    requested,
    embeddedHolds: await embeddedHolds(stack),
    pulumi: pulumiFact(stack.name),
  });
}

function pulumiFact(stack: string): EngineFacts["pulumi"] {
  if (!hasPulumiCli()) return "missing";
  const listed = askPulumi(["stack", "ls", "--json"]);
  if (listed === undefined) return "loggedOut";
  const known = stackList.parse(JSON.parse(listed)).find(({ name }) => name === stack);
  return (known?.resourceCount ?? 0) > 0 ? "holds" : "empty";
}
