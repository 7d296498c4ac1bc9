/** Labels as the Pulumi types have them, a set of {label, value}, and as the Docker API has them. */
import type { Value } from "../driver.ts";
import { type Known, record, required, setOf, text } from "../property-rules.ts";

const label = { label: required(text()), value: required(text()) };

export const labels = setOf(record(label));

export function toLabelMap(
  list: readonly Known<typeof label>[] | undefined,
): Record<string, string> {
  return Object.fromEntries((list ?? []).map((each) => [each.label, each.value]));
}

/** The declared labels that an object does not carry, as `label=value`. None: it is this program's. */
export function missingLabels(
  actual: Readonly<Record<string, string>> | null | undefined,
  declared: readonly Known<typeof label>[] | undefined,
): string[] {
  return (declared ?? [])
    .filter(({ label, value }) => actual?.[label] !== value)
    .map(({ label, value }) => `${label}=${value}`);
}

export function toLabelList(map: Readonly<Record<string, string>> | null | undefined): Value[] {
  return Object.entries(map ?? {})
    .map(([label, value]) => ({ label, value }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}
