/**
 * The program as it is in the bad stack that BAD_STACK names, for a real engine. The catalogue and the
 * registrations are changed before anything is made of them; the program itself is the shipped one.
 */
import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output.js";
import { isSecretValue, revealed, UNKNOWN } from "../../../policy/resource.ts";
import { declareOnly, TEST_DOMAINS } from "../../support/catalogue.ts";
import { isFor, patched } from "./patches.ts";
import { BAD_STACKS } from "./stacks/all.ts";

const wanted = process.env["BAD_STACK"] ?? "";
const bad = BAD_STACKS[wanted];
if (!bad) throw new Error(`BAD_STACK is "${wanted}"; wanted the name of a bad stack`);
const { domain, patches = [], additions = [] } = bad;

declareOnly({ ...TEST_DOMAINS, ...(domain !== undefined && { "topics/bad.ts": domain }) });

const providers = new Map<string, pulumi.ProviderResource>();

pulumi.runtime.registerStackTransformation(({ type, name, props, opts, resource }) => {
  if (resource instanceof pulumi.ProviderResource) {
    providers.set(type.slice("pulumi:providers:".length), resource);
  }
  const mine = patches.filter((patch) => isFor(patch, type, name));
  if (mine.length === 0) return undefined;
  const inputs = mine.reduce<pulumi.Inputs>(
    (before, { value, ...patch }) => patched(before, { ...patch, value: asInput(value) }),
    props,
  );
  return { props: inputs, opts };
});

/** A value of a bad stack as a program declares it. */
function asInput(value: unknown): unknown {
  if (value === UNKNOWN) return pulumi.output(unknown);
  return isSecretValue(value) ? pulumi.secret(revealed(value)) : value;
}

class Added extends pulumi.CustomResource {}

await import("../../../index.ts");
for (const { type, name, inputs } of additions) {
  const [packageName = ""] = type.split(":");
  const provider = providers.get(packageName);
  if (!provider) throw new Error(`the program has no provider of ${packageName}`);
  const declared = Object.entries(inputs).map(([key, value]) => [key, asInput(value)]);
  new Added(type, name, Object.fromEntries(declared) as pulumi.Inputs, { provider });
}
