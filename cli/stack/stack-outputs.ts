import { z } from "zod";
import { readOutputs } from "../../engine/index.ts";
import { UserError } from "../../model/values/user-error.ts";
import { embeddedHolds, target } from "../engines/embedded.ts";
import type { EngineName } from "../engines/engine-choice.ts";
import { applyCommand } from "./apply-command.ts";
import { clusterKind } from "./initialisation.ts";
import type { Stack } from "./project.ts";
import { askPulumiOn } from "../engines/pulumi-stack.ts";

/** The stack's outputs from whichever engine holds it; secrets as `[secret]` unless asked for. */
export async function stackOutputs(
  engine: EngineName,
  stack: Stack,
  { showSecrets }: { readonly showSecrets: boolean },
): Promise<unknown> {
  if (engine === "embedded") {
    if (!(await embeddedHolds(stack))) throw notUp(stack);
    return readOutputs(target(stack), { showSecrets });
  }
  const flags = showSecrets ? ["--show-secrets"] : [];
  const text = askPulumiOn(stack, ["stack", "output", "--json", ...flags]);
  const outputs: unknown = text === undefined ? {} : JSON.parse(text);
  // A stack that was made and never put up, or was destroyed, has none.
  if (Object.keys(outputs as object).length === 0) throw notUp(stack);
  return outputs;
}

const notUp = (stack: Stack) =>
  new UserError(
    `Stack ${stack.name} is not up: run \`${applyCommand(stack, clusterKind(stack))}\`.`,
  );

/**
 * What a command needs of the outputs of a stack that is up.
 *
 * @throws UserError where they are those of a version that gave out something else
 */
export function outputsAs<T>(shape: z.ZodType<T>, outputs: unknown, stack: Stack): T {
  const parsed = shape.safeParse(outputs);
  if (parsed.success) return parsed.data;
  const apply = applyCommand(stack, clusterKind(stack));
  throw new UserError(
    `Stack ${stack.name} was put up by another version of the program: run \`${apply}\` first.`,
  );
}

const pageWithLogin = z.object({ url: z.string(), username: z.string() });

/** What `npm start` tells at its end. */
export const platformOutputs = z.object({
  bootstrapServers: z.string(),
  tlsEnabled: z.boolean(),
  metrics: z.object({ url: z.string() }),
  ui: pageWithLogin.nullable(),
  /** None in outputs of a version that watched nothing. */
  observability: z
    .object({
      prometheusUrl: z.string().nullable(),
      alertmanagerUrl: z.string().nullable(),
      grafana: pageWithLogin.nullable(),
      exporter: pageWithLogin.nullable(),
    })
    .nullish(),
  accounts: z.record(z.string(), z.object({ username: z.string(), mechanism: z.string() })),
});

export type PlatformOutputs = z.output<typeof platformOutputs>;
