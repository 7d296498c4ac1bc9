import { EXPORTER_ACCOUNT } from "../../model/observability/exporter-access.ts";
import { KAFKA_UI_ACCOUNT, OPERATOR_ACCOUNT } from "../../model/credentials/platform-accounts.ts";
import { EVERYWHERE, type ResourceRule, show, when } from "../rule.ts";
import type { Subject } from "../subject.ts";
import { ACL } from "../../model/stack/resource-types.ts";

const SHORTEST_PREFIX = 3;
/** See names, numbers and settings; no record, and nothing changes. */
const METADATA = ["Describe", "DescribeConfigs"];
const UI_PRINCIPAL = `User:${KAFKA_UI_ACCOUNT}`;
/** Who reads every topic, and is guarded by other means. */
const READS_ALL = [UI_PRINCIPAL, `User:${EXPORTER_ACCOUNT}`, `User:${OPERATOR_ACCOUNT}`];

const allows = ({ fields }: Subject) => fields.text("aclPermissionType") !== "Deny";

/** Rules on one access-control entry. */
export const ACL_RULES: readonly ResourceRule[] = [
  {
    id: "acl-no-wildcard-principal",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [ACL],
    title: "Access is given to one named user",
    reason: "Whatever everybody may do, somebody may do whom nobody thought of.",
    fix: "Declare what each account produces and consumes.",
    check(subject) {
      const principal = subject.fields.text("aclPrincipal");
      if (!allows(subject)) return [];
      const named = principal !== undefined && /^User:[^*\s]+$/.test(principal);
      const everybody = principal === "User:ANONYMOUS";
      return when(
        !named || everybody,
        `aclPrincipal is ${show(principal)}; wanted "User:" and the name of an account`,
      );
    },
  },
  {
    id: "acl-no-wildcard-resource",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [ACL],
    title: "Records and groups are given by name, or by a prefix that ends in a separator",
    reason:
      'A grant on "*" is one on topics that do not exist yet, and on Kafka\'s own; one on a prefix without ' +
      "a separator at its end is one on whatever else begins so, whoever declares it. The UI, which has " +
      "a login and can change nothing, reads them all, and so do the exporter and the operator's commands, " +
      "for the age of a record that a group has come to.",
    fix: "Name the topics and groups, or a prefix of at least 3 characters that ends in '.', '_' or '-'.",
    check(subject) {
      const { fields } = subject;
      const name = fields.text("aclResourceName");
      const operation = fields.text("aclOperation");
      const pattern = fields.text("resourcePatternTypeFilter") ?? "Literal";
      const readsAll =
        READS_ALL.includes(fields.text("aclPrincipal") ?? "") && operation === "Read";
      if (!allows(subject) || readsAll) return [];
      if (name === undefined) return ["aclResourceName is missing; wanted a name"];
      if (pattern === "Literal") {
        const all = name === "*" && !METADATA.includes(operation ?? "");
        return when(all, `${show(operation)} on every resource; wanted a name`);
      }
      if (pattern === "Prefixed" && name.length >= SHORTEST_PREFIX) {
        return when(
          !/[._-]$/.test(name),
          `the prefix "${name}" has no separator at its end, so a name such as "${name}x" is meant too; ` +
            `wanted one that ends in '.', '_' or '-', such as "${name}."`,
        );
      }
      return [
        `the ${pattern} pattern "${name}" is too wide; wanted a prefix of at least ` +
          `${SHORTEST_PREFIX} characters that ends in '.', '_' or '-'`,
      ];
    },
  },
  {
    id: "acl-no-all",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [ACL],
    title: "Operations are named one by one",
    reason: "All includes deleting, altering, and whatever a later Kafka adds.",
    fix: "Declare what the account produces and consumes; the operations follow from it.",
    check(subject) {
      const operation = subject.fields.text("aclOperation");
      const wide = operation === undefined || ["all", "any"].includes(operation.toLowerCase());
      return when(
        allows(subject) && wide,
        `aclOperation is ${show(operation)}; wanted one operation`,
      );
    },
  },
  {
    id: "acl-no-cluster-alter",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [ACL],
    title: "Nobody but the platform's own super users changes the cluster",
    reason: "Alter on the cluster gives every other right; ClusterAction stands in for a broker.",
    fix: "Leave it to the platform: what is declared in topics/ needs no such right.",
    check(subject) {
      const { fields } = subject;
      const operation = fields.text("aclOperation");
      const harmless = [...METADATA, "IdempotentWrite"].includes(operation ?? "");
      const onCluster = fields.text("aclResourceType") === "Cluster";
      return when(
        onCluster && allows(subject) && !harmless,
        `${show(operation)} on the cluster; wanted ${METADATA.join(" or ")} at most`,
      );
    },
  },
  {
    id: "acl-deny",
    level: "advisory",
    environments: EVERYWHERE,
    types: [ACL],
    title: "Access is given, not taken away",
    reason: "A Deny wins over every Allow there is and will be, and is easily forgotten.",
    fix: "Narrow the Allow instead; where a Deny is right, waive this rule with the reason.",
    check: (subject) => when(!allows(subject), 'aclPermissionType is "Deny"; wanted "Allow"'),
  },
  {
    id: "ui-account",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [ACL],
    title: "The UI's account looks and reads, and changes nothing",
    reason: "Whoever may log in to the UI may do what its account may.",
    fix: "Take the right away; changes are declared.",
    check(subject) {
      const { fields } = subject;
      if (fields.text("aclPrincipal") !== UI_PRINCIPAL || !allows(subject)) return [];
      const operation = fields.text("aclOperation");
      return when(
        ![...METADATA, "Read"].includes(operation ?? ""),
        `${show(operation)} for the UI; wanted Describe, DescribeConfigs or Read`,
      );
    },
  },
];
