/**
 * A resource as a policy sees it, whichever engine registered it: adapters translate what their
 * engine knows into this.
 */
export interface PolicyResource {
  readonly urn: string;
  /** Pulumi type token, such as `kafka:index/topic:Topic`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** URN of the parent; none for what is not part of a component. */
  readonly parent?: string | undefined;
  /** What the program declared. Anywhere inside may be {@link UNKNOWN} or a {@link SecretValue}. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly options: PolicyOptions;
}

/** Options of a resource that policies judge. */
export interface PolicyOptions {
  readonly protect: boolean;
  /** Undefined where the engine does not tell policies: the Pulumi CLI does not. */
  readonly retainOnDelete?: boolean | undefined;
}

/** Stands for a value that a preview cannot know. */
export const UNKNOWN: unique symbol = Symbol("unknown");

const SECRET: unique symbol = Symbol("secret");

/** A value that was marked as secret. */
export interface SecretValue {
  readonly [SECRET]: unknown;
}

/** Marks a value as secret. */
export const secretValue = (value: unknown): SecretValue =>
  isSecretValue(value) ? value : { [SECRET]: value };

export const isSecretValue = (value: unknown): value is SecretValue =>
  typeof value === "object" && value !== null && SECRET in value;

/** The value under the mark; what is not marked, as it is. */
export const revealed = (value: unknown): unknown => (isSecretValue(value) ? value[SECRET] : value);
