import type { CollectedPart } from "../../model/observability/exporter-metrics.ts";

export type ProblemSource = CollectedPart | "canary" | "page" | "scrape";

/**
 * Says each problem once, when it begins, and once when it is over: one JSON object a line, as collectors
 * of logs read it. A cluster that is away for an hour is one line, not one each cycle.
 */
export class Problems {
  readonly #write: (line: string) => void;
  readonly #open = new Map<ProblemSource, Map<string, string>>();

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /** All problems of a part as they are now, by a key for each kind of them. */
  note(part: ProblemSource, now: ReadonlyMap<string, string>): void {
    const before = this.#open.get(part) ?? new Map<string, string>();
    for (const [key, message] of now) {
      if (!before.has(key)) this.#say("warn", part, message);
    }
    for (const [key, message] of before) {
      if (!now.has(key)) this.#say("info", part, `over: ${message}`);
    }
    this.#open.set(part, new Map(now));
  }

  info(message: string): void {
    this.#write(JSON.stringify({ time: new Date().toISOString(), level: "info", message }));
  }

  #say(level: "info" | "warn", part: ProblemSource, message: string): void {
    this.#write(JSON.stringify({ time: new Date().toISOString(), level, part, message }));
  }
}
