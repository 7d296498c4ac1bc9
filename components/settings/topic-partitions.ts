/** What a number of partitions follows from. */
export interface PartitionDemand {
  /** Bytes written in a second at the peak. */
  readonly throughputPerSecond: number;
  /** Bytes that one partition takes in a second. */
  readonly perPartition: number;
  /** Members of the largest consumer group: each needs a partition to be of use. */
  readonly consumers: number;
  /** Floor, for growth: partitions are easy to add only while no key depends on them. */
  readonly atLeast: number;
}

/** The largest of what throughput, consumers and the floor ask for. */
export function partitionsFor(demand: PartitionDemand): number {
  const { throughputPerSecond, perPartition, consumers, atLeast } = demand;
  return Math.max(Math.ceil(throughputPerSecond / perPartition), consumers, atLeast, 1);
}

/**
 * Partitions of a change stream by its peak rate: one keeps all changes of a table in order, so more
 * only where one consumer cannot keep up. Up to 10 records a second 1, up to 100 three, above that 6.
 */
export function partitionsForRate(recordsPerSecond: number): number {
  if (recordsPerSecond < 10) return 1;
  return recordsPerSecond <= 100 ? 3 : 6;
}
