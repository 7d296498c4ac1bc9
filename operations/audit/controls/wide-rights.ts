import type { AclBinding } from "../../../clients/kafka/acls.ts";
import { control } from "../control.ts";
import {
  allows,
  allowsMore,
  byOthers,
  ENTRY_BY_ENTRY,
  isOfEverything,
  shown,
  userOf,
} from "../entries.ts";

const LEAST_PRIVILEGE = "Least privilege: NIST SP 800-53 AC-6";

/** On the cluster: whoever may do one of them may give himself all the others. */
const RULES_THE_CLUSTER: readonly string[] = ["ALTER", "ALTER_CONFIGS", "CLUSTER_ACTION", "ALL"];
/** Names that begin with fewer letters than this are names of half a company. */
const SHORTEST_PREFIX = 3;

type Said = Parameters<typeof control>[0];

/** No account but the platform's own has more than a look at everything of a kind. */
const forEverything = (
  kind: AclBinding["resourceType"],
  said: Omit<Said, "fix" | "source">,
  why: string,
) =>
  control(
    { ...said, fix: ENTRY_BY_ENTRY, source: LEAST_PRIVILEGE },
    ["acls"],
    ({ acls }, context) =>
      shown(
        byOthers(acls, context).filter(
          (acl) => allowsMore(acl) && acl.resourceType === kind && isOfEverything(acl),
        ),
        why,
      ),
  );

/** Rights that reach further than anybody needs. */
export const WIDE_RIGHT_CONTROLS = [
  control(
    {
      id: "right-all-operations",
      title: "No right is for all operations",
      severity: "high",
      fix: ENTRY_BY_ENTRY,
      source: LEAST_PRIVILEGE,
    },
    ["acls"],
    ({ acls }, context) =>
      shown(
        byOthers(acls, context).filter((acl) => allows(acl) && acl.operation === "ALL"),
        "ALL includes deleting, and changing configurations",
      ),
  ),
  forEverything(
    "TOPIC",
    {
      id: "right-every-topic",
      title: "No right to read, write or change is for every topic",
      severity: "high",
    },
    "it reaches Kafka's own topics and every one to come",
  ),
  forEverything(
    "GROUP",
    {
      id: "right-every-group",
      title: "No right to join or delete is for every consumer group",
      severity: "medium",
    },
    "it can take the partitions of any group, and move its positions",
  ),
  forEverything(
    "TRANSACTIONAL_ID",
    {
      id: "right-every-transaction",
      title: "No right is for every transactional id",
      severity: "medium",
    },
    "it can fence any producer, and end its transaction",
  ),
  control(
    {
      id: "right-short-prefix",
      title: `No right is for names that begin with fewer than ${SHORTEST_PREFIX} letters`,
      severity: "medium",
      fix: ENTRY_BY_ENTRY,
      source: LEAST_PRIVILEGE,
    },
    ["acls"],
    ({ acls }) =>
      shown(
        acls.filter(
          ({ patternType, resourceName }) =>
            patternType === "PREFIXED" && resourceName.length < SHORTEST_PREFIX,
        ),
        "so short a beginning is that of names of others",
      ),
  ),
  control(
    {
      id: "right-rules-cluster",
      title: "Nobody but super users may change the cluster, its rights or its brokers",
      severity: "critical",
      fix: "Remove it: `kafka-platform prune --execute`. Changes go through the stack.",
      source: "KIP-11: Alter on the cluster manages ACLs; ClusterAction is for brokers",
    },
    ["acls"],
    ({ acls }, { declared }) =>
      shown(
        acls.filter(
          (acl) =>
            allows(acl) &&
            acl.resourceType === "CLUSTER" &&
            RULES_THE_CLUSTER.includes(acl.operation) &&
            !declared.superUsers.includes(userOf(acl) ?? ""),
        ),
        "whoever has it can give himself every other right",
      ),
  ),
  control(
    {
      id: "right-delegation-token",
      title: "Nobody may make tokens that log in as somebody else",
      severity: "high",
      fix: "Remove it: `kafka-platform prune --execute`.",
      source: "KIP-373: CreateTokens on a user",
    },
    ["acls"],
    ({ acls }) =>
      shown(
        acls.filter(
          (acl) => allows(acl) && acl.resourceType === ("USER" as AclBinding["resourceType"]),
        ),
        "a token of another user acts as that user",
      ),
  ),
  control(
    {
      id: "right-internal-topic",
      title: "Nobody may write to Kafka's own topics",
      severity: "high",
      fix: ENTRY_BY_ENTRY,
      source: "Apache Kafka documentation, Authorization and ACLs",
    },
    ["acls"],
    ({ acls }) =>
      shown(
        acls.filter(
          (acl) =>
            allowsMore(acl) &&
            acl.resourceType === "TOPIC" &&
            acl.resourceName.startsWith("__") &&
            acl.operation !== "READ",
        ),
        "positions of groups and states of transactions can be forged",
      ),
  ),
] as const;
