import { z } from "zod";
import { SettingsError } from "../values/faults.ts";
import type { Declarations } from "./catalogue.ts";
import { domainOf } from "./domain-reader.ts";

/** Declarations that can be handed over as JSON: whoever takes them runs nothing of where they are from. */
export interface DeclaredData {
  readonly domains: Readonly<Record<string, unknown>>;
  readonly accountGroups: Readonly<Record<string, unknown>>;
}

/**
 * Declarations as data. Functions that make a domain are called.
 *
 * @throws SettingsError for what JSON does not carry, since it would be missing where the data is read
 */
export function declaredData({ domains, accountGroups = {} }: Declarations): DeclaredData {
  const faults: string[] = [];
  const made = Object.entries(domains).map(([file, declaration]) => {
    const { domain, faults: refused = [] } = domainOf(declaration);
    faults.push(...refused.map((fault) => `${file}: ${fault}`));
    return [file, domain] as const;
  });
  const data = { domains: Object.fromEntries(made), accountGroups };
  for (const [file, domain] of made) faults.push(...notCarried(domain, `${file}: `));
  faults.push(...notCarried(accountGroups, "account groups: "));
  if (faults.length > 0) throw new SettingsError("The declarations are not data", faults);
  return data;
}

const dataSchema = z.strictObject({
  domains: z.record(z.string(), z.unknown()),
  accountGroups: z.record(z.string(), z.unknown()),
});

/**
 * What {@link declaredData} has handed over, of which nothing but the outermost shape is looked at here.
 *
 * @throws SettingsError for anything else
 */
export function readDeclaredData(text: string): DeclaredData {
  try {
    return dataSchema.parse(JSON.parse(text));
  } catch {
    throw new SettingsError("This is not what `kafka-platform declarations` prints", [
      "wanted one JSON object with domains and accountGroups",
    ]);
  }
}

/** Places of values that JSON drops or changes. Keys without a value are as good as absent. */
function notCarried(value: unknown, at: string, within: readonly object[] = []): string[] {
  if (value === undefined || value === null) return [];
  switch (typeof value) {
    case "string":
    case "boolean":
      return [];
    case "number":
      return Number.isFinite(value) ? [] : [`${at}: ${String(value)}; wanted a number`];
    case "object":
      break;
    default:
      return [`${at}: a ${typeof value}; wanted data`];
  }
  if (within.includes(value)) return [`${at}: contains itself; wanted data`];
  const inner = [...within, value];
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown, index) =>
      one === undefined
        ? [`${at}[${String(index)}]: undefined; wanted data`]
        : notCarried(one, `${at}[${String(index)}]`, inner),
    );
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if ((prototype !== Object.prototype && prototype !== null) || "toJSON" in value) {
    return [`${at}: an object of a class; wanted data`];
  }
  const separator = at.endsWith(" ") ? "" : ".";
  return Object.entries(value).flatMap(([key, one]) =>
    notCarried(one, `${at}${separator}${key}`, inner),
  );
}
