import { isDeepStrictEqual } from "node:util";

import {
  type CheckFailure,
  type CheckResult,
  type Properties,
  UNKNOWN,
  type Value,
} from "../driver.ts";

/** A value in canonical form, or what is wrong with it ("must be …"). */
export type Verdict = { readonly value: Value } | { readonly fault: string };

export interface PropertyRule {
  readonly required?: boolean;
  readonly default?: Value;
  /** The value never appears in a message. */
  readonly secret?: boolean;
  /** Sees known values only. */
  readonly judge: (value: Value) => Verdict;
}

/**
 * Checks inputs against a table of rules: unknown names are refused, null counts as left out,
 * defaults are filled in, values not known before an apply pass.
 */
export function checkProperties(
  inputs: Properties,
  rules: Readonly<Record<string, PropertyRule>>,
): CheckResult {
  const failures: CheckFailure[] = Object.keys(inputs)
    .filter((name) => !(name in rules) && (inputs[name] ?? null) !== null)
    .map((property) => ({
      property,
      reason: `${property} is not supported by the embedded engine; supported are ${Object.keys(rules).join(", ")}.`,
    }));
  const checked: Record<string, Value> = {};
  for (const [property, rule] of Object.entries(rules)) {
    const value = inputs[property] ?? rule.default;
    if (value === undefined || value === null) {
      if (rule.required) failures.push({ property, reason: `${property} is required.` });
      continue;
    }
    const verdict: Verdict = value === UNKNOWN ? { value: UNKNOWN } : rule.judge(value);
    if ("value" in verdict) checked[property] = verdict.value;
    else failures.push({ property, reason: complaint(property, rule, value, verdict.fault) });
  }
  return { inputs: checked, failures };
}

function complaint(property: string, rule: PropertyRule, value: Value, fault: string): string {
  const given = rule.secret ? "" : ` ${JSON.stringify(value)}`;
  return `${property}${given} ${fault}.`;
}

export function text(wanted = "must be a text that is not empty", pattern = /\S/) {
  return (value: Value): Verdict =>
    typeof value === "string" && pattern.test(value) ? { value } : { fault: wanted };
}

export function wholeNumber(least: number, most = 2_147_483_647) {
  return (value: Value): Verdict => {
    const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
    const fits =
      Number.isInteger(number) && (number as number) >= least && (number as number) <= most;
    return fits ? { value: number } : { fault: `must be a whole number from ${least} to ${most}` };
  };
}

/** Kafka's names are case-sensitive here; a wrong case is answered with the right one. */
export function oneOf(...allowed: readonly string[]) {
  return (value: Value): Verdict => {
    if (typeof value === "string" && allowed.includes(value)) return { value };
    const plain = (name: string) => name.replaceAll(/[^a-z0-9]/gi, "").toLowerCase();
    const near = typeof value === "string" && allowed.find((one) => plain(one) === plain(value));
    return { fault: near ? `must be written "${near}"` : `must be one of ${allowed.join(", ")}` };
  };
}

/** A map whose entries `judge` accepts one by one. */
export function mapOf(judge: (value: Value, key: string) => Verdict) {
  return (value: Value): Verdict => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return { fault: "must be a map" };
    }
    const entries: Record<string, Value> = {};
    for (const [key, one] of Object.entries(value as Properties)) {
      const verdict: Verdict = one === UNKNOWN ? { value: UNKNOWN } : judge(one, key);
      if ("fault" in verdict) return { fault: `is not usable: ${key} ${verdict.fault}` };
      entries[key] = verdict.value;
    }
    return { value: entries };
  };
}

/** Names of the rules' properties that differ between two sets of checked inputs. */
export function changedProperties(
  old: Properties,
  now: Properties,
  rules: Readonly<Record<string, PropertyRule>>,
): string[] {
  return Object.keys(rules).filter((name) => !isDeepStrictEqual(old[name], now[name]));
}

/** A checked input of an operation, where every value is known. */
export function knownText(inputs: Properties, name: string): string {
  const value = inputs[name];
  if (typeof value === "string") return value;
  throw new TypeError(`${name} must be a known text when the change is made.`);
}

/** A checked list of texts. */
export function knownList(inputs: Properties, name: string): string[] {
  const list = inputs[name] as readonly Value[];
  return list.map((_, i) => knownText({ [name]: list[i] ?? null }, name));
}

export function knownNumber(inputs: Properties, name: string): number {
  const value = inputs[name];
  if (typeof value === "number") return value;
  throw new TypeError(`${name} must be a known number when the change is made.`);
}

/** An absent map is empty. */
export function knownTexts(inputs: Properties, name: string): Record<string, string> {
  const map = (inputs[name] ?? {}) as Properties;
  return Object.fromEntries(Object.keys(map).map((key) => [key, knownText(map, key)]));
}
