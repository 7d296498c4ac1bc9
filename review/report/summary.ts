import type { Change } from "../change.ts";
import { TOPIC } from "../../model/stack/resource-types.ts";
import { numberAt, textAt } from "../property-value.ts";
import { humanValue } from "../human-value.ts";

/** What a new resource is, in a few words, where its name does not say the most of it. */
export function summaryOf({ verb, type, after }: Change): string | undefined {
  if (verb !== "create" || type !== TOPIC || after === undefined) return undefined;
  const { inputs } = after;
  const value = (key: string): string | undefined => {
    const raw = textAt(inputs, "config", key);
    return raw === undefined ? undefined : (humanValue(TOPIC, `config.${key}`, raw) ?? raw);
  };
  const said = [
    ["partitions", numberAt(inputs, "partitions")],
    ["replicas", numberAt(inputs, "replicationFactor")],
    ["cleanup", value("cleanup.policy")],
    ["retention", value("retention.ms")],
    ["size", value("retention.bytes")],
  ] as const;
  return said
    .flatMap(([what, given]) => (given === undefined ? [] : [`${what} ${String(given)}`]))
    .join(", ");
}
