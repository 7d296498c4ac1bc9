import { produceV9 } from "@platformatic/kafka";
import type { BrokerLink } from "../broker-link.ts";
import type { Deadline } from "../deadline.ts";
import { KafkaAdminError, refusal } from "../errors.ts";
import { FETCH } from "./fetch-api.ts";

const PRODUCE = ["Produce", produceV9.api] as const;
/** All replicas in sync have it. */
const ACKS_ALL = -1;
const READ_COMMITTED = 1;
const BATCH_BYTES = 64 * 1024;

/**
 * Writes one record and returns its offset, once all replicas in sync have it. Never repeated: the next
 * one shows whether the broker takes records again.
 */
export async function writeRecord(
  link: BrokerLink,
  topic: string,
  partition: number,
  value: Buffer,
  deadline: Deadline,
): Promise<number> {
  const what = `record for partition ${String(partition)} of topic ${topic}`;
  const answer = await link.write(PRODUCE, what, deadline, ACKS_ALL, deadline.remainingMs, [
    { topic, partition, value },
  ]);
  const written = typeof answer === "boolean" ? undefined : answer.responses[0];
  const result = written?.partitionResponses[0];
  if (result === undefined) throw new KafkaAdminError("REFUSED", `${what}: no answer about it.`);
  const error = refusal(what, result);
  if (error) throw error;
  return Number(result.baseOffset);
}

/** Waits until a consumer gets the record at the offset. */
export async function readRecord(
  link: BrokerLink,
  topic: string,
  partition: number,
  offset: number,
  deadline: Deadline,
): Promise<void> {
  const what = `reading offset ${String(offset)} of partition ${String(partition)} of topic ${topic}`;
  while (!deadline.passed) {
    const wanted = [
      {
        topicId: topic,
        partitions: [
          {
            partition,
            currentLeaderEpoch: -1,
            fetchOffset: BigInt(offset),
            lastFetchedEpoch: -1,
            partitionMaxBytes: BATCH_BYTES,
          },
        ],
      },
    ];
    const limits = [deadline.remainingMs, 1, BATCH_BYTES, READ_COMMITTED, 0, -1] as const;
    const { partitions } = await link.read(FETCH, what, deadline, ...limits, wanted, [], "");
    const [fetched] = partitions;
    const error = fetched && refusal(what, fetched);
    if (error) throw error;
    if (fetched && fetched.batches.length > 0) return;
  }
  throw new KafkaAdminError("DEADLINE", `${what}: it did not come within ${deadline.totalMs} ms.`);
}
