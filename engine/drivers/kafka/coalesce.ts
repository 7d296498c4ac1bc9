import { setTimeout as sleep } from "node:timers/promises";

/** One result per item, in order; an Error is that item's failure alone. */
export type BatchRun<Item, Result> = (
  items: readonly Item[],
) => Promise<readonly (Result | Error)[]>;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/** How long the first item waits for company. */
const WINDOW_MS = 5;

/**
 * Turns calls for one item each into few calls for many: what arrives within {@link WINDOW_MS} of
 * the first item, or while the batch before is still under way, goes together.
 */
export class Coalescer<Item, Result> {
  readonly #run: BatchRun<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #draining = false;

  constructor(run: BatchRun<Item, Result>) {
    this.#run = run;
  }

  /** The item's own result. An aborted signal stops the waiting, not what is already under way. */
  async submit(item: Item, signal?: AbortSignal): Promise<Result> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const waiting = { item, resolve, reject };
    const abort = () => {
      this.#waiting = this.#waiting.filter((one) => one !== waiting);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", abort, { once: true });
    this.#waiting.push(waiting);
    void this.#drain();
    try {
      return await promise;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  async #drain(): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    while (this.#waiting.length > 0) {
      await sleep(WINDOW_MS);
      const batch = this.#waiting;
      this.#waiting = [];
      if (batch.length > 0) await this.#settle(batch);
    }
    this.#draining = false;
  }

  async #settle(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#run(batch.map(({ item }) => item));
      for (const [i, { resolve, reject }] of batch.entries()) {
        const result = results[i];
        if (result instanceof Error) reject(result);
        else resolve(result as Result);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
