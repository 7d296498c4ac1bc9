/** Pulumi's resource names: `urn:pulumi:<stack>::<project>::<parent type>$<type>::<name>`. */

const PREFIX = "urn:pulumi:";
const DELIMITER = "::";
const TYPE_DELIMITER = "$";
const PROVIDER_PREFIX = "pulumi:providers:";

/** Type of the one root resource of a stack. It leaves no trace in its children's URNs. */
export const ROOT_STACK_TYPE = "pulumi:pulumi:Stack";

export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  /** The types from the outermost component down to the resource, joined by `$`. */
  readonly qualifiedType: string;
  readonly type: string;
  readonly name: string;
}

/** The URN of a resource; `parent` is its parent's URN, empty for none. */
export function makeUrn(
  stack: string,
  project: string,
  parent: string,
  type: string,
  name: string,
): string {
  const parentType = parent === "" ? "" : parseUrn(parent).qualifiedType;
  return makeQualifiedUrn(stack, project, parentType, type, name);
}

/** As {@link makeUrn}, with the parent's qualified type at hand instead of its URN. */
export function makeQualifiedUrn(
  stack: string,
  project: string,
  parentType: string,
  type: string,
  name: string,
): string {
  const hidden = parentType === "" || parentType === ROOT_STACK_TYPE;
  const qualified = hidden ? type : parentType + TYPE_DELIMITER + type;
  return PREFIX + [stack, project, qualified, name].join(DELIMITER);
}

/** Splits a URN. A name may itself contain `::`. Throws on anything else. */
export function parseUrn(urn: string): UrnParts {
  const [stack, project, qualifiedType, ...name] = urn.slice(PREFIX.length).split(DELIMITER);
  if (
    !urn.startsWith(PREFIX) ||
    stack === undefined ||
    project === undefined ||
    qualifiedType === undefined ||
    name.length === 0
  ) {
    throw new Error(`"${urn}" is not a URN: wanted urn:pulumi:<stack>::<project>::<type>::<name>`);
  }
  const type = qualifiedType.slice(qualifiedType.lastIndexOf(TYPE_DELIMITER) + 1);
  return { stack, project, qualifiedType, type, name: name.join(DELIMITER) };
}

/** The package in a type token: `kafka` in `kafka:index/topic:Topic`. */
export function packageOf(type: string): string {
  return type.slice(0, type.indexOf(":"));
}

/** The package a provider resource configures, or undefined for any other type. */
export function providerPackage(type: string): string | undefined {
  return type.startsWith(PROVIDER_PREFIX) ? type.slice(PROVIDER_PREFIX.length) : undefined;
}

/** The URN in a provider reference, which reads `<urn>::<id>`. */
export function urnOfProviderReference(reference: string): string {
  return reference.slice(0, Math.max(0, reference.lastIndexOf(DELIMITER)));
}
