import { describeQuorumV2 } from "@platformatic/kafka";
import type { BrokerLink } from "../broker-link.ts";
import type { Deadline } from "../deadline.ts";
import { KafkaAdminError, refusal } from "../errors.ts";

const DESCRIBE_QUORUM = ["DescribeQuorum", describeQuorumV2.api] as const;
/** The log that the controllers agree on. */
const METADATA_LOG = { topicName: "__cluster_metadata", partitions: [{ partitionIndex: 0 }] };

/** The controllers, as their leader sees them. */
export interface Quorum {
  /** Id of the controller that is active. */
  readonly leader: number;
  readonly voters: readonly {
    readonly id: number;
    /** Milliseconds since it had all that the leader had; 0 of the leader. */
    readonly behindMs: number;
  }[];
}

/**
 * Who leads the cluster. Only a leader with a majority answers: metadata goes on naming a controller,
 * and brokers, when there is none any more.
 *
 * @throws KafkaAdminError `DEADLINE` where no majority is left, `AUTHORISATION` without Describe on the cluster
 */
export async function describeQuorum(link: BrokerLink, deadline: Deadline): Promise<Quorum> {
  const what = "quorum of the controllers";
  const answer = await link.read(DESCRIBE_QUORUM, what, deadline, [METADATA_LOG]);
  const log = answer.topics[0]?.partitions[0];
  const error = refusal(what, answer) ?? (log && refusal(what, log));
  if (error) throw error;
  if (!log) throw new KafkaAdminError("REFUSED", `${what}: the answer is about no log.`);
  const reached = Math.max(...log.currentVoters.map(({ lastCaughtUpTimestamp: at }) => Number(at)));
  const voters = log.currentVoters.map(({ replicaId: id, lastCaughtUpTimestamp: at }) => ({
    id,
    behindMs: id === log.leaderId ? 0 : Math.max(0, reached - Number(at)),
  }));
  return { leader: log.leaderId, voters };
}
