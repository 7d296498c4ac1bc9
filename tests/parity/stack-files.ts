import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setConfigEntry } from "../../cli/stack/stack-file.ts";
import { Checkout } from "../support/project/checkout.ts";
import type { Engine, StackPlace } from "./engines/engine.ts";

/** The files of the stack that both engines run: a copy of the project that tests change and restore. */
export class StackFiles {
  readonly checkout: Checkout;
  readonly #stack: string;
  readonly #passphrase: string;
  readonly #originals = new Map<string, string>();

  constructor(stack: string, passphrase: string, checkout = new Checkout()) {
    this.#stack = stack;
    this.#passphrase = passphrase;
    this.checkout = checkout;
  }

  /** Path of the stack file. */
  get file(): string {
    return path.join(this.checkout.folder, this.#name);
  }

  /** The stack as one engine keeps it. */
  placeFor(engine: Engine["name"]): StackPlace {
    const stateDir = path.join(this.checkout.folder, ".kafka-platform", engine);
    mkdirSync(stateDir, { recursive: true });
    const { folder } = this.checkout;
    return { folder, stack: this.#stack, file: this.file, passphrase: this.#passphrase, stateDir };
  }

  /** Changes one file of the project. */
  edit(file: string, change: (text: string) => string): void {
    this.#remember(file);
    this.checkout.edit(file, change);
  }

  /** Sets an entry of one of the stack file's objects, such as `cluster`. */
  set(key: string, entry: string, value: unknown): void {
    this.#remember(this.#name);
    setConfigEntry(this.file, `kafka-platform:${key}`, entry, value);
  }

  /** Takes every change back. */
  restore(): void {
    for (const [file, text] of this.#originals) {
      writeFileSync(path.join(this.checkout.folder, file), text);
    }
    this.#originals.clear();
  }

  get #name(): string {
    return `Pulumi.${this.#stack}.yaml`;
  }

  #remember(file: string): void {
    if (this.#originals.has(file)) return;
    this.#originals.set(file, readFileSync(path.join(this.checkout.folder, file), "utf8"));
  }
}
