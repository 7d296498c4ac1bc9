/** Differences between the engines that are known and meant. */
import { type Difference, describeDifference } from "./differences.ts";

export interface KnownDifference {
  readonly stack: "dev" | "prod" | "both";
  /** Matches a difference as {@link describeDifference} tells it. */
  readonly difference: RegExp;
  readonly reason: string;
}

/** The entries for one stack, and which of them were needed. */
export class KnownDifferences {
  readonly #entries: readonly KnownDifference[];
  readonly #used = new Set<KnownDifference>();

  constructor(entries: readonly KnownDifference[], stack: "dev" | "prod") {
    this.#entries = entries.filter((entry) => entry.stack === stack || entry.stack === "both");
  }

  /** The differences that no entry explains. */
  unexplained(found: readonly Difference[]): Difference[] {
    return found.filter((one) => {
      const line = describeDifference(one);
      const known = this.#entries.filter((entry) => entry.difference.test(line));
      for (const entry of known) this.#used.add(entry);
      return known.length === 0;
    });
  }

  /** The entries that explained nothing so far. */
  get idle(): KnownDifference[] {
    return this.#entries.filter((entry) => !this.#used.has(entry));
  }
}
