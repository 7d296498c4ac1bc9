import { CLUSTER_SUPER_USERS } from "../../model/kubernetes/cluster-accounts.ts";
import { SUPER_USERS } from "../../model/credentials/platform-accounts.ts";
import {
  BROKER_CONFIGURATION,
  type BrokerProperties,
  brokerProperties,
  pairs,
} from "../broker-properties.ts";
import { EVERYWHERE, PRODUCTION, type ResourceRule, type RuleText, show, when } from "../rule.ts";
import type { Subject } from "../subject.ts";

const AUTHORIZER = "org.apache.kafka.metadata.authorizer.StandardAuthorizer";
const KNOWN_SUPER_USERS = new Set(
  [...SUPER_USERS, ...CLUSTER_SUPER_USERS].map((name) => `User:${name}`),
);

/** A rule on the configuration of brokers, wherever it is declared. */
const brokerRule = (
  rule: RuleText & {
    readonly wrong: (properties: BrokerProperties, subject: Subject) => readonly string[];
  },
): ResourceRule => ({
  ...rule,
  types: BROKER_CONFIGURATION,
  check(subject) {
    const properties = brokerProperties(subject);
    return properties ? rule.wrong(properties, subject) : [];
  },
});

type Properties = BrokerProperties["shared"];

/** `key` has to be `wanted`. */
const exactly = (shared: Properties, key: string, wanted: string) =>
  when(shared[key] !== wanted, `${key} is ${show(shared[key])}; wanted "${wanted}"`);

/** `key` must not be `refused`; Kafka's own default is fine. */
const not = (shared: Properties, key: string, refused: string) =>
  when(shared[key] === refused, `${key} is "${refused}"; leave it out`);

/** Listeners without a login, without encryption where it is wanted, or with passwords in the clear. */
function listenerFaults(shared: Properties, encrypted: boolean): string[] {
  const protocols = Object.fromEntries(pairs(shared["listener.security.protocol.map"] ?? ""));
  const listeners = pairs(shared["listeners"] ?? "");
  if (listeners.length === 0) return ["listeners is missing"];
  const wanted = encrypted ? ["SASL_SSL"] : ["SASL_SSL", "SASL_PLAINTEXT"];
  return listeners.flatMap(([name, address]) => {
    const protocol = protocols[name];
    const mechanisms =
      shared[`listener.name.${name.toLowerCase()}.sasl.enabled.mechanisms`]?.split(",") ?? [];
    const onLoopback = address.startsWith("//127.0.0.1:");
    return [
      ...when(
        !wanted.includes(protocol ?? ""),
        `listener ${name} speaks ${protocol ?? "PLAINTEXT"}; wanted ${wanted.join(" or ")}`,
      ),
      ...when(mechanisms.length === 0, `listener ${name} enables no SASL mechanism of its own`),
      ...when(
        mechanisms.includes("PLAIN") && protocol !== "SASL_SSL" && !onLoopback,
        `listener ${name} takes PLAIN without TLS; wanted SCRAM, or loopback only`,
      ),
    ];
  });
}

/** Kafka's own topics, and the defaults of topics that say nothing. */
const COPIES = [
  "default.replication.factor",
  "offsets.topic.replication.factor",
  "transaction.state.log.replication.factor",
  "share.coordinator.state.topic.replication.factor",
];
const IN_SYNC = [
  "min.insync.replicas",
  "transaction.state.log.min.isr",
  "share.coordinator.state.topic.min.isr",
];

/** Rules on the configuration of brokers. */
export const BROKER_RULES: readonly ResourceRule[] = [
  brokerRule({
    id: "broker-listeners",
    level: "mandatory",
    environments: EVERYWHERE,
    title:
      "Every listener wants a login, and outside dev TLS; PLAIN only inside TLS or on loopback",
    reason: "A port without a login is open to whoever reaches it; without TLS passwords are read.",
    fix: "Use the listeners of the platform, which have both.",
    wrong: ({ shared }, { environment }) => listenerFaults(shared, environment !== "dev"),
  }),
  brokerRule({
    id: "broker-authorizer",
    level: "mandatory",
    environments: EVERYWHERE,
    title: "Access is denied unless granted, and only the platform's own users are exempt",
    reason: "Without an authorizer every login may do everything.",
    fix: "Leave authorizer and super users to the platform.",
    wrong({ shared }) {
      const given = shared["super.users"]?.split(";").filter((user) => user !== "") ?? [];
      return [
        ...exactly(shared, "authorizer.class.name", AUTHORIZER),
        ...when(
          shared["allow.everyone.if.no.acl.found"] === "true",
          'allow.everyone.if.no.acl.found is "true"; wanted "false"',
        ),
        ...given.flatMap((user) =>
          when(
            !KNOWN_SUPER_USERS.has(user),
            `super.users has ${user}, which is not the platform's`,
          ),
        ),
      ];
    },
  }),
  brokerRule({
    id: "broker-defaults",
    level: "mandatory",
    environments: EVERYWHERE,
    title:
      "No topic makes itself, no leader is elected uncleanly, brokers hand over before they stop",
    reason:
      "A typing error would be a topic with one partition and no owner; an unclean leader loses records.",
    fix: "Leave these properties to the platform.",
    wrong: ({ shared }) => [
      ...exactly(shared, "auto.create.topics.enable", "false"),
      ...not(shared, "unclean.leader.election.enable", "true"),
      ...not(shared, "controlled.shutdown.enable", "false"),
    ],
  }),
  brokerRule({
    id: "broker-replication",
    level: "mandatory",
    environments: PRODUCTION,
    title: "Kafka's own topics have 3 copies of which 2 are in sync",
    reason: "Where offsets or transactions are lost, every consumer starts again or stops.",
    fix: "Leave these properties to the platform.",
    wrong: ({ shared }) => [
      ...COPIES.flatMap((key) => exactly(shared, key, "3")),
      ...IN_SYNC.flatMap((key) => exactly(shared, key, "2")),
    ],
  }),
  brokerRule({
    id: "broker-rack",
    level: "advisory",
    environments: PRODUCTION,
    title: "Every broker knows its rack",
    reason: "Without racks all copies of a partition may be in one zone, and go with it.",
    fix: "Set cluster.racks in the stack file, one for each broker.",
    wrong: ({ own }) =>
      Object.entries(own).flatMap(([file, properties]) =>
        when(properties["broker.rack"] === undefined, `${file} has no broker.rack`),
      ),
  }),
];
