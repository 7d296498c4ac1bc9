import type { PropertyMap } from "../values/property-values.ts";
import type { Alias, HookNames, Timeouts } from "../values/resource-options.ts";

/** What the program wants of one resource. URNs are empty where none was given. */
export interface ResourceGoal {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string;
  readonly provider: string;
  readonly inputs: PropertyMap;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** Undefined: as the parent. */
  readonly protect: boolean | undefined;
  /** Undefined: as the parent. */
  readonly retainOnDelete: boolean | undefined;
  /** Undefined: as the driver says. */
  readonly deleteBeforeReplace: boolean | undefined;
  readonly deletedWith: string;
  readonly timeouts: Timeouts;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly Alias[];
  readonly hooks: HookNames;
}
