import { revealed, UNKNOWN } from "./resource.ts";

/** Thrown where a rule reads what nobody can judge: the evaluation makes a violation of it. */
export class Undecidable extends Error {
  override readonly name = "Undecidable";
  readonly urn: string;

  constructor(urn: string, message: string) {
    super(message);
    this.urn = urn;
  }
}

/**
 * Reads the inputs of a resource. What is not there is `undefined` or empty, and a rule decides what
 * that means. What a preview cannot know, or is of another kind than any program should declare, is
 * {@link Undecidable}: a rule never takes it for fine.
 */
export class Fields {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #urn: string;
  /** Path of this object in the inputs, empty for the inputs themselves. */
  readonly path: string;

  constructor(urn: string, value: Readonly<Record<string, unknown>>, path = "") {
    this.#urn = urn;
    this.#value = value;
    this.path = path;
  }

  keys(): string[] {
    return Object.keys(this.#value).filter((key) => this.#value[key] !== undefined);
  }

  /** Whether something is declared, whatever it is. */
  has(key: string): boolean {
    return Object.hasOwn(this.#value, key) && this.#value[key] != null;
  }

  /** Whether it is there and nobody knows what it is; for the few rules that may let that pass. */
  isUnknown(key: string): boolean {
    return Object.hasOwn(this.#value, key) && revealed(this.#value[key]) === UNKNOWN;
  }

  text(key: string): string | undefined {
    return this.#read(key, "text", (value) => typeof value === "string") as string | undefined;
  }

  number(key: string): number | undefined {
    return this.#read(key, "a number", (value) => typeof value === "number") as number | undefined;
  }

  flag(key: string): boolean | undefined {
    return this.#read(key, "true or false", (value) => typeof value === "boolean") as
      boolean | undefined;
  }

  /** Text or a number, as Kubernetes takes ports and quantities. */
  scalar(key: string): string | number | undefined {
    const isScalar = (value: unknown) => ["string", "number"].includes(typeof value);
    return this.#read(key, "text or a number", isScalar) as string | number | undefined;
  }

  /** The object at the end of these keys; empty where there is none. */
  in(...keys: readonly string[]): Fields {
    const [key, ...rest] = keys;
    if (key === undefined) return this;
    const value = this.#read(key, "an object", isObject) as Record<string, unknown> | undefined;
    return new Fields(this.#urn, value ?? {}, this.#at(key)).in(...rest);
  }

  /** The objects of a list; none where there is no list. */
  list(key: string): Fields[] {
    return this.#elements(key).map((element, index) => {
      const at = `${this.#at(key)}[${index}]`;
      if (!isObject(element)) throw this.#undecidable(at, element, "an object");
      return new Fields(this.#urn, element as Record<string, unknown>, at);
    });
  }

  /** The texts of a list; none where there is no list. */
  texts(key: string): string[] {
    return this.#elements(key).map((element, index) => {
      if (typeof element === "string") return element;
      throw this.#undecidable(`${this.#at(key)}[${index}]`, element, "text");
    });
  }

  /** An object whose values are all texts; empty where there is none. */
  map(key: string): Record<string, string> {
    const fields = this.in(key);
    return Object.fromEntries(fields.keys().map((name) => [name, fields.text(name) ?? ""]));
  }

  /** The whole object as it is, to be compared. @throws Undecidable where anything in it is unknown */
  known(): unknown {
    return this.#known(this.#value, this.path);
  }

  #known(value: unknown, at: string): unknown {
    const plain = revealed(value);
    if (plain === UNKNOWN) throw this.#undecidable(at, plain, "a value");
    if (Array.isArray(plain)) {
      return plain.map((element, index) => this.#known(element, `${at}[${index}]`));
    }
    if (!isObject(plain)) return plain;
    return Object.fromEntries(
      Object.entries(plain as object).map(([key, inner]) => [
        key,
        this.#known(inner, `${at}.${key}`),
      ]),
    );
  }

  #elements(key: string): unknown[] {
    const list = this.#read(key, "a list", Array.isArray) as unknown[] | undefined;
    return (list ?? []).map(revealed);
  }

  #read(key: string, wanted: string, fits: (value: unknown) => boolean): unknown {
    const value = Object.hasOwn(this.#value, key) ? revealed(this.#value[key]) : undefined;
    if (value === undefined || value === null) return undefined;
    if (!fits(value)) throw this.#undecidable(this.#at(key), value, wanted);
    return value;
  }

  #at(key: string): string {
    return this.path === "" ? key : `${this.path}.${key}`;
  }

  #undecidable(at: string, value: unknown, wanted: string): Undecidable {
    const given = value === UNKNOWN ? "not known yet" : `given ${kindOf(value)}`;
    return new Undecidable(this.#urn, `${at} is ${given}; wanted ${wanted}`);
  }
}

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Its kind and not the value, which may be secret. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? "text" : `a ${typeof value}`;
}
