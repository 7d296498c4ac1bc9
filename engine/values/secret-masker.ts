import { isArray, isMap, isSecret, type PropertyValue, unwrap } from "./property-values.ts";
import { SECRET_WORD } from "../../model/values/shown-words.ts";

/** Texts shorter than this would make nonsense of every message. Pulumi draws the same line. */
const MIN_LENGTH = 3;
/** A shorter line of a secret in several lines (a PEM block) is no secret by itself. */
const MIN_LINE_LENGTH = 16;

/**
 * Takes secrets out of text written by others: program logs, driver errors. Knows the secrets by
 * their first characters, so that masking stays linear in the text however many there are.
 */
export class SecretMasker {
  readonly #byPrefix = new Map<string, Set<string>>();

  /** Remembers every secret in `value`. */
  learn(value: PropertyValue): void {
    if (isSecret(value)) this.#learnAll(unwrap(value));
    else if (isArray(value)) for (const element of value) this.learn(element);
    else if (isMap(value)) for (const element of Object.values(value)) this.learn(element);
  }

  #learnAll(value: PropertyValue): void {
    if (isSecret(value)) this.#learnAll(unwrap(value));
    else if (isArray(value)) for (const element of value) this.#learnAll(element);
    else if (isMap(value)) for (const element of Object.values(value)) this.#learnAll(element);
    else if (typeof value === "string" || typeof value === "number") this.learnText(String(value));
  }

  /** Remembers a text, the way JSON writes it, and its longer lines. */
  learnText(text: string): void {
    this.#remember(text);
    this.#remember(JSON.stringify(text).slice(1, -1));
    for (const line of text.split("\n")) {
      if (line.length >= MIN_LINE_LENGTH) this.#remember(line);
    }
  }

  #remember(text: string): void {
    if (text.length < MIN_LENGTH) return;
    const prefix = text.slice(0, MIN_LENGTH);
    const known = this.#byPrefix.get(prefix);
    if (known === undefined) this.#byPrefix.set(prefix, new Set([text]));
    else known.add(text);
  }

  mask(text: string): string {
    let masked = "";
    let position = 0;
    while (position < text.length) {
      const length = this.#secretLengthAt(text, position);
      masked += length === 0 ? text.charAt(position) : SECRET_WORD;
      position += Math.max(1, length);
    }
    return masked;
  }

  #secretLengthAt(text: string, position: number): number {
    let longest = 0;
    for (const known of this.#byPrefix.get(text.slice(position, position + MIN_LENGTH)) ?? []) {
      if (known.length > longest && text.startsWith(known, position)) longest = known.length;
    }
    return longest;
  }
}
