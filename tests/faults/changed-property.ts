import type { ClusterUnderTest } from "./cluster.ts";

const PROPERTY = "num.io.threads";
const FEWEST = 4;
const MOST = 12;
let threads = FEWEST;

/**
 * Sets a broker property to a value that it has not had lately: the next `up` restarts every broker.
 * Whatever else a scenario has set goes.
 */
export function changedProperty({ stack }: ClusterUnderTest): void {
  threads = threads < MOST ? threads + 1 : FEWEST;
  stack.set("properties", { [PROPERTY]: threads });
}
