import fc from "fast-check";
import { expect, test } from "vitest";
import { balance, drain, type Move } from "../../../cli/reassignment/plan.ts";
import type { Assignment, BrokerPlace } from "../../../clients/kafka/reassignments.ts";

const brokersOf = (...racks: (string | undefined)[]): BrokerPlace[] =>
  racks.map((rack, id) => ({ id, rack }));

const partition = (topic: string, number: number, ...replicas: number[]): Assignment => {
  return { topic, partition: number, replicas };
};

const targets = (moves: readonly Move[]) =>
  moves.map(({ topic, partition: number, to }) => `${topic}/${String(number)} ${to.join(",")}`);

/** Four brokers, and partitions of three replicas anywhere on them. */
const cluster = fc.record({
  brokers: fc.constant(brokersOf(undefined, undefined, undefined, undefined)),
  partitions: fc
    .array(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 3, maxLength: 3 }), { maxLength: 40 })
    .map((all) => all.map((replicas, number) => partition("t", number, ...replicas))),
});

const after = (partitions: readonly Assignment[], moves: readonly Move[]): Assignment[] =>
  partitions.map((one) => {
    const move = moves.find((it) => it.partition === one.partition && it.topic === one.topic);
    return move ? { ...one, replicas: move.to } : one;
  });

const counts = (partitions: readonly Assignment[]) =>
  [0, 1, 2, 3].map((id) => partitions.filter(({ replicas }) => replicas.includes(id)).length);

test("a broker that is to leave holds nothing afterwards, and no replica besides its own moves", () => {
  fc.assert(
    fc.property(cluster, ({ brokers, partitions }) => {
      const moves = drain({ brokers, partitions }, [3]);
      for (const { replicas, to } of moves) {
        expect(to).not.toContain(3);
        expect(new Set(to).size).toBe(replicas.length);
        expect(to.filter((id) => !replicas.includes(id))).toHaveLength(1);
        for (const [at, id] of replicas.entries()) if (id !== 3) expect(to[at]).toBe(id);
      }
      expect(counts(after(partitions, moves))[3]).toBe(0);
      expect(drain({ brokers, partitions: after(partitions, moves) }, [3])).toEqual([]);
    }),
  );
});

test("a balanced cluster differs by one replica at most, and is left as it is", () => {
  fc.assert(
    fc.property(cluster, ({ brokers, partitions }) => {
      const balanced = after(partitions, balance({ brokers, partitions }));
      const held = counts(balanced);
      expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(1);
      for (const { replicas } of balanced) expect(new Set(replicas).size).toBe(3);
      expect(balance({ brokers, partitions: balanced })).toEqual([]);
    }),
  );
});

test("a broker that has joined is given its share, with as few moves as that takes", () => {
  const partitions = [0, 1, 2, 3].map((number) => partition("orders", number, 0, 1, 2));
  const moves = balance({ brokers: brokersOf("a", "b", "c", "d"), partitions });
  expect(targets(moves)).toEqual(["orders/0 0,1,3", "orders/1 0,3,2", "orders/2 3,1,2"]);
});

test("replicas go to a rack that the partition is not in, before a broker that has fewer", () => {
  const brokers = brokersOf("a", "b", "b", "c", "a");
  const partitions = [partition("orders", 0, 4, 1), partition("audit", 0, 0, 3)];
  expect(targets(drain({ brokers, partitions }, [4]))).toEqual(["orders/0 0,1"]);
});

test("too few brokers that stay are refused, with the partition", () => {
  const partitions = [partition("a.b", 7, 0, 1, 2)];
  expect(() => drain({ brokers: brokersOf("a", "b", "c"), partitions }, [2])).toThrow(
    "Partition 7 of topic a.b has 3 replicas, and 2 brokers stay: lower its replication first",
  );
});

test("nothing is moved where there is nothing", () => {
  expect(drain({ brokers: brokersOf("a"), partitions: [] }, [0])).toEqual([]);
  expect(balance({ brokers: [], partitions: [] })).toEqual([]);
});
