import type { Environment } from "../model/values/environment.ts";
import { Fields } from "./fields.ts";
import type { PolicyResource } from "./resource.ts";

/** A resource that is being judged. */
export interface Subject {
  readonly resource: PolicyResource;
  readonly fields: Fields;
  readonly environment: Environment;
  /** Whether this engine tells policies which values are secret; the Pulumi CLI does not. */
  readonly secretsMarked: boolean;
  /** The day of the evaluation. */
  readonly today: Date;
}

/** All resources of a stack, seen together. */
export interface Stack {
  readonly environment: Environment;
  /** Those of the given types, in the order of the stack. */
  ofType(...types: readonly string[]): readonly Subject[];
}

/** Type of the resource that a URN names. */
export function typeOfUrn(urn: string): string {
  const [, , types = ""] = urn.split("::");
  return types.slice(types.lastIndexOf("$") + 1);
}

export const subjectOf = (
  resource: PolicyResource,
  context: Omit<Subject, "resource" | "fields">,
): Subject => ({ resource, fields: new Fields(resource.urn, resource.inputs), ...context });

export function stackOf(subjects: readonly Subject[], environment: Environment): Stack {
  const byType = Map.groupBy(subjects, ({ resource }) => resource.type);
  return { environment, ofType: (...types) => types.flatMap((type) => byType.get(type) ?? []) };
}
