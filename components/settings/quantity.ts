import { z } from "zod";

const UNITS = [
  ["Ti", 2 ** 40],
  ["Gi", 2 ** 30],
  ["Mi", 2 ** 20],
  ["Ki", 2 ** 10],
] as const;

/**
 * A number of bytes as Kubernetes writes it back: `4Gi`, never `4096Mi`. Any other spelling of the
 * same amount would be a change on every run.
 */
export function byteQuantity(bytes: number): string {
  const [unit, factor] = UNITS.find(([, size]) => bytes % size === 0) ?? ["", 1];
  return `${String(bytes / factor)}${unit}`;
}

const CPU = "an amount of CPU such as 500m or 2";

/** An amount of CPU, parsed to the text that Kubernetes writes back: `500m`, `2`, never `0.5`. */
export const cpuQuantity = z
  .string({ error: CPU })
  .regex(/^(\d{1,6}m|\d{1,3}(\.\d{1,3})?)$/, { error: CPU })
  .transform((text) => Math.round(text.endsWith("m") ? parseInt(text, 10) : Number(text) * 1000))
  .refine((thousandths) => thousandths > 0, { error: CPU })
  .transform((thousandths) =>
    thousandths % 1000 === 0 ? String(thousandths / 1000) : `${String(thousandths)}m`,
  );
