import type { QuotaEntity, QuotaValues } from "../../../clients/kafka/quotas.ts";
import type { Properties, ResourceDriver, Value } from "../driver.ts";
import type { KafkaClient } from "./client.ts";
import {
  changedProperties,
  checkProperties,
  knownText,
  knownTexts,
  mapOf,
  oneOf,
  text,
  type Verdict,
} from "./properties.ts";

const KEYS = [
  "producer_byte_rate",
  "consumer_byte_rate",
  "request_percentage",
  "controller_mutation_rate",
  "connection_creation_rate",
];

const RULES = {
  entityType: { required: true, judge: oneOf("user", "client-id", "ip") },
  entityName: { judge: text() },
  config: { judge: mapOf(rate) },
};

/**
 * `kafka:index/quota:Quota`; without `entityName` the default for its type. Every change replaces,
 * old before new: the other way round the delete would take away what the create just set.
 */
export const quotaDriver: ResourceDriver<KafkaClient> = {
  type: "kafka:index/quota:Quota",

  check: (inputs) => checkProperties(inputs, RULES),

  diff(old, inputs) {
    const changed = changedProperties(old.inputs, inputs, RULES);
    return { changed, replace: changed, deleteBeforeReplace: changed.length > 0 };
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

/** A positive number, kept as text: the SDK types the map's values so. */
function rate(value: Value, key: string): Verdict {
  if (!KEYS.includes(key)) return { fault: `is not a quota; quotas are ${KEYS.join(", ")}` };
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  const usable = typeof number === "number" && Number.isFinite(number) && number > 0;
  return usable ? { value: String(number) } : { fault: "must be a number above 0" };
}

function toEntity(inputs: Properties): QuotaEntity {
  const type = knownText(inputs, "entityType") as QuotaEntity["type"];
  return "entityName" in inputs ? { type, name: knownText(inputs, "entityName") } : { type };
}

function toValues(inputs: Properties): QuotaValues {
  const values = Object.entries(knownTexts(inputs, "config"));
  return Object.fromEntries(values.map(([key, value]) => [key, Number(value)]));
}
