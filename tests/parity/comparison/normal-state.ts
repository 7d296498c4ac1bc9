import { type RecordedResource, type RecordedState, SECRET_MARK } from "../engines/engine.ts";
import { describePems } from "./pem.ts";

/** A state in the form in which the engines' states are compared: order and random values taken out. */
export const normalState = (state: RecordedState): Record<string, unknown> =>
  Object.fromEntries(Object.entries(state).map(([urn, resource]) => [urn, normal(resource)]));

const normal = (resource: RecordedResource): unknown => ({
  ...resource,
  dependencies: [...new Set(resource.dependencies)].sort(),
  propertyDependencies: Object.fromEntries(
    Object.entries(resource.propertyDependencies)
      .filter(([, urns]) => urns.length > 0)
      .map(([key, urns]) => [key, [...new Set(urns)].sort()]),
  ),
  inputs: normalValue(resource.inputs),
});

/** Providers' own bookkeeping of which values are their defaults. */
const BOOKKEEPING = "__defaults";
/** An annotation that restarts who reads random values. */
const CHECKSUM = /^checksum\//;
/** An image of one machine: each build makes another one. What is in it is compared as an object. */
const IMAGE_ID = /^sha256:[0-9a-f]{64}$/;
/** Lists without an order: the Docker provider sorts them by a hash, Docker's own keep that order. */
const SETS = new Set(["uploads", "Env"]);

/** A value with everything that differs from run to run replaced by what it says. */
export function normalValue(value: unknown, key = ""): unknown {
  if (typeof value === "string") return normalText(value, key);
  if (Array.isArray(value)) {
    const parts = value.map((part) => normalValue(part));
    return SETS.has(key) ? parts.toSorted(byJson) : parts;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== BOOKKEEPING)
      // What a secret is belongs to the key above the mark.
      .map(([name, part]) => [name, normalValue(part, name === SECRET_MARK ? key : name)]),
  );
}

function normalText(text: string, key: string): string {
  if (CHECKSUM.test(key)) return "<checksum>";
  return IMAGE_ID.test(text) ? "<image>" : describePems(text);
}

function byJson(one: unknown, other: unknown): number {
  return canonical(one) < canonical(other) ? -1 : 1;
}

/** JSON that does not depend on the order of keys. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
