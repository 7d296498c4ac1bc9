import type { QuotaEntity, QuotaValues } from "../../../clients/kafka/quotas.ts";
import type { Properties, ResourceDriver } from "../driver.ts";
import type { KafkaClient } from "./client.ts";
import { converted, filled, mapOf, oneOf, optional, required, text } from "../property-rules.ts";
import { checkTable, diffTable, known, replaces } from "../property-table.ts";

const KEYS = [
  "producer_byte_rate",
  "consumer_byte_rate",
  "request_percentage",
  "controller_mutation_rate",
  "connection_creation_rate",
];

/** Kept as text: the SDK types the map's values so. */
const RATE = converted("a number above 0", (value) => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  const usable = typeof number === "number" && Number.isFinite(number) && number > 0;
  return usable ? String(number) : undefined;
});

const table = {
  entityType: replaces(required(oneOf("user", "client-id", "ip"))),
  entityName: replaces(optional(text(filled))),
  config: replaces(optional(mapOf(RATE, oneOf(...KEYS)))),
};

/**
 * `kafka:index/quota:Quota`; without `entityName` the default for its type. Every change replaces,
 * old before new: the other way round the delete would take away what the create just set.
 */
export const quotaDriver: ResourceDriver<KafkaClient> = {
  type: "kafka:index/quota:Quota",

  check: (inputs) => checkTable(table, inputs),

  diff(old, inputs) {
    const diff = diffTable(table, old.inputs, inputs);
    return { ...diff, deleteBeforeReplace: diff.changed.length > 0 };
  },

  plan: (inputs) => inputs,

  async create({ alterQuota }, inputs, { signal }) {
    const entity = toEntity(inputs);
    await alterQuota.submit({ entity, set: toValues(inputs), remove: [] }, signal);
    return { id: `${entity.name ?? "entity-default"}|${entity.type}`, outputs: inputs };
  },

  async read({ readQuota }, old, { signal }) {
    const values = await readQuota.submit(toEntity(old.inputs), signal);
    if (!values) return undefined;
    const config = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, String(value)]),
    );
    return {
      id: old.id,
      inputs: { ...old.inputs, config },
      outputs: { ...old.outputs, config },
    };
  },

  update: (_client, old) =>
    Promise.reject(
      new Error(`Quota ${old.id} cannot be updated in place; every change replaces it.`),
    ),

  async delete({ alterQuota }, old, { signal }) {
    const remove = Object.keys(toValues(old.inputs));
    await alterQuota.submit({ entity: toEntity(old.inputs), set: {}, remove }, signal);
  },
};

function toEntity(inputs: Properties): QuotaEntity {
  const { entityType: type, entityName: name } = known<typeof table>(inputs);
  return name === undefined ? { type } : { type, name };
}

function toValues(inputs: Properties): QuotaValues {
  const values = Object.entries(known<typeof table>(inputs).config ?? {});
  return Object.fromEntries(values.map(([key, value]) => [key, Number(value)]));
}
