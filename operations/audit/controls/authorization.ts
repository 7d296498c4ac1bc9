import { control } from "../control.ts";
import { each, hidden } from "../properties.ts";

const KAFKA_BROKER = "Apache Kafka documentation, Broker Configs";
const STANDARD_AUTHORIZER = "org.apache.kafka.metadata.authorizer.StandardAuthorizer";

/** Whether brokers ask the list at all, and for whom they do not. */
export const AUTHORIZATION_CONTROLS = [
  control(
    {
      id: "broker-authorizer",
      title: "Brokers ask the access control list",
      severity: "critical",
      fix: `Set authorizer.class.name to ${STANDARD_AUTHORIZER}.`,
      source: KAFKA_BROKER,
    },
    ["brokers"],
    ({ brokers }) => each(brokers, "authorizer.class.name", (name) => name !== STANDARD_AUTHORIZER),
  ),
  control(
    {
      id: "broker-allow-everyone",
      title: "What no entry is about is denied",
      severity: "critical",
      fix: "Set allow.everyone.if.no.acl.found to false, or leave it out.",
      source: KAFKA_BROKER,
    },
    ["brokers"],
    ({ brokers }, context) =>
      hidden(brokers, "allow.everyone.if.no.acl.found", context, (text) => text !== "false"),
  ),
  control(
    {
      id: "broker-super-users",
      title: "Nobody is a super user but the platform's own accounts",
      severity: "critical",
      fix: "Take the others out of super.users, and declare what they need.",
      source: KAFKA_BROKER,
    },
    ["brokers"],
    ({ brokers }, context) => {
      const ours = new Set(context.declared.superUsers.map((name) => `User:${name}`));
      const isOther = (text: string) =>
        text.split(";").some((name) => name !== "" && !ours.has(name));
      return hidden(brokers, "super.users", context, isOther);
    },
  ),
] as const;
