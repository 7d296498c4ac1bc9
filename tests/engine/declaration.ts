/** One resource for the program `programs/declared.ts` to make. */
export interface Declaration {
  readonly name: string;
  /** `Thing` unless given; `Slot`, `Provider` (a provider resource) or `Group` (a component). */
  readonly type?: string;
  /** `{ $secret }`, `{ $config: key }` and `{ $output: "name.property" }` stand for outputs. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly options?: DeclaredOptions;
}

/** Resource options, other resources by name. */
export interface DeclaredOptions {
  readonly parent?: string;
  readonly provider?: string;
  readonly dependsOn?: string[];
  readonly deletedWith?: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges?: string[];
  readonly replaceOnChanges?: string[];
  readonly additionalSecretOutputs?: string[];
  readonly aliases?: (string | { name?: string; type?: string })[];
  readonly import?: string;
  readonly hooks?: Readonly<Record<string, string[]>>;
  readonly customTimeouts?: { create?: string; update?: string; delete?: string };
}

/** A `Thing` named after itself. */
export function thing(
  name: string,
  inputs: NonNullable<Declaration["inputs"]> = {},
  options: DeclaredOptions = {},
): Declaration {
  return { name, inputs: { name, ...inputs }, options };
}
