import { listOffsetsV9 } from "@platformatic/kafka";
import type { Deadline } from "../deadline.ts";
import { type KafkaAdminError, refusal } from "../errors.ts";
import type { Answers, BrokerAddress, BrokerLinks, Problem } from "./broker-links.ts";
import type { TopicLayout } from "./cluster-layout.ts";

const LIST_OFFSETS = ["ListOffsets", listOffsetsV9.api] as const;

/** Kafka's stand-ins for a time. */
const WHICH = { end: -1n, oldest: -2n } as const;
const CONSUMER = -1;
const READ_UNCOMMITTED = 0;

export interface PartitionOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** When the broker was asked, in Unix milliseconds. */
  readonly at: number;
}

/**
 * The ends or the starts of all partitions that have a leader: one request to each broker, whatever the
 * number of topics.
 *
 * @param which or a time in Unix milliseconds: the first record from then on, -1 where there is none
 */
export async function partitionOffsets(
  links: BrokerLinks,
  brokers: readonly BrokerAddress[],
  topics: readonly TopicLayout[],
  which: keyof typeof WHICH | number,
  deadline: Deadline,
): Promise<{
  readonly offsets: readonly PartitionOffset[];
  readonly problems: readonly Problem[];
}> {
  const led = byLeader(topics, typeof which === "number" ? BigInt(which) : WHICH[which]);
  const leaders = brokers.filter(({ id }) => led.has(id));
  const answers = await links.ask(leaders, async (link, { id }) => {
    const what = `offsets of the partitions that broker ${String(id)} leads`;
    const wanted = led.get(id) ?? [];
    const asked = Date.now();
    const answer = await link.read(
      LIST_OFFSETS,
      what,
      deadline,
      CONSUMER,
      READ_UNCOMMITTED,
      wanted,
    );
    // It looked at some time between question and answer.
    return { ...answer, at: (asked + Date.now()) / 2 };
  });
  return collected(answers);
}

type Asked = Parameters<typeof listOffsetsV9.api.async>[3];

function byLeader(topics: readonly TopicLayout[], timestamp: bigint): Map<number, Asked> {
  const led = new Map<number, Asked>();
  for (const { name, partitions } of topics) {
    const ofTopic = new Map<number, Asked[number]>();
    for (const { partition, leader } of partitions) {
      if (leader < 0) continue;
      let entry = ofTopic.get(leader);
      if (!entry) ofTopic.set(leader, (entry = { name, partitions: [] }));
      entry.partitions.push({ partitionIndex: partition, currentLeaderEpoch: -1, timestamp });
    }
    for (const [leader, entry] of ofTopic) {
      const ofLeader = led.get(leader);
      if (ofLeader) ofLeader.push(entry);
      else led.set(leader, [entry]);
    }
  }
  return led;
}

type Answer = Awaited<ReturnType<typeof listOffsetsV9.api.async>> & { readonly at: number };

function collected({ byBroker, problems }: Answers<Answer>) {
  const offsets: PartitionOffset[] = [];
  const refused = new Map<string, Problem>();
  for (const [broker, answer] of byBroker) {
    for (const { name, partitions } of answer.topics) {
      for (const one of partitions) {
        const error: KafkaAdminError | undefined = refusal(`topic ${name}`, one);
        // One word about each kind of refusal, not ten thousand about partitions.
        if (error) refused.set(`${String(broker)} ${error.brokerError ?? ""}`, { broker, error });
        else
          offsets.push({
            topic: name,
            partition: one.partitionIndex,
            offset: Number(one.offset),
            at: answer.at,
          });
      }
    }
  }
  return { offsets, problems: [...problems, ...refused.values()] };
}
