import type { ConnectCluster } from "../access/grants.ts";
import { compactedTable, event } from "../topic/topic-profiles.ts";
import type { WrittenTopic } from "../topic/topic-declaration.ts";

/** Where a Connect cluster keeps its configuration, offsets and status. */
type ConnectTopics = Pick<ConnectCluster, "configTopic" | "offsetTopic" | "statusTopic">;

/**
 * The three topics of a Connect cluster, with the partitions that Connect itself would give them: one
 * for the configuration, because all of it must be in order; 25 for offsets and 5 for status. A worker
 * refuses to start on a topic that is not compacted.
 */
export function connectTopics(names: ConnectTopics): Record<string, WrittenTopic> {
  const table = (description: string, key: string, partitions: number, perHour: number) =>
    compactedTable({
      description,
      key,
      classification: "internal",
      partitions,
      eventsPerHour: { from: 0, to: perHour },
    });
  return {
    [names.configTopic]: table("Connectors and tasks as configured.", "connector", 1, 100),
    [names.offsetTopic]: table("How far each source was read.", "source partition", 25, 60_000),
    [names.statusTopic]: table("State of each connector and task.", "connector or task", 5, 1_000),
  };
}

/**
 * Every change of the schemas of one server, which a Debezium connector reads from the first record on
 * whenever it starts: never dropped, and one partition, so that they stay in order.
 */
export const schemaHistory = (server: string): WrittenTopic =>
  event({
    description: `Changes of the table definitions of ${server}; without them its connector cannot start.`,
    key: "database",
    classification: "internal",
    partitions: 1,
    retention: "unlimited",
    eventsPerHour: { from: 0, to: 100 },
    guarded: true,
    waivers: [
      {
        rule: "topic-retention",
        reason: "A connector that starts reads every change of the tables from the first one on.",
        by: "data-replication",
        until: "2027-11-30",
      },
    ],
  });
