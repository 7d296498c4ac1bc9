import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Producer } from "@platformatic/kafka";
import type { RunningBroker } from "./running-broker.ts";

/** What is written to a topic. */
export interface Paced {
  readonly topic: string;
  readonly partitions: number;
  /** Bytes of a record. */
  readonly size: number;
  /** Records a second. */
  readonly rate: number;
  /** Records have so many keys, in turn. */
  readonly keys: number;
}

const TICK_MS = 100;

/**
 * Writes records that do not compress to several topics at once, each at its rate, spread evenly over its partitions.
 *
 * @returns the rates that came of it, in records a second, by topic
 */
export async function producePaced(
  broker: RunningBroker,
  topics: readonly Paced[],
  milliseconds: number,
): Promise<ReadonlyMap<string, number>> {
  const { username, password } = broker.admin;
  const producer = new Producer({
    clientId: "paced",
    bootstrapBrokers: [broker.bootstrapServer],
    sasl: { mechanism: "SCRAM-SHA-512", username, password },
  });
  const sent = new Map(topics.map(({ topic }) => [topic, 0]));
  const began = Date.now();
  try {
    while (Date.now() - began < milliseconds) {
      const due = topics.flatMap((one) => recordsDue(one, sent, (Date.now() - began) / 1_000));
      if (due.length > 0) await producer.send({ messages: due, acks: 1 });
      await sleep(TICK_MS);
    }
  } finally {
    await producer.close();
  }
  const seconds = (Date.now() - began) / 1_000;
  return new Map([...sent].map(([topic, count]) => [topic, count / seconds]));
}

function recordsDue(
  { topic, partitions, size, rate, keys }: Paced,
  sent: Map<string, number>,
  seconds: number,
) {
  const from = sent.get(topic) ?? 0;
  const to = Math.max(from, Math.floor(rate * seconds));
  sent.set(topic, to);
  return Array.from({ length: to - from }, (_, index) => {
    const number = from + index;
    return {
      topic,
      partition: number % partitions,
      key: Buffer.from(String(number % keys).padStart(KEY_LENGTH, "0")),
      value: randomBytes(size - KEY_LENGTH),
    };
  });
}

const KEY_LENGTH = 8;
