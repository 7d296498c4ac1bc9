import { EVERYWHERE, type ResourceRule, show, when } from "../rule.ts";
import type { Fields } from "../fields.ts";
import { ACL, CREDENTIAL, TOPIC } from "../../model/stack/resource-types.ts";

/** What each is called in Kafka, in the form the Kafka provider imports it by. */
const IDENTITY: Readonly<Record<string, (fields: Fields) => string>> = {
  [TOPIC]: (fields) => fields.text("name") ?? "",
  [CREDENTIAL]: (fields) =>
    [fields.text("username") ?? "", fields.text("scramMechanism") ?? ""].join("|"),
  [ACL]: (fields) =>
    [
      fields.text("aclPrincipal"),
      fields.text("aclHost"),
      fields.text("aclOperation"),
      fields.text("aclPermissionType"),
      fields.text("aclResourceType"),
      fields.text("aclResourceName"),
      fields.text("resourcePatternTypeFilter") ?? "Literal",
    ].join("|"),
};

export const IDENTITY_RULES: readonly ResourceRule[] = [
  {
    id: "kafka-identity",
    level: "mandatory",
    environments: EVERYWHERE,
    types: Object.keys(IDENTITY),
    title: "What is declared in Kafka has its identity in Kafka for its logical name",
    reason:
      "Under another name the provider creates it first and deletes it then: a grant or a login that " +
      "is in use is gone, and the run reports success. Two of one identity revoke each other.",
    fix: "Name it by its identity, as the components do.",
    check({ resource: { type, name }, fields }) {
      const identity = IDENTITY[type]?.(fields) ?? name;
      return when(name !== identity, `its logical name is ${show(name)}; wanted "${identity}"`);
    },
  },
];
