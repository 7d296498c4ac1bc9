/** A value that only an apply will tell. Occurs in previews only. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** A property's value, in plain: secrets are not marked. */
export type Value =
  | null
  | boolean
  | number
  | string
  | typeof UNKNOWN
  | readonly Value[]
  | { readonly [key: string]: Value };

export type Properties = Readonly<Record<string, Value>>;
