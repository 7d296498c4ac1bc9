/** A resource type as a table: per property its rule and whether a change replaces the object. */
import {
  type CheckFailure,
  type CheckResult,
  type Diff,
  type Properties,
  type ResourceState,
  UNKNOWN,
  type Value,
} from "./driver.ts";
import { canonicalFields, type Field, isList, isRecord, type Known } from "./property-rules.ts";

export type Column<F extends Field = Field> = F & { readonly replaces: boolean };
export type Table = Readonly<Record<string, Column>>;

/** A change of this property needs a new object. */
export const replaces = <F extends Field>(field: F): Column<F> => ({ ...field, replaces: true });
/** A change of this property is made on the living object, or concerns the state only. */
export const updates = <F extends Field>(field: F): Column<F> => ({ ...field, replaces: false });

export function checkTable(table: Table, inputs: Properties): CheckResult {
  const failures: CheckFailure[] = [];
  const canonical = canonicalFields(table, inputs, "", (property, reason) => {
    failures.push({ property, reason: `${property} ${reason}` });
  });
  return { inputs: canonical, failures };
}

/** The properties as TypeScript knows them, for inputs that {@link checkTable} passed in an apply. */
export function known<T extends Table>(inputs: Properties): Known<T> {
  return inputs as unknown as Known<T>;
}

export function diffTable(table: Table, before: Properties, after: Properties): Diff {
  const changed = Object.keys(table).filter((name) => !same(before[name], after[name]));
  return { changed, replace: changed.filter((name) => table[name]?.replaces === true) };
}

/** For types whose objects are found by their name: two of one name cannot exist side by side. */
export function diffNamed(table: Table, before: Properties, after: Properties): Diff {
  const diff = diffTable(table, before, after);
  if (diff.replace.length === 0) return diff;
  return { ...diff, deleteBeforeReplace: same(before["name"], after["name"]) };
}

/** Whether two values are certainly equal: an unknown equals nothing. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === UNKNOWN || b === UNKNOWN) return false;
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((each, index) => same(each, b[index]));
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => same(a[key], b[key]));
  }
  return a === b;
}

/** Outputs as a preview knows them: the inputs, and what the daemon decides, kept from `old`. */
export function planned(
  inputs: Properties,
  old: ResourceState | undefined,
  computed: readonly string[],
): Properties {
  const decided = computed.map((name) => [name, old?.outputs[name] ?? UNKNOWN] as const);
  return { ...Object.fromEntries(decided), ...inputs };
}

/** Of what was observed, the properties the state declares: the others were left to Docker. */
export function declaredOnly(declared: Properties, observed: Properties): Properties {
  return Object.fromEntries(Object.entries(observed).filter(([name]) => name in declared));
}
