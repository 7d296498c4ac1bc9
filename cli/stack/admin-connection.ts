import { z } from "zod";
import { UserError } from "../../model/values/user-error.ts";
import type { KafkaAdmin } from "../../clients/kafka/admin.ts";
import { KafkaAdminError } from "../../clients/kafka/errors.ts";
import type { EngineName } from "../engines/engine-choice.ts";
import type { Stack } from "./project.ts";
import { stackOutputs } from "./stack-outputs.ts";
import { scramMechanism } from "../../model/values/scram-mechanism.ts";

/** The outputs with which the admin of a stack's cluster logs in. */
const adminOutputs = z.object({
  bootstrapServers: z.string(),
  tlsEnabled: z.boolean(),
  caCertificate: z.string().nullish(),
  admin: z.object({
    username: z.string(),
    password: z.string(),
    mechanism: scramMechanism,
  }),
});

/**
 * Logs in to the cluster of a stack that is up, as its admin, for as long as `work` takes.
 *
 * @throws UserError for what the cluster refuses, or when it cannot be reached
 */
export async function asAdmin<T>(
  engine: EngineName,
  stack: Stack,
  work: (admin: KafkaAdmin) => Promise<T>,
): Promise<T> {
  const outputs = adminOutputs.safeParse(await stackOutputs(engine, stack, { showSecrets: true }));
  if (!outputs.success) {
    throw new UserError(
      `Stack ${stack.name} was put up by another version of the program: put it up again first.`,
    );
  }
  const { bootstrapServers, tlsEnabled, caCertificate, admin: sasl } = outputs.data;
  // Loading the client library takes half a second.
  const { KafkaAdmin } = await import("../../clients/kafka/admin.ts");
  try {
    const admin = await KafkaAdmin.connect({
      bootstrapServers: bootstrapServers.split(","),
      ...(tlsEnabled && { tls: caCertificate ? { ca: caCertificate } : {} }),
      sasl,
    });
    try {
      return await work(admin);
    } finally {
      await admin.close();
    }
  } catch (error) {
    throw error instanceof KafkaAdminError ? new UserError(error.message) : error;
  }
}
