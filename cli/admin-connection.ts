import { z } from "zod";
import { UserError } from "../engine/user-error.ts";
import type { KafkaAdmin } from "../kafka-admin/admin.ts";
import { type Arguments, CONFIG_FILE, ENGINE, STACK, text } from "./arguments.ts";
import { engineFor } from "./engine-facts.ts";
import { findStack } from "./project.ts";
import { stackOutputs } from "./stack-outputs.ts";

/** Flags of every command that speaks to the cluster as its admin. */
export const ADMIN_FLAGS = { stack: STACK, "config-file": CONFIG_FILE, engine: ENGINE };

const adminOutputs = z.object({
  bootstrapServers: z.string(),
  tlsEnabled: z.boolean(),
  caCertificate: z.string().nullable(),
  admin: z.object({
    username: z.string(),
    password: z.string(),
    mechanism: z.enum(["SCRAM-SHA-512", "SCRAM-SHA-256"]),
  }),
});

/** Logs in to the cluster of a stack as its admin, as the stack's outputs say, for as long as `work` takes. */
export async function asAdmin<T>(
  args: Arguments,
  work: (admin: KafkaAdmin) => Promise<T>,
): Promise<T> {
  const stack = findStack(text(args, "stack"), text(args, "config-file"));
  const { engine } = await engineFor(stack, args);
  const outputs = adminOutputs.safeParse(await stackOutputs(engine, stack, { showSecrets: true }));
  if (!outputs.success) {
    throw new UserError(
      `Stack ${stack.name} was put up by another version of the program: put it up again first.`,
    );
  }
  const { bootstrapServers, tlsEnabled, caCertificate, admin: sasl } = outputs.data;
  const { KafkaAdmin } = await import("../kafka-admin/admin.ts");
  const admin = await KafkaAdmin.connect({
    bootstrapServers: bootstrapServers.split(","),
    ...(tlsEnabled && { tls: caCertificate === null ? {} : { ca: caCertificate } }),
    sasl,
  });
  try {
    return await work(admin);
  } finally {
    await admin.close();
  }
}
