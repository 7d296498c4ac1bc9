import {
  ConfigResourceTypes,
  createPartitionsV3,
  createTopicsV7,
  deleteRecordsV2,
  describeConfigsV4,
  fetchV12,
  IncrementalAlterConfigOperationTypes,
  incrementalAlterConfigsV1,
  metadataV12,
  produceV11,
} from "@platformatic/kafka";
import { inOrderOf, type Probe, send } from "../access/access-probes.ts";

const TIMEOUT_MS = 10_000;
const ALL_REPLICAS = -1;
const ABSENT = "UNKNOWN_TOPIC_OR_PARTITION";
const { TOPIC: resourceType } = ConfigResourceTypes;

const probe = (
  operation: Probe["operation"],
  allowed: readonly string[],
  ask: Probe["ask"],
): Probe => ({ resourceType: "Topic", operation, allowed, ask });

/** Every operation on a topic that Kafka knows, by the request of a client that needs it. */
export const TOPIC_PROBES: readonly Probe[] = [
  probe("Write", ["NONE", ABSENT], async (link, names) => {
    const [key, value] = [Buffer.from("key"), Buffer.from("value")];
    const records = names.map((topic) => ({ topic, key, value }));
    const answer = await send(link, produceV11.api, ALL_REPLICAS, TIMEOUT_MS, records);
    const responses = typeof answer === "boolean" ? [] : answer.responses;
    return inOrderOf(
      names,
      responses.map(({ name, partitionResponses: [partition] }) => [name, partition]),
    );
  }),
  probe("Read", ["NONE", ABSENT], async (link, names) => {
    const from = { partition: 0, currentLeaderEpoch: -1, lastFetchedEpoch: -1, fetchOffset: 0n };
    // Up to this version of the request the library calls a topic's name its id.
    const topics = names.map((topicId) => ({
      topicId,
      partitions: [{ ...from, partitionMaxBytes: 1 }],
    }));
    const { responses } = await send(link, fetchV12.api, 0, 0, 1, 0, 0, -1, topics, [], "");
    return inOrderOf(
      names,
      responses.map(({ topicId, partitions: [partition] }) => [topicId, partition]),
    );
  }),
  probe("Describe", ["NONE", ABSENT], async (link, names) => {
    const { topics } = await send(link, metadataV12.api, [...names], false, false);
    return inOrderOf(
      names,
      topics.map((topic) => [topic.name, topic]),
    );
  }),
  probe("DescribeConfigs", ["NONE", ABSENT], async (link, names) => {
    const configurationKeys = ["cleanup.policy"];
    const asked = names.map((resourceName) => ({ resourceType, resourceName, configurationKeys }));
    const { results } = await send(link, describeConfigsV4.api, asked, false, false);
    return inOrderOf(
      names,
      results.map((result) => [result.resourceName, result]),
    );
  }),
  probe("AlterConfigs", ["NONE", ABSENT], async (link, names) => {
    const { SET: configOperation } = IncrementalAlterConfigOperationTypes;
    const configs = [{ name: "segment.ms", configOperation, value: "3600000" }];
    const asked = names.map((resourceName) => ({ resourceType, resourceName, configs }));
    const { responses } = await send(link, incrementalAlterConfigsV1.api, asked, true);
    return inOrderOf(
      names,
      responses.map((response) => [response.resourceName, response]),
    );
  }),
  probe("Alter", ["NONE", ABSENT], async (link, names) => {
    const asked = names.map((name) => ({ name, count: 60 }));
    const { results } = await send(link, createPartitionsV3.api, asked, TIMEOUT_MS, true);
    return inOrderOf(
      names,
      results.map((result) => [result.name, result]),
    );
  }),
  probe("Create", ["NONE", "TOPIC_ALREADY_EXISTS"], async (link, names) => {
    const bare = { numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
    const asked = names.map((name) => ({ name, ...bare }));
    const { topics } = await send(link, createTopicsV7.api, asked, TIMEOUT_MS, true);
    return inOrderOf(
      names,
      topics.map((topic) => [topic.name, topic]),
    );
  }),
  // Up to the first record: nothing is deleted. A compacted topic would refuse any other offset.
  probe("Delete", ["NONE", ABSENT, "POLICY_VIOLATION"], async (link, names) => {
    const partitions = [{ partitionIndex: 0, offset: 0n }];
    const asked = names.map((name) => ({ name, partitions }));
    const { topics } = await send(link, deleteRecordsV2.api, asked, TIMEOUT_MS);
    return inOrderOf(
      names,
      topics.map(({ name, partitions: [partition] }) => [name, partition]),
    );
  }),
];
