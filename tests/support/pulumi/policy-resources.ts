import { type PolicyResource, secretValue, UNKNOWN } from "../../../policy/resource.ts";
import { isSecret, optionsOf, type Recorded } from "./recorder.ts";

/** What a program registered under mocks, as policies see it. */
export const policyResources = (recorded: readonly Recorded[]): PolicyResource[] =>
  recorded.map((one) => {
    const { type, name, inputs, secrets } = one;
    const { urn, parent, protect, retainOnDelete } = optionsOf(one);
    return {
      urn,
      type,
      name,
      parent,
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([key, value]) => [
          key,
          secrets.includes(key) ? secretValue(judged(value)) : judged(value),
        ]),
      ),
      options: { protect, retainOnDelete },
    };
  });

/** A value as a policy sees it: what a preview does not know, and what is secret, marked as such. */
function judged(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isSecret(value)) return secretValue(judged(value.value));
  if ("__pulumiUnknown" in value) return UNKNOWN;
  if (Array.isArray(value)) return value.map(judged);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, judged(inner)]));
}
