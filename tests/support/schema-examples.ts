import type { z } from "zod";

/** What a schema may be made of, as far as a value that fits it in shape can be made from it. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly keyType?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly items?: readonly z.core.$ZodType[];
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly getter?: () => z.core.$ZodType;
}

/** Stands for every value that does not decide which fields there are. */
export const ANY_VALUE = "any value";

/**
 * Documents that have every field of a schema, one for each kind that a value in them may be of. Only what
 * decides which fields there are is right in them; every other value is {@link ANY_VALUE}.
 */
export function examplesOf(schema: z.core.$ZodType): unknown[] {
  const definition = schema._zod.def as unknown as Definition;
  switch (definition.type) {
    case "object":
      return combined(Object.entries(definition.shape ?? {}));
    case "array":
      return examplesOf(definition.element as z.core.$ZodType).map((one) => [one]);
    case "tuple":
      return [(definition.items ?? []).map((item) => examplesOf(item)[0])];
    case "record":
      return examplesOf(definition.valueType as z.core.$ZodType).map((one) => ({ name: one }));
    case "union":
      return (definition.options ?? []).flatMap(examplesOf);
    case "optional":
    case "default":
    case "prefault":
    case "nullable":
    case "readonly":
      return examplesOf(definition.innerType as z.core.$ZodType);
    case "pipe":
      return examplesOf(definition.in as z.core.$ZodType);
    case "literal":
      return [definition.values?.[0]];
    case "enum":
      return [Object.values(definition.entries ?? {})[0]];
    default:
      return [ANY_VALUE];
  }
}

/** As many objects as the field with the most kinds has. */
function combined(fields: readonly (readonly [string, z.core.$ZodType])[]): unknown[] {
  const examples = fields.map(([name, schema]) => [name, examplesOf(schema)] as const);
  const most = Math.max(1, ...examples.map(([, some]) => some.length));
  return Array.from({ length: most }, (_, at) =>
    Object.fromEntries(examples.map(([name, some]) => [name, some[at % some.length]])),
  );
}
