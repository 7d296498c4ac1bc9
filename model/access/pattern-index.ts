/** A name, or how names begin. A literal `*` is every name. */
export interface ResourcePattern {
  readonly resourceName: string;
  readonly patternType: "Literal" | "Prefixed";
}

/** Things found by the names that their patterns mean, without a look at all the others. */
export class PatternIndex<T extends ResourcePattern> {
  readonly #literal = new Map<string, T[]>();
  readonly #prefixed = new Map<string, T[]>();
  readonly #lengths: readonly number[];

  constructor(things: Iterable<T>) {
    for (const thing of things) {
      const names = thing.patternType === "Literal" ? this.#literal : this.#prefixed;
      const same = names.get(thing.resourceName);
      if (same) same.push(thing);
      else names.set(thing.resourceName, [thing]);
    }
    this.#lengths = [...new Set([...this.#prefixed.keys()].map(({ length }) => length))];
  }

  /** Everything whose pattern means the resource of this name. */
  *matching(name: string): Generator<T> {
    yield* this.#literal.get(name) ?? [];
    if (name !== "*") yield* this.#literal.get("*") ?? [];
    for (const length of this.#lengths) {
      if (length <= name.length) yield* this.#prefixed.get(name.slice(0, length)) ?? [];
    }
  }

  /** Whether any pattern means the resource of this name. */
  has(name: string): boolean {
    return this.matching(name).next().done === false;
  }
}
