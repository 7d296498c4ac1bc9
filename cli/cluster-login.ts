import { z } from "zod";
import { KafkaAdmin } from "../kafka-admin/admin.ts";
import { UserError } from "../engine/user-error.ts";
import type { EngineName } from "./engine-choice.ts";
import type { Stack } from "./project.ts";
import { stackOutputs } from "./stack-outputs.ts";

/** The outputs with which the admin of a stack's cluster logs in. */
const adminOutputs = z.object({
  bootstrapServers: z.string(),
  tlsEnabled: z.boolean(),
  caCertificate: z.string().nullish(),
  admin: z.object({
    username: z.string(),
    password: z.string(),
    mechanism: z.enum(["SCRAM-SHA-512", "SCRAM-SHA-256"]),
  }),
});

/** Logs in to the cluster of a stack that is up, as its admin. The caller closes the connection. */
export async function connectToCluster(engine: EngineName, stack: Stack): Promise<KafkaAdmin> {
  const outputs = adminOutputs.safeParse(await stackOutputs(engine, stack, { showSecrets: true }));
  if (!outputs.success) {
    throw new UserError(
      `Stack ${stack.name} was put up by another version of the program: put it up again first.`,
    );
  }
  const { bootstrapServers, tlsEnabled, caCertificate, admin } = outputs.data;
  return KafkaAdmin.connect({
    bootstrapServers: bootstrapServers.split(","),
    ...(tlsEnabled && { tls: caCertificate ? { ca: caCertificate } : {} }),
    sasl: admin,
  });
}
