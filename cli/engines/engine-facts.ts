import { z } from "zod";
import { oneOf, text } from "../terminal/arguments.ts";
import type { Arguments } from "../terminal/command.ts";
import type { Progress } from "../terminal/progress.ts";
import {
  chooseEngine,
  type EngineChoice,
  type EngineFacts,
  type EngineName,
} from "./engine-choice.ts";
import { embeddedHolds } from "./embedded.ts";
import type { Stack } from "../stack/project.ts";
import { askPulumi, hasPulumiCli } from "./pulumi-cli.ts";

const stackList = z.array(z.object({ name: z.string(), resourceCount: z.number().optional() }));

interface Facts extends Pick<EngineFacts, "embeddedHolds" | "pulumi"> {
  readonly choice: EngineChoice;
}

async function factsOf(args: Arguments, stack: Stack): Promise<Facts> {
  const facts = { embeddedHolds: await embeddedHolds(stack), pulumi: pulumiFact(stack.name) };
  const requested = oneOf("engine", text(args, "engine") ?? "auto", ENGINES);
  return { ...facts, choice: chooseEngine({ stack: stack.name, requested, ...facts }) };
}

const ENGINES = ["auto", "pulumi", "embedded"] as const;

/** The engine that has made something of the stack, as far as this machine knows. */
export async function holderOf(args: Arguments, stack: Stack): Promise<EngineName | undefined> {
  const { choice, embeddedHolds: here, pulumi } = await factsOf(args, stack);
  return here || pulumi === "holds" ? choice.engine : undefined;
}

/**
 * The engine for a command, from its `--engine` and from who holds the stack.
 *
 * @param progress says which one it is, and why
 */
export async function engineOf(
  args: Arguments,
  stack: Stack,
  progress?: Progress,
): Promise<EngineName> {
  const { engine, because } = (await factsOf(args, stack)).choice;
  progress?.say(`engine: ${engine} (${because})`);
  return engine;
}

function pulumiFact(stack: string): EngineFacts["pulumi"] {
  if (!hasPulumiCli()) return "missing";
  const listed = askPulumi(["stack", "ls", "--json"]);
  if (listed === undefined) return "loggedOut";
  const known = stackList.parse(JSON.parse(listed)).find(({ name }) => name === stack);
  return (known?.resourceCount ?? 0) > 0 ? "holds" : "empty";
}
