import type { Deadline } from "../../clients/kafka/deadline.ts";
import type { BrokerLinks } from "../../clients/kafka/observation/broker-links.ts";
import type { TopicLayout } from "../../clients/kafka/observation/cluster-layout.ts";
import { partitionOffsets } from "../../clients/kafka/observation/partition-offsets.ts";
import { noSuch } from "../../model/values/spelling.ts";
import { UserError } from "../../model/values/user-error.ts";
import { existing, type GroupStanding, groupStanding } from "./group-standing.ts";
import { type PartitionFacts, placeOf } from "./reset-plan.ts";
import type { ResetTarget } from "./reset-target.ts";

/** What a reset is about. */
export interface ResetScope {
  readonly group: string;
  readonly target: ResetTarget;
  /** Default: every topic that the group (or the one it is to be like) has a position in. */
  readonly topics: readonly string[];
  /** Default: all. */
  readonly partitions: readonly number[];
}

/** @throws UserError for what there is not, KafkaAdminError for what cannot be found out */
export async function lookForReset(
  links: BrokerLinks,
  { group, target, topics: named, partitions }: ResetScope,
  deadline: Deadline,
): Promise<{ readonly standing: GroupStanding; readonly facts: readonly PartitionFacts[] }> {
  const standing = await groupStanding(links, group, deadline);
  existing(group, standing);
  const other =
    target.to === "like" ? await groupStanding(links, target.group, deadline) : undefined;
  if (other && target.to === "like") existing(target.group, other);
  const { positions, layout } = standing;
  const model = (other ?? standing).positions;
  const topics = chosenTopics(layout.topics, named, model).map((topic) =>
    chosenPartitions(topic, partitions),
  );
  if (topics.length === 0) {
    throw new UserError(
      `Group ${other && target.to === "like" ? target.group : group} has no position in any topic: name topics with --topic.`,
    );
  }
  const ask = async (which: "end" | "oldest" | number) => {
    const { offsets, problems } = await partitionOffsets(
      links,
      layout.brokers,
      topics,
      which,
      deadline,
    );
    const [problem] = problems;
    if (problem) throw problem.error;
    return new Map(offsets.map((one) => [placeOf(one), one.offset]));
  };
  const starts = await ask("oldest");
  const ends = await ask("end");
  const found =
    target.to === "time"
      ? await ask(target.at)
      : new Map((other?.positions ?? []).map((one) => [placeOf(one), one.offset]));
  const current = new Map(positions.map((one) => [placeOf(one), one]));
  const facts = topics.flatMap(({ name: topic, partitions }) =>
    partitions.map(({ partition }): PartitionFacts => {
      const place = placeOf({ topic, partition });
      const [start, end] = [starts.get(place), ends.get(place)];
      if (start === undefined || end === undefined) {
        throw new UserError(
          `Partition ${String(partition)} of topic ${topic} has no leader: where it begins and ends cannot be found out. ` +
            "Nothing was planned; leave it out with --topic and --partition, or mend it first.",
        );
      }
      return {
        topic,
        partition,
        position: current.get(place),
        start,
        end,
        found: found.get(place),
      };
    }),
  );
  return { standing, facts };
}

function chosenTopics(
  there: readonly TopicLayout[],
  named: readonly string[],
  positions: readonly { readonly topic: string }[],
): readonly TopicLayout[] {
  if (named.length === 0) {
    const read = new Set(positions.map(({ topic }) => topic));
    return there.filter(({ name }) => read.has(name)).toSorted(byName);
  }
  const byTopic = new Map(there.map((topic) => [topic.name, topic]));
  return [...new Set(named)].toSorted().map((name) => {
    const topic = byTopic.get(name);
    if (topic) return topic;
    const names = there.filter(({ internal }) => !internal).map((one) => one.name);
    throw new UserError(noSuch("topic", name, names));
  });
}

function chosenPartitions(topic: TopicLayout, numbers: readonly number[]): TopicLayout {
  if (numbers.length === 0) return topic;
  const missing = numbers.find(
    (number) => !topic.partitions.some((one) => one.partition === number),
  );
  if (missing !== undefined) {
    throw new UserError(
      `Topic ${topic.name} has no partition ${String(missing)}: it has 0 to ${String(topic.partitions.length - 1)}.`,
    );
  }
  const partitions = topic.partitions.filter(({ partition }) => numbers.includes(partition));
  return { ...topic, partitions };
}

const byName = (one: TopicLayout, other: TopicLayout) => (one.name < other.name ? -1 : 1);
