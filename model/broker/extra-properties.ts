import { z } from "zod";
import { BROKER_PROPERTY_KEYS, propertyRefusal } from "./broker-property-keys.ts";
import { type ConfigValue, ruledValue } from "../values/value-rules.ts";

const refused = z.unknown().refine(() => false, {
  error: ({ path }) =>
    `a property that a stack may set: ${propertyRefusal(String(path?.at(-1))) ?? "it may be set"}`,
});

/**
 * Broker properties of a stack's own, by Kafka's names. What comes out is canonical text; a property
 * that is the platform's own is refused by name, with the reason.
 */
export const extraProperties = z
  .object(
    Object.fromEntries(
      Object.entries(BROKER_PROPERTY_KEYS).map(([name, rule]) => [
        name,
        ruledValue(rule).optional(),
      ]),
    ) as Record<string, z.ZodOptional<z.ZodType<string, ConfigValue>>>,
  )
  .catchall(refused);
