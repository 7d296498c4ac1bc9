import { aclKey } from "../../../clients/kafka/acls.ts";
import { control } from "../control.ts";
import { allows, declaredKeys, ENTRY_BY_ENTRY, shown, userOf } from "../entries.ts";

const KAFKA_ACLS = "Apache Kafka documentation, Authorization and ACLs";

/** What the entries of the access control list are to be like. */
export const RIGHT_CONTROLS = [
  control(
    {
      id: "right-undeclared",
      title: "Every right in the cluster is declared",
      severity: "high",
      fix: "Declare it in topics/, or remove it: `kafka-platform prune --execute`.",
      source: "This project: rights are declared",
    },
    ["acls"],
    ({ acls }, context) => {
      const known = declaredKeys(context);
      const strangers = acls.filter((acl) => allows(acl) && !known.has(aclKey(acl)));
      return shown(strangers, "granted in the cluster and declared nowhere");
    },
  ),
  control(
    {
      id: "right-missing",
      title: "Every right that is declared is in the cluster",
      severity: "medium",
      fix: "Run `kafka-platform refresh`, and put the stack up again.",
      source: "This project: rights are declared",
    },
    ["acls"],
    ({ acls }, { declared }) => {
      const there = new Set(acls.map(aclKey));
      const missing = declared.acls.filter((acl) => !there.has(aclKey(acl)));
      return shown(missing, "declared, and not in the cluster");
    },
  ),
  control(
    {
      id: "right-everybody",
      title: "No right is given to everybody",
      severity: "critical",
      fix: ENTRY_BY_ENTRY,
      source: KAFKA_ACLS,
    },
    ["acls"],
    ({ acls }) =>
      shown(
        acls.filter((acl) => allows(acl) && acl.principal === "User:*"),
        "whoever can log in has it",
      ),
  ),
  control(
    {
      id: "right-anonymous",
      title: "No right is given to clients that do not log in",
      severity: "critical",
      fix: ENTRY_BY_ENTRY,
      source: KAFKA_ACLS,
    },
    ["acls"],
    ({ acls }) =>
      shown(
        acls.filter((acl) => allows(acl) && acl.principal === "User:ANONYMOUS"),
        "whoever reaches a listener without a login has it",
      ),
  ),
  control(
    {
      id: "right-principal-type",
      title: "Every right is given to a user",
      severity: "low",
      fix: "Grant it to users: Kafka's own principals are users, and no other kind ever matches.",
      source: KAFKA_ACLS,
    },
    ["acls"],
    ({ acls }) =>
      shown(
        acls.filter((acl) => userOf(acl) === undefined),
        "no client ever has such a principal",
      ),
  ),
  control(
    {
      id: "right-denied",
      title: "Nothing is denied that no declaration denies",
      severity: "medium",
      fix: "Finish what it was set for (docs/runbooks/leaked-password.md), then `lock-out ACCOUNT --release`.",
      source: "This project: rights are declared",
    },
    ["acls"],
    ({ acls }, context) => {
      const known = declaredKeys(context);
      const denials = acls.filter((acl) => !allows(acl) && !known.has(aclKey(acl)));
      return shown(denials, "somebody was locked out, or it was forgotten");
    },
  ),
] as const;
