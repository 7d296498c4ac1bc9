import { describeClusterV1 } from "@platformatic/kafka";
import fc from "fast-check";
import type { AccessRequest, Acl } from "../../../model/access/authorizer.ts";
import {
  type AclOperation,
  OPERATIONS,
  type ResourceType,
} from "../../../model/access/operations.ts";
import type { BrokerLink } from "../../../clients/kafka/broker-link.ts";
import { operations } from "../../../clients/kafka/cluster.ts";
import { CLUSTER_PROBES, GROUP_PROBES, send, TRANSACTION_PROBES } from "./access-probes.ts";
import { TOPIC_PROBES } from "../kafka/topic-probes.ts";

/** Random access control lists, and what a broker can be asked about the resources they are about. */

/** Names that begin like each other, so that literal, prefixed and wildcard entries meet. */
const NAMES = {
  Topic: ["a", "ab", "abc", "abc.d", "a-b", "b", "ba", "c"],
  Group: ["a", "ab", "abc", "b", "*", "g*"],
  TransactionalID: ["a", "ab", "abc", "b", "*"],
  Cluster: ["kafka-cluster"],
} as const satisfies Partial<Record<ResourceType, readonly string[]>>;

type AskedType = keyof typeof NAMES;

export const PRINCIPALS = ["one", "two", "one-more"] as const;

const OPERATION: readonly (AclOperation | "All")[] = [
  "All",
  ...new Set(Object.values(OPERATIONS).flat()),
];

const resource = fc.oneof(
  ...(Object.keys(NAMES) as AskedType[]).map((resourceType) =>
    fc.record({
      resourceType: fc.constant(resourceType),
      resourceName: fc.constantFrom(
        "*",
        "a",
        "ab",
        "abc",
        "b",
        "g",
        "kafka",
        ...NAMES[resourceType],
      ),
    }),
  ),
);

/** Any entry that Kafka stores, also one whose operation means nothing for its resource. */
const acl = (hosts: readonly string[]): fc.Arbitrary<Acl> =>
  fc
    .tuple(
      resource,
      fc.record({
        principal: fc.constantFrom(
          ...PRINCIPALS.map((name) => `User:${name}`),
          "User:*",
          "Group:one",
        ),
        host: fc.constantFrom("*", "*", ...hosts),
        permission: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
        operation: fc.constantFrom(...OPERATION),
        patternType: fc.constantFrom("Literal", "Literal", "Prefixed"),
      }),
    )
    .map(([named, entry]): Acl => {
      // Kafka knows one resource of this type.
      const { resourceType } = named;
      return resourceType === "Cluster"
        ? { ...entry, resourceType, resourceName: "kafka-cluster", patternType: "Literal" }
        : { ...entry, ...named };
    });

export const aclSet = (hosts: readonly string[]): fc.Arbitrary<Acl[]> =>
  fc.array(acl(hosts), { minLength: 1, maxLength: 24, size: "max" });

const kafkaName = (word: string) => word.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();

/** What a broker let somebody do, of one operation on one resource. */
export type Answered = Pick<AccessRequest, "operation" | "resourceType" | "resourceName"> & {
  readonly isAllowed: boolean;
};

/**
 * Asks the broker for everything by the request that needs it: {@link NAMES}, each operation that a
 * request of Kafka's clients needs alone.
 */
export async function askEverything(link: BrokerLink): Promise<Answered[]> {
  const probes = [...TOPIC_PROBES, ...GROUP_PROBES, ...TRANSACTION_PROBES, ...CLUSTER_PROBES];
  const answered: Answered[] = [];
  for (const { resourceType, operation, allowed, ask } of probes) {
    const names: readonly string[] = NAMES[resourceType];
    const answers = await ask(link, names);
    for (const [index, resourceName] of names.entries()) {
      const answer = answers[index] ?? "";
      const isAllowed = allowed.includes(answer);
      // Whatever is neither is a question that this test asks wrongly.
      if (!isAllowed && !answer.endsWith("AUTHORIZATION_FAILED")) {
        throw new Error(`${operation} on ${resourceType} ${resourceName}: ${answer}`);
      }
      answered.push({ operation, resourceType, resourceName, isAllowed });
    }
  }
  return [...answered, ...(await authorizedOnCluster(link))];
}

/** What the broker itself lists as allowed on the cluster: operations that no client asks for too. */
async function authorizedOnCluster(link: BrokerLink): Promise<Answered[]> {
  const answer = await send(link, describeClusterV1.api, true, 1);
  const listed = operations(answer.clusterAuthorizedOperations);
  // It lists nothing to who may not describe the cluster.
  if (!listed.includes("DESCRIBE")) return [];
  return OPERATIONS.Cluster.map((operation) => ({
    ...{ operation, resourceType: "Cluster", resourceName: "kafka-cluster" },
    isAllowed: listed.includes(kafkaName(operation)),
  }));
}
