/** When something happened: not before `from`, not after `to`, in Unix milliseconds. */
export interface Moment {
  /** -Infinity where the record was there before the first look. */
  readonly from: number;
  readonly to: number;
}

/** Entries that are kept for a partition. A look that sees nothing new needs none. */
const CAPACITY = 64;
/** Places at first: most partitions of a large cluster are idle. */
const FIRST_CAPACITY = 2;
/** Numbers of an entry: the end, and the times of the first and the last look that saw it. */
const [END, FIRST_SEEN, LAST_SEEN, WIDTH] = [0, 1, 2, 3] as const;

/**
 * When the end of one partition was where: the ring of looks from which the age of a record follows by
 * our own clock, whatever its producer has stamped it with.
 *
 * An entry is one end offset with the times of the first and the last look that saw it. When all places
 * are taken, every second entry of the older half is forgotten: what is young is known to one look, what
 * is old more and more coarsely, and memory is bounded (1.5 KB for a busy partition).
 */
export class EndOffsets {
  #entries = new Float64Array(FIRST_CAPACITY * WIDTH);
  #length = 0;

  /** The end, as last seen. Undefined before the first look. */
  get end(): number | undefined {
    return this.#length === 0 ? undefined : this.#at(this.#length - 1, END);
  }

  /** When the end was last looked at. */
  get seenAt(): number | undefined {
    return this.#length === 0 ? undefined : this.#at(this.#length - 1, LAST_SEEN);
  }

  /** Notes a look. An end that has gone back begins anew: its records are others than those before. */
  note(offset: number, at: number): void {
    const end = this.end;
    if (end !== undefined && offset < end) this.#length = 0;
    if (end === offset) {
      this.#entries[(this.#length - 1) * WIDTH + LAST_SEEN] = at;
      return;
    }
    if (this.#length === CAPACITY) this.#thin();
    else if (this.#length * WIDTH === this.#entries.length) this.#grow();
    this.#entries.set([offset, at, at], this.#length * WIDTH);
    this.#length += 1;
  }

  /** When the record at `offset` was appended; undefined for one that is not there yet. */
  appended(offset: number): Moment | undefined {
    const end = this.end;
    if (end === undefined || offset >= end) return undefined;
    const after = this.#firstBeyond(offset);
    const from = after === 0 ? -Infinity : this.#at(after - 1, LAST_SEEN);
    return { from, to: this.#at(after, FIRST_SEEN) };
  }

  /** The end at the last look that was not after `at`; undefined if there was none. */
  endAt(at: number): number | undefined {
    for (let index = this.#length - 1; index >= 0; index -= 1) {
      if (this.#at(index, FIRST_SEEN) <= at) return this.#at(index, END);
    }
    return undefined;
  }

  /** Index of the first entry whose end lies beyond the offset, by halving. */
  #firstBeyond(offset: number): number {
    let [low, high] = [0, this.#length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#at(middle, END) > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #at(index: number, which: typeof END | typeof FIRST_SEEN | typeof LAST_SEEN): number {
    return this.#entries[index * WIDTH + which] ?? NaN;
  }

  #grow(): void {
    const larger = new Float64Array(this.#entries.length * 2);
    larger.set(this.#entries);
    this.#entries = larger;
  }

  #thin(): void {
    let kept = 0;
    for (let index = 0; index < this.#length; index += 1) {
      if (index < CAPACITY / 2 && index % 2 === 1) continue;
      this.#entries.copyWithin(kept * WIDTH, index * WIDTH, (index + 1) * WIDTH);
      kept += 1;
    }
    this.#length = kept;
  }
}
