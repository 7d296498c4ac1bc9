/** Options of a resource, as a program registers them and as the state keeps them. */

/** The option `customTimeouts`, in seconds. */
export type Timeouts = Readonly<Partial<Record<"create" | "update" | "delete", number>>>;

export type HookPhase =
  "beforeCreate" | "afterCreate" | "beforeUpdate" | "afterUpdate" | "beforeDelete" | "afterDelete";

/** Names of the hooks a resource is bound to, by phase. */
export type HookNames = Readonly<Partial<Record<HookPhase, readonly string[]>>>;

/** A former identity of a resource: its URN, or what was different then. */
export type Alias =
  | { readonly urn: string }
  | {
      /** Empty fields mean "as today". */
      readonly name: string;
      readonly type: string;
      readonly stack: string;
      readonly project: string;
      readonly parent: string;
      readonly noParent: boolean;
    };
