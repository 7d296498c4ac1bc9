import type { PolicyResource } from "../../../policy/resource.ts";
import { placedBy } from "../../support/pulumi/placed.ts";
import type { Addition, BadStack, Patch } from "./bad-stack.ts";

/** Whether a patch is for a resource of this type and name. */
export const isFor = (patch: Patch, type: string, name: string): boolean =>
  patch.type === type && patch.name === name;

/** Inputs with what a patch says at its place. */
export function patched<T>(inputs: T, { at, value, replace }: Patch): T {
  if (at === undefined) return inputs;
  return placedBy(inputs, at, (old) => {
    if (replace === undefined) return value;
    const [from, to] = replace;
    if (typeof old === "string" && old.includes(from)) return old.replace(from, to);
    throw new Error(`there is no ${JSON.stringify(from)} at ${at.join(".")}`);
  }) as T;
}

/** Registered resources as they are in a bad stack. @throws Error for a patch of nothing */
export function withPatches(
  resources: readonly PolicyResource[],
  { patches = [], additions = [] }: BadStack,
): PolicyResource[] {
  const missed = patches.find(
    (patch) => !resources.some(({ type, name }) => isFor(patch, type, name)),
  );
  if (missed) throw new Error(`there is no ${missed.type} ${missed.name}`);
  return [
    ...resources.map((one) =>
      patches
        .filter((patch) => isFor(patch, one.type, one.name))
        .reduce((before, patch) => ({ ...before, inputs: patched(before.inputs, patch) }), one),
    ),
    ...additions.map(added),
  ];
}

const added = ({ type, name, inputs }: Addition): PolicyResource => ({
  urn: `urn:pulumi:test::kafka-platform::${type}::${name}`,
  type,
  name,
  parent: "urn:pulumi:test::kafka-platform::pulumi:pulumi:Stack::kafka-platform-test",
  inputs,
  options: { protect: false, retainOnDelete: false },
});

/** Keys of a stack file with others laid over them: what is undefined is taken away. */
export function overlaid(
  config: Readonly<Record<string, string>>,
  overlay: BadStack["config"] = {},
): Record<string, string> {
  const result = { ...config };
  for (const [key, value] of Object.entries(overlay)) {
    const full = `kafka-platform:${key}`;
    const there = result[full];
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    const merged =
      isObject && there !== undefined ? { ...(JSON.parse(there) as object), ...value } : value;
    result[full] = typeof merged === "string" ? merged : JSON.stringify(merged);
  }
  return result;
}

/** The verdict in a form to compare: who breaks which rule, or how many where a bad stack says so. */
export function broken(
  findings: readonly { readonly rule: string; readonly urn: string }[],
  expected: BadStack["breaks"],
): Record<string, string[] | number> {
  const byRule = Map.groupBy(findings, ({ rule }) => rule);
  return Object.fromEntries(
    [...byRule].map(([rule, all]) => {
      const names = [...new Set(all.map(({ urn }) => urn.split("::").slice(3).join("::")))].sort();
      const counted = typeof expected[rule as keyof BadStack["breaks"]] === "number";
      return [rule, counted ? names.length : names];
    }),
  );
}
