import { z } from "zod";
import { GIB, KIB, MIB, TIB } from "./units.ts";

const UNITS = [
  ["Ti", TIB],
  ["Gi", GIB],
  ["Mi", MIB],
  ["Ki", KIB],
] as const;

/**
 * A number of bytes as Kubernetes writes it back: `4Gi`, never `4096Mi`. Any other spelling of the
 * same amount would be a change on every run.
 */
export function byteQuantity(bytes: number): string {
  const [unit, factor] = UNITS.find(([, size]) => bytes % size === 0) ?? ["", 1];
  return `${String(bytes / factor)}${unit}`;
}

const CPU = "an amount of CPU such as 500m, 0.5 or 2";
const CPU_FORM = /^(\d{1,6}m|\d{1,3}(\.\d{1,3})?)$/;

/**
 * An amount of CPU, as text or as the number of cores that YAML reads, parsed to the text that Kubernetes
 * writes back: `500m`, `2`, never `0.5`.
 */
export const cpuQuantity = z
  .union([z.string().regex(CPU_FORM, { error: CPU }), z.number().positive({ error: CPU })], {
    error: CPU,
  })
  .transform(String)
  .refine((text) => CPU_FORM.test(text), { error: CPU, abort: true })
  .transform((text) => Math.round(text.endsWith("m") ? parseInt(text, 10) : Number(text) * 1000))
  .refine((thousandths) => thousandths > 0, { error: CPU })
  .transform((thousandths) =>
    thousandths % 1000 === 0 ? String(thousandths / 1000) : `${String(thousandths)}m`,
  );

/** "500m", "0.5", "1Gi", "1024Mi": the API server rewrites them. */
const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/;
const DECIMAL = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/** The number a quantity stands for, or undefined when it is none. */
export function quantity(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  const match = typeof value === "string" ? QUANTITY.exec(value) : null;
  if (match === null) return undefined;
  const [, digits, suffix = "", exponent = "0"] = match;
  const factor = suffix.endsWith("i")
    ? 1024 ** BINARY.indexOf(suffix)
    : 1000 ** (DECIMAL.indexOf(suffix) - DECIMAL.indexOf(""));
  return Number(`${digits ?? ""}e${exponent}`) * factor;
}

/** Whether two spellings mean the same amount. */
export function sameQuantity(left: unknown, right: unknown): boolean {
  const [a, b] = [quantity(left), quantity(right)];
  if (a === undefined || b === undefined) return false;
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}
