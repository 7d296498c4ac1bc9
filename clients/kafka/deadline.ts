import { setTimeout as sleep } from "node:timers/promises";

/** A point in time a whole call shares: connecting, the request, and waiting until it is visible. */
export class Deadline {
  readonly totalMs: number;
  readonly #end: number;

  constructor(totalMs: number) {
    this.totalMs = totalMs;
    this.#end = performance.now() + totalMs;
  }

  /** Whole milliseconds, never negative. */
  get remainingMs(): number {
    return Math.max(0, Math.ceil(this.#end - performance.now()));
  }

  get passed(): boolean {
    return this.remainingMs === 0;
  }

  /** The promise's result, or the error `late` makes when the time is up first. */
  async race<T>(promise: Promise<T>, late: () => Error): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(late()), this.remainingMs);
    });
    try {
      return await Promise.race([promise, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * Kafka's metadata is not read-your-writes, so after a write `look` asks again, with growing pauses,
 * until no entry is left that it cannot see. Returns the entries still unseen at the deadline.
 */
export async function untilVisible<Entry>(
  entries: readonly Entry[],
  deadline: Deadline,
  look: (unseen: readonly Entry[]) => Promise<readonly Entry[]>,
): Promise<readonly Entry[]> {
  let unseen = entries;
  for (let pauseMs = 5; unseen.length > 0; pauseMs = Math.min(pauseMs * 2, 250)) {
    unseen = await look(unseen);
    if (unseen.length === 0 || deadline.passed) break;
    await sleep(Math.min(pauseMs, deadline.remainingMs));
  }
  return unseen;
}
