/** Labels as the Pulumi types have them, a set of {label, value}, and as the Docker API has them. */
import type { Value } from "../../driver.ts";
import { record, required, setOf, text, type Known } from "./property-rules.ts";

const label = { label: required(text()), value: required(text()) };

export const labels = setOf(record(label));

export function toLabelMap(
  list: readonly Known<typeof label>[] | undefined,
): Record<string, string> {
  return Object.fromEntries((list ?? []).map((each) => [each.label, each.value]));
}

export function toLabelList(map: Readonly<Record<string, string>> | null | undefined): Value[] {
  return Object.entries(map ?? {})
    .map(([label, value]) => ({ label, value }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}
