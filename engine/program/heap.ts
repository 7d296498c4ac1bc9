import { setFlagsFromString } from "node:v8";

/**
 * V8 lets a heap grow with the memory of the machine before it collects. These make it collect early:
 * with thousands of resources the peak falls by a third, for a tenth more time.
 */
const GROWTH = "--heap-growing-percent=10";

/**
 * For the program's Node. Most of what it holds is the SDK's promises of registrations under way, made
 * faster than a collection beside them can follow, so it stops for collections instead.
 */
export const PROGRAM_HEAP: readonly string[] = [
  "--max-semi-space-size=4",
  GROWTH,
  "--no-incremental-marking",
];

/** The same for this process, as far as V8 lets a running one change its mind. */
export function collectEarly(): void {
  setFlagsFromString(GROWTH);
}
