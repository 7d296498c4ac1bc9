/** Kubernetes quantities ("500m", "0.5", "1Gi", "1024Mi"): the API server rewrites them. */

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
