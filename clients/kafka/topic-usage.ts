import { describeLogDirsV4, listGroupsV5, listOffsetsV9, offsetFetchV9 } from "@platformatic/kafka";

import type { ConnectOptions } from "./connect-options.ts";
import { BrokerLink } from "./broker-link.ts";
import { checkCluster } from "./cluster.ts";
import type { Deadline } from "./deadline.ts";
import { KafkaAdminError } from "./errors.ts";
import { describeLayouts } from "./topic-description.ts";

const LIST_OFFSETS = ["ListOffsets", listOffsetsV9.api] as const;
const LOG_DIRS = ["DescribeLogDirs", describeLogDirsV4.api] as const;
const LIST_GROUPS = ["ListGroups", listGroupsV5.api] as const;
const OFFSET_FETCH = ["OffsetFetch", offsetFetchV9.api] as const;

/** Kafka's stand-ins for a time: the end and the start of a partition. */
const LATEST = -1n;
const EARLIEST = -2n;
const CONSUMER = -1;
const READ_UNCOMMITTED = 0;

/** What a topic holds, and who reads it. */
export interface TopicUsage {
  /** Offsets from start to end: an upper bound where records were compacted or transactions ended. */
  readonly records: number;
  /** Of all copies, on the disks of all brokers. */
  readonly bytes: number;
  /** Groups with members that have committed an offset of it, in order of name. */
  readonly liveGroups: readonly string[];
}

/**
 * Asks every broker: offsets are known to leaders, sizes to whoever has the disk, groups to their
 * coordinators.
 *
 * @returns undefined when there is no such topic
 * @throws KafkaAdminError when a broker cannot be asked
 */
export async function topicUsage(
  options: ConnectOptions,
  topic: string,
): Promise<TopicUsage | undefined> {
  const first = new BrokerLink(options);
  try {
    const deadline = first.deadline();
    const { brokers } = await checkCluster(first, deadline);
    const [layout] = await describeLayouts(first, [topic], deadline);
    if (layout instanceof KafkaAdminError) throw layout;
    if (layout === undefined) return undefined;
    const partitions = Array.from({ length: layout.partitions }, (_, index) => index);
    const answers = await Promise.all(
      brokers.map(({ host, port }) => {
        const server = host.includes(":") ? `[${host}]:${String(port)}` : `${host}:${String(port)}`;
        return askBroker({ ...options, bootstrapServers: [server] }, topic, partitions, deadline);
      }),
    );
    return {
      records: sum(answers.map(({ records }) => records)),
      bytes: sum(answers.map(({ bytes }) => bytes)),
      liveGroups: [...new Set(answers.flatMap(({ liveGroups }) => liveGroups))].sort(),
    };
  } finally {
    await first.close();
  }
}

async function askBroker(
  options: ConnectOptions,
  topic: string,
  partitions: readonly number[],
  deadline: Deadline,
): Promise<TopicUsage> {
  const link = new BrokerLink(options);
  try {
    return {
      records: await recordsLed(link, topic, partitions, deadline),
      bytes: await bytesStored(link, topic, partitions, deadline),
      liveGroups: await groupsCoordinated(link, topic, partitions, deadline),
    };
  } finally {
    await link.close();
  }
}

/** Of the partitions that this broker leads: for the others it answers with an error. */
async function recordsLed(
  link: BrokerLink,
  name: string,
  partitions: readonly number[],
  deadline: Deadline,
): Promise<number> {
  const offsets = async (timestamp: bigint): Promise<Map<number, bigint>> => {
    const asked = partitions.map((partitionIndex) => ({
      partitionIndex,
      currentLeaderEpoch: -1,
      timestamp,
    }));
    const what = `asking for offsets of topic ${name}`;
    const wanted = [{ name, partitions: asked }];
    const answer = await link.read(
      LIST_OFFSETS,
      what,
      deadline,
      CONSUMER,
      READ_UNCOMMITTED,
      wanted,
    );
    const led = answer.topics.flatMap((one) => one.partitions).filter((one) => one.errorCode === 0);
    return new Map(led.map(({ partitionIndex, offset }) => [partitionIndex, offset]));
  };
  const [start, end] = [await offsets(EARLIEST), await offsets(LATEST)];
  return sum([...end].map(([partition, last]) => Number(last - (start.get(partition) ?? last))));
}

async function bytesStored(
  link: BrokerLink,
  name: string,
  partitions: readonly number[],
  deadline: Deadline,
): Promise<number> {
  const what = `asking for the size of topic ${name}`;
  const wanted = [{ name, partitions: [...partitions] }];
  const { results } = await link.read(LOG_DIRS, what, deadline, wanted);
  const stored = results.flatMap(({ topics }) => topics).flatMap((one) => one.partitions);
  return sum(stored.map(({ partitionSize }) => Number(partitionSize)));
}

async function groupsCoordinated(
  link: BrokerLink,
  name: string,
  partitions: readonly number[],
  deadline: Deadline,
): Promise<string[]> {
  const what = `asking for the groups of topic ${name}`;
  const { groups } = await link.read(LIST_GROUPS, what, deadline, [], []);
  const live = groups.filter(({ groupState }) => !["Empty", "Dead"].includes(groupState));
  if (live.length === 0) return [];
  const wanted = live.map(({ groupId }) => ({
    groupId,
    memberId: null,
    memberEpoch: -1,
    topics: [{ name, partitionIndexes: [...partitions] }],
  }));
  const answer = await link.read(OFFSET_FETCH, what, deadline, wanted, false);
  return answer.groups.flatMap(({ groupId, topics }) => {
    const committed = topics.flatMap((one) => one.partitions);
    return committed.some(({ committedOffset }) => committedOffset >= 0n) ? [groupId] : [];
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);
