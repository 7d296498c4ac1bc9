import { compactedTable } from "../model/topic/topic-profiles.ts";
import type { Domain } from "../model/catalogue/domain-declaration.ts";

const SCHEMAS = "_schemas";

/** What the platform offers to every domain. */
export const platform: Domain = {
  owner: "platform",
  topics: {
    // The registry insists on one partition: the order of its records is the order of versions.
    [SCHEMAS]: compactedTable({
      description: "Every version of every schema; the registry's only memory.",
      key: "subject and version",
      classification: "internal",
      partitions: 1,
      eventsPerHour: { from: 0, to: 100 },
      guarded: true,
    }),
  },
  accounts: {
    "schema-registry": {
      description:
        "The schema registry: schemas are read and registered over HTTP, not from Kafka.",
      schemaRegistries: [{ topics: [SCHEMAS], group: "schema-registry" }],
    },
  },
};
