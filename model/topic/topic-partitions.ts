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

/** The number of partitions of a declaration that names it, or what it follows from. */
export const partitionCount = (declared: number | PartitionDemand): number =>
  typeof declared === "number" ? declared : partitionsFor(declared);
