import type { ScramCredential, ScramMechanism } from "../../../clients/kafka/scram.ts";
import type { OperationContext, Properties, ResourceDriver } from "../driver.ts";
import type { KafkaClient } from "./client.ts";
import {
  changedProperties,
  checkProperties,
  knownNumber,
  knownText,
  oneOf,
  text,
  wholeNumber,
} from "./properties.ts";

const RULES = {
  username: { required: true, judge: text() },
  scramMechanism: { required: true, judge: oneOf("SCRAM-SHA-256", "SCRAM-SHA-512") },
  // The provider's default and Kafka's least; its most is 16384.
  scramIterations: { default: 4096, judge: wholeNumber(4096, 16_384) },
  password: { required: true, secret: true, judge: text() },
};

const REPLACES: readonly string[] = ["username", "scramMechanism"];

/**
 * `kafka:index/userScramCredential:UserScramCredential`. Creating one that exists overwrites it, and
 * the user's credential of the other mechanism is never touched. Kafka does not tell passwords: one
 * changed by hand is not seen.
 */
export const userScramCredentialDriver: ResourceDriver<KafkaClient> = {
  type: "kafka:index/userScramCredential:UserScramCredential",
  secretOutputs: ["password"],

  check: (inputs) => checkProperties(inputs, RULES),

  diff(old, inputs) {
    const changed = changedProperties(old.inputs, inputs, RULES);
    return { changed, replace: changed.filter((name) => REPLACES.includes(name)) };
  },

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
  const password = knownText(inputs, "password");
  const iterations = knownNumber(inputs, "scramIterations");
  await upsertCredential.submit({ ...toCredential(inputs), password, iterations }, signal);
}

function toCredential(inputs: Properties): ScramCredential {
  return {
    username: knownText(inputs, "username"),
    mechanism: knownText(inputs, "scramMechanism") as ScramMechanism,
  };
}
