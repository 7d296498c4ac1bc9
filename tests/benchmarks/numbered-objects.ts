import type { AclEntry } from "../../model/access/acl.ts";
import type { TopicSpec } from "../../model/topic/topic-spec.ts";

/** Topics as the catalogue's are: one partition, one copy, three settings of their own. */
export const numberedTopics = (count: number): (TopicSpec & { readonly name: string })[] =>
  numbered(count, (number) => ({
    name: `benchmark.topic-${number}`,
    partitions: 1,
    replicationFactor: 1,
    config: { "cleanup.policy": "delete", "min.insync.replicas": "1", "retention.ms": "604800000" },
  }));

/** One entry for each of as many users. */
export const numberedAcls = (count: number): AclEntry[] =>
  numbered(count, (number) => ({
    principal: `User:user-${number}`,
    host: "*",
    operation: "Read",
    permission: "Allow",
    resourceType: "Topic",
    resourceName: `benchmark.topic-${number}`,
    patternType: "Literal",
  }));

const numbered = <T>(count: number, make: (number: string) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(String(index).padStart(5, "0")));
