import type { Assignment, BrokerPlace } from "../../clients/kafka/reassignments.ts";
import { UserError } from "../../model/values/user-error.ts";

/** A partition, where it is and where it is to be. */
export interface Move extends Assignment {
  readonly to: readonly number[];
}

interface Cluster {
  readonly brokers: readonly BrokerPlace[];
  readonly partitions: readonly Assignment[];
}

/**
 * The moves after which the brokers named hold nothing. Each replica goes to the broker that has the
 * fewest, in a rack that the partition is not in yet where there is one; nothing else moves. Pure.
 *
 * @throws UserError where the brokers that stay are too few for a partition
 */
export function drain({ brokers, partitions }: Cluster, leaving: readonly number[]): Move[] {
  const staying = brokers.filter(({ id }) => !leaving.includes(id));
  const load = new Load(staying, partitions);
  return partitions.flatMap((partition) => {
    const { topic, partition: number, replicas } = partition;
    if (!replicas.some((id) => leaving.includes(id))) return [];
    if (replicas.length > staying.length) {
      throw new UserError(
        `Partition ${String(number)} of topic ${topic} has ${String(replicas.length)} replicas, and ` +
          `${String(staying.length)} brokers stay: lower its replication first, or keep more brokers.`,
      );
    }
    const to = replicas.filter((id) => !leaving.includes(id));
    const moved = replicas.map((id) => {
      if (!leaving.includes(id)) return id;
      const next = load.lightest(to);
      to.push(next);
      load.add(next);
      return next;
    });
    return [{ ...partition, to: moved }];
  });
}

/**
 * The moves after which no broker has more than one replica more than another, as few as that takes:
 * what a broker that has joined is given. Pure.
 */
export function balance({ brokers, partitions }: Cluster): Move[] {
  const load = new Load(brokers, partitions);
  const now = new Map(partitions.map((one) => [one, [...one.replicas]]));
  for (;;) {
    const [least, most] = load.extremes();
    if (load.of(most) - load.of(least) <= 1) break;
    const found = [...now].find(
      ([, replicas]) => replicas.includes(most) && !replicas.includes(least),
    );
    if (!found) break;
    const [partition, replicas] = found;
    now.set(
      partition,
      replicas.map((id) => (id === most ? least : id)),
    );
    load.move(most, least);
  }
  return [...now].flatMap(([partition, to]) =>
    partition.replicas.every((id, at) => id === to[at]) ? [] : [{ ...partition, to }],
  );
}

/** How many replicas each broker has. */
class Load {
  readonly #counts: Map<number, number>;
  readonly #racks: ReadonlyMap<number, string | undefined>;

  constructor(brokers: readonly BrokerPlace[], partitions: readonly Assignment[]) {
    this.#counts = new Map(brokers.map(({ id }) => [id, 0]));
    this.#racks = new Map(brokers.map(({ id, rack }) => [id, rack]));
    for (const id of partitions.flatMap(({ replicas }) => replicas)) this.add(id);
  }

  of(id: number): number {
    return this.#counts.get(id) ?? 0;
  }

  add(id: number): void {
    const count = this.#counts.get(id);
    if (count !== undefined) this.#counts.set(id, count + 1);
  }

  move(from: number, to: number): void {
    this.#counts.set(from, this.of(from) - 1);
    this.add(to);
  }

  /** The broker with the fewest replicas that is none of `taken`, first among those in other racks. */
  lightest(taken: readonly number[]): number {
    const racks = new Set(taken.map((id) => this.#racks.get(id)));
    const [best] = [...this.#counts]
      .filter(([id]) => !taken.includes(id))
      .map(([id, count]) => {
        const rack = this.#racks.get(id);
        return { id, count, shared: rack !== undefined && racks.has(rack) ? 1 : 0 };
      })
      .toSorted((a, b) => a.shared - b.shared || a.count - b.count || a.id - b.id);
    if (!best) throw new Error("no broker is left to take a replica");
    return best.id;
  }

  /** The broker with the fewest replicas, and the one with the most. */
  extremes(): [least: number, most: number] {
    const sorted = [...this.#counts].toSorted((a, b) => a[1] - b[1] || a[0] - b[0]);
    return [sorted[0]?.[0] ?? NaN, sorted.at(-1)?.[0] ?? NaN];
  }
}
