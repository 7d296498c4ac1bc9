import type { ScramCredential } from "../../../clients/kafka/scram.ts";
import type { OperationContext, Properties, ResourceDriver } from "../driver.ts";
import type { KafkaClient } from "./client.ts";
import { defaulted, filled, integer, oneOf, required, text } from "../property-rules.ts";
import { checkTable, diffTable, known, replaces, updates } from "../property-table.ts";

const table = {
  username: replaces(required(text(filled))),
  scramMechanism: replaces(required(oneOf("SCRAM-SHA-256", "SCRAM-SHA-512"))),
  // The provider's default and Kafka's least; its most is 16384.
  scramIterations: updates(defaulted(integer(4096, 16_384), 4096)),
  password: updates(required(text({ ...filled, hidden: true }))),
};

/**
 * `kafka:index/userScramCredential:UserScramCredential`. Creating one that exists overwrites it, and
 * the user's credential of the other mechanism is never touched. Kafka does not tell passwords: one
 * changed by hand is not seen.
 */
export const userScramCredentialDriver: ResourceDriver<KafkaClient> = {
  type: "kafka:index/userScramCredential:UserScramCredential",
  secretOutputs: ["password"],

  check: (inputs) => checkTable(table, inputs),

  diff: (old, inputs) => diffTable(table, old.inputs, inputs),
  plan: (inputs) => inputs,

  async create(client, inputs, context) {
    await upsert(client, inputs, context);
    const { username, mechanism } = toCredential(inputs);
    return { id: `${username}|${mechanism}`, outputs: inputs };
  },

  async read({ readCredentials }, old, { signal }) {
    const { username, mechanism } = toCredential(old.inputs);
    const existing = await readCredentials.submit(username, signal);
    const found = existing.find((one) => one.mechanism === mechanism);
    if (!found) return undefined;
    const scramIterations = found.iterations;
    return {
      id: old.id,
      inputs: { ...old.inputs, scramIterations },
      outputs: { ...old.outputs, scramIterations },
    };
  },

  async update(client, _old, inputs, context) {
    await upsert(client, inputs, context);
    return inputs;
  },

  async delete({ deleteCredential }, old, { signal }) {
    await deleteCredential.submit(toCredential(old.inputs), signal);
  },
};

async function upsert(
  { upsertCredential }: KafkaClient,
  inputs: Properties,
  { signal }: OperationContext,
): Promise<void> {
  const { password, scramIterations: iterations } = known<typeof table>(inputs);
  await upsertCredential.submit({ ...toCredential(inputs), password, iterations }, signal);
}

function toCredential(inputs: Properties): ScramCredential {
  const { username, scramMechanism: mechanism } = known<typeof table>(inputs);
  return { username, mechanism };
}
