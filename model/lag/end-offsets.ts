/** When something happened: not before `from`, not after `to`, in Unix milliseconds. */
export interface Moment {
  /** -Infinity where the record was there before the first look. */
  readonly from: number;
  readonly to: number;
}

/** Entries that are kept for a partition. A look that sees nothing new needs none. */
const CAPACITY = 64;

/**
 * When the end of one partition was where: the ring of looks from which the age of a record follows by
 * our own clock, whatever its producer has stamped it with.
 *
 * An entry is one end offset with the times of the first and the last look that saw it. When all places
 * are taken, every second entry of the older half is forgotten: what is young is known to one look, what
 * is old more and more coarsely, and memory is bounded (1.5 KB a partition).
 */
export class EndOffsets {
  readonly #offsets = new Float64Array(CAPACITY);
  readonly #firstSeen = new Float64Array(CAPACITY);
  readonly #lastSeen = new Float64Array(CAPACITY);
  #length = 0;

  /** The end, as last seen. Undefined before the first look. */
  get end(): number | undefined {
    return this.#length === 0 ? undefined : this.#offsets[this.#length - 1];
  }

  /** When the end was last looked at. */
  get seenAt(): number | undefined {
    return this.#length === 0 ? undefined : this.#lastSeen[this.#length - 1];
  }

  /** Notes a look. An end that has gone back begins anew: its records are others than those before. */
  note(offset: number, at: number): void {
    const end = this.end;
    if (end !== undefined && offset < end) this.#length = 0;
    if (end === offset) {
      this.#lastSeen[this.#length - 1] = at;
      return;
    }
    if (this.#length === CAPACITY) this.#thin();
    this.#offsets[this.#length] = offset;
    this.#firstSeen[this.#length] = at;
    this.#lastSeen[this.#length] = at;
    this.#length += 1;
  }

  /** When the record at `offset` was appended; undefined for one that is not there yet. */
  appended(offset: number): Moment | undefined {
    const end = this.end;
    if (end === undefined || offset >= end) return undefined;
    const after = this.#firstBeyond(offset);
    const from = after === 0 ? -Infinity : (this.#lastSeen[after - 1] ?? -Infinity);
    return { from, to: this.#firstSeen[after] ?? Infinity };
  }

  /** The end at the last look that was not after `at`; undefined if there was none. */
  endAt(at: number): number | undefined {
    for (let index = this.#length - 1; index >= 0; index -= 1) {
      if ((this.#firstSeen[index] ?? Infinity) <= at) return this.#offsets[index];
    }
    return undefined;
  }

  /** Index of the first entry whose end lies beyond the offset, by halving. */
  #firstBeyond(offset: number): number {
    let [low, high] = [0, this.#length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#offsets[middle] ?? Infinity) > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #thin(): void {
    let kept = 0;
    for (let index = 0; index < this.#length; index += 1) {
      if (index < CAPACITY / 2 && index % 2 === 1) continue;
      this.#offsets[kept] = this.#offsets[index] ?? 0;
      this.#firstSeen[kept] = this.#firstSeen[index] ?? 0;
      this.#lastSeen[kept] = this.#lastSeen[index] ?? 0;
      kept += 1;
    }
    this.#length = kept;
  }
}
