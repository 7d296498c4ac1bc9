import { AclOperations, describeClusterV1 } from "@platformatic/kafka";

import type { BrokerLink } from "./broker-link.ts";
import type { Deadline } from "./deadline.ts";
import { KafkaAdminError, refusal } from "./errors.ts";

const DESCRIBE_CLUSTER = ["DescribeCluster", describeClusterV1.api] as const;
const ENDPOINT_BROKERS = 1;

export interface ClusterDescription {
  readonly clusterId: string;
  readonly brokers: readonly {
    readonly id: number;
    readonly host: string;
    readonly port: number;
  }[];
  /** What the user may do to the cluster itself, in Kafka's names: `DESCRIBE`, `ALTER`, … */
  readonly authorizedOperations: readonly string[];
}

/**
 * The cluster as this user sees it. Fails with `AUTHORISATION` unless the user may at least describe
 * the cluster: to a user without rights every list is empty and nothing is an error, so that a
 * missing right would be taken for missing topics.
 */
export async function checkCluster(
  link: BrokerLink,
  deadline: Deadline,
): Promise<ClusterDescription> {
  const what = "cluster";
  const answer = await link.read(DESCRIBE_CLUSTER, what, deadline, true, ENDPOINT_BROKERS);
  const error = refusal(what, answer);
  if (error) throw error;
  const authorizedOperations = operations(answer.clusterAuthorizedOperations);
  if (!authorizedOperations.includes("DESCRIBE")) {
    throw new KafkaAdminError(
      "AUTHORISATION",
      `cluster ${answer.clusterId}: user ${link.username} is authenticated but may not describe the cluster. Grant it the ACL Describe on Cluster kafka-cluster, or use a super user.`,
    );
  }
  return {
    clusterId: answer.clusterId,
    brokers: answer.brokers.map(({ brokerId, host, port }) => ({ id: brokerId, host, port })),
    authorizedOperations,
  };
}

/** Pure: Kafka's bit field, where bit n stands for the ACL operation with code n. */
export function operations(bits: number): string[] {
  return Object.entries(AclOperations)
    .filter(([, code]) => (bits & (1 << code)) !== 0)
    .map(([name]) => name);
}
