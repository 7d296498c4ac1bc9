import type { ResourceValidationArgs } from "@pulumi/policy";
import { type PolicyResource, UNKNOWN } from "./resource.ts";

/** What the Pulumi CLI tells a policy pack of a resource. */
export type Analysed = Pick<ResourceValidationArgs, "type" | "name" | "urn" | "props" | "opts">;

/** The resource as policies see it. The CLI says neither which values are secret, nor retainOnDelete. */
export function fromCrossGuard({ type, name, urn, props, opts }: Analysed): PolicyResource {
  const inputs = known(props) as Readonly<Record<string, unknown>>;
  return { urn, type, name, parent: opts.parent, inputs, options: { protect: opts.protect } };
}

/** A copy in which an unknown value is {@link UNKNOWN}; the SDK's own object throws when one is read. */
function known(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const object = value as Readonly<Record<string, unknown>>;
  const read = (key: string): unknown => {
    let inner: unknown;
    try {
      inner = object[key];
    } catch {
      return UNKNOWN;
    }
    return known(inner);
  };
  const keys = Object.keys(object);
  if (Array.isArray(value)) return keys.map(read);
  // Providers keep notes of their own under such keys.
  return Object.fromEntries(
    keys.filter((key) => !key.startsWith("__")).map((key) => [key, read(key)]),
  );
}
