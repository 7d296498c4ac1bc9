import { z } from "zod";
import { readOutputs } from "../../engine/index.ts";
import { UserError } from "../../model/values/user-error.ts";
import { embeddedHolds, target } from "../engines/embedded.ts";
import type { EngineName } from "../engines/engine-choice.ts";
import type { Stack } from "./project.ts";
import { askPulumiOn } from "../engines/pulumi-stack.ts";

/** The stack's outputs from whichever engine holds it; secrets as `[secret]` unless asked for. */
export async function stackOutputs(
  engine: EngineName,
  stack: Stack,
  { showSecrets }: { readonly showSecrets: boolean },
): Promise<unknown> {
  const notUp = new UserError(
    `Stack ${stack.name} is not up: run \`npm start -- --stack ${stack.name}\`.`,
  );
  if (engine === "embedded") {
    if (!(await embeddedHolds(stack))) throw notUp;
    return readOutputs(target(stack), { showSecrets });
  }
  const flags = showSecrets ? ["--show-secrets"] : [];
  const text = askPulumiOn(stack, ["stack", "output", "--json", ...flags]);
  if (text === undefined) throw notUp;
  return JSON.parse(text) as unknown;
}

/** What `npm start` tells at its end. */
export const platformOutputs = z.object({
  bootstrapServers: z.string(),
  tlsEnabled: z.boolean(),
  metrics: z.object({ url: z.string() }),
  ui: z.object({ url: z.string(), username: z.string() }).nullable(),
  accounts: z.record(z.string(), z.object({ username: z.string(), mechanism: z.string() })),
});

export type PlatformOutputs = z.output<typeof platformOutputs>;
