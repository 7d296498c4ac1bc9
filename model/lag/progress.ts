/** How far one group and one partition had come at a time. */
interface Mark {
  readonly at: number;
  readonly committed: number;
  readonly end: number;
}

/** Rates are taken over the last one to two of these. */
const WINDOW_MS = 60_000;

/** Records a second, over the last minute or two. */
export interface Rates {
  readonly consumed: number;
  readonly produced: number;
}

/**
 * The pace of one group in one partition, from two marks: the newer of them becomes the older one when
 * it is a window old. Bounded memory, and a rate that never jumps because a window has just begun.
 */
export class Progress {
  #older: Mark | undefined;
  #newer: Mark | undefined;
  #last: Mark | undefined;

  note(committed: number, end: number, at: number): void {
    const back = committed < (this.#last?.committed ?? 0) || end < (this.#last?.end ?? 0);
    // A reset of offsets, or a topic made anew: what was before says nothing about the pace.
    if (back) this.#older = this.#newer = undefined;
    this.#last = { at, committed, end };
    this.#older ??= this.#last;
    this.#newer ??= this.#last;
    if (at - this.#newer.at >= WINDOW_MS) {
      this.#older = this.#newer;
      this.#newer = this.#last;
    }
  }

  /** Undefined until there were two looks. */
  get rates(): Rates | undefined {
    if (!this.#older || !this.#last || this.#last.at <= this.#older.at) return undefined;
    const seconds = (this.#last.at - this.#older.at) / 1000;
    return {
      consumed: (this.#last.committed - this.#older.committed) / seconds,
      produced: (this.#last.end - this.#older.end) / seconds,
    };
  }
}

/** A group that would work its lag off in this time keeps up: what it lags by is what is under way. */
const KEEPS_UP_SECONDS = 15;

/**
 * Seconds until a partition is read to its end at the present rates: 0 for one whose group keeps up,
 * Infinity when the lag does not shrink, undefined when the rates are not known yet.
 */
export function secondsToZero(lag: number, rates: Rates | undefined): number | undefined {
  if (lag === 0) return 0;
  if (rates === undefined) return undefined;
  if (lag <= rates.consumed * KEEPS_UP_SECONDS) return 0;
  const shrinking = rates.consumed - rates.produced;
  return shrinking > 0 ? lag / shrinking : Infinity;
}
