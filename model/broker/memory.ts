import { GIB, MIB } from "../values/units.ts";

/** A broker never gains from more heap than this: the rest serves it better as page cache. */
const LARGEST_HEAP = 5 * GIB;

/** Heap of a broker, in bytes: half of its memory limit, at most 5 GiB. The rest is page cache. */
export const heapFor = (memory: number): number => Math.min(memory / 2, LARGEST_HEAP);

/** `KAFKA_HEAP_OPTS` for a memory limit in bytes. Xms = Xmx: a heap that grows stalls under load. */
export function heapOptions(memory: number): string {
  const heap = `${String(Math.floor(heapFor(memory) / MIB))}m`;
  return `-Xms${heap} -Xmx${heap}`;
}
