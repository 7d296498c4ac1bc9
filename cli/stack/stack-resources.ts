import { z } from "zod";
import { listResources } from "../../engine/index.ts";
import { UserError } from "../../model/values/user-error.ts";
import { target } from "../engines/embedded.ts";
import type { EngineName } from "../engines/engine-choice.ts";
import type { Stack } from "./project.ts";
import { askPulumiOn } from "../engines/pulumi-stack.ts";

/** What is read of `pulumi stack export`. */
const exported = z.object({
  deployment: z.object({
    resources: z.array(z.object({ urn: z.string(), type: z.string() })).default([]),
  }),
});

/** Type and logical name of every resource that the stack's state holds. */
export async function stackResources(
  engine: EngineName,
  stack: Stack,
): Promise<{ readonly type: string; readonly name: string }[]> {
  if (engine === "embedded") return listResources(target(stack));
  const { resources } = exported.parse(JSON.parse(exportedState(stack))).deployment;
  return resources.map(({ urn, type }) => ({ type, name: nameOf(urn) }));
}

/** What the Pulumi CLI holds of the stack, secrets still encrypted. @throws UserError when it cannot be read */
export function exportedState(stack: Stack): string {
  const text = askPulumiOn(stack, ["stack", "export"]);
  if (text !== undefined) return text;
  throw new UserError(
    `The Pulumi CLI cannot read the state of stack ${stack.name}: run ` +
      `\`npm run pulumi -- stack export --stack ${stack.name}\` to see why.`,
  );
}

/** The last part of a URN; a name may hold the separator itself. */
const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");
