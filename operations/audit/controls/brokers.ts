import { control, type Context } from "../control.ts";
import { each, value } from "../properties.ts";

const KAFKA_BROKER = "Apache Kafka documentation, Broker Configs";
const DEFAULT_PRINCIPALS =
  "org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder";
/** Set while partitions move, and by Kafka itself when a cluster begins to track eligible leaders. */
const SET_BY_MACHINES =
  /^((leader|follower)\.replication\.throttled\.rate|replica\.alter\.log\.dirs\.io\.max\.bytes\.per\.second|min\.insync\.replicas)$/;
const UNLIMITED = 2 ** 31 - 1;
/** Where fewer are, a second copy cannot be had. */
const BROKERS_FOR_COPIES = 3;

const several = ({ environment, brokers }: Context["declared"]): boolean =>
  environment === "prod" && brokers >= BROKERS_FOR_COPIES;

/** How brokers are set up, listeners left out. */
export const BROKER_CONTROLS = [
  control(
    {
      id: "broker-auto-create",
      title: "A name that is misspelt makes no topic",
      severity: "medium",
      fix: "Set auto.create.topics.enable to false.",
      source: KAFKA_BROKER,
    },
    ["brokers"],
    ({ brokers }) => each(brokers, "auto.create.topics.enable", (text) => text !== "false"),
  ),
  control(
    {
      id: "broker-unclean-election",
      title: "A replica that lacks records becomes no leader by default",
      severity: "high",
      fix: "Set unclean.leader.election.enable to false.",
      source: KAFKA_BROKER,
    },
    ["brokers"],
    ({ brokers }) => each(brokers, "unclean.leader.election.enable", (text) => text !== "false"),
  ),
  control(
    {
      id: "broker-default-copies",
      title: "A topic made by hand in prod has copies",
      severity: "medium",
      fix: "Set default.replication.factor to 3.",
      source: KAFKA_BROKER,
    },
    ["brokers"],
    ({ brokers }, { declared }) =>
      several(declared)
        ? each(brokers, "default.replication.factor", (text) => Number(text ?? "1") < 2)
        : [],
  ),
  control(
    {
      id: "broker-internal-topics",
      title: "Kafka's own topics have copies where there are brokers for them",
      severity: "high",
      fix: "Set offsets.topic.replication.factor and transaction.state.log.replication.factor to 3.",
      source: KAFKA_BROKER,
    },
    ["brokers"],
    ({ brokers }, { declared }) =>
      several(declared)
        ? ["offsets.topic.replication.factor", "transaction.state.log.replication.factor"].flatMap(
            (key) => each(brokers, key, (text) => Number(text ?? "3") < 2),
          )
        : [],
  ),
  control(
    {
      id: "broker-delete-topics",
      title: "A topic that somebody agreed to remove can be removed, and only so",
      severity: "low",
      fix: "Leave delete.topic.enable at true: with false, records that must go stay, and nobody is told.",
      source: KAFKA_BROKER,
    },
    ["brokers"],
    ({ brokers }) => each(brokers, "delete.topic.enable", (text) => text === "false"),
  ),
  control(
    {
      id: "broker-failed-logins",
      title: "Who gives a wrong password has to wait",
      severity: "low",
      fix: "Leave connection.failed.authentication.delay.ms at 100 or more.",
      source: "KIP-306: delay the answer to a failed login",
    },
    ["brokers"],
    ({ brokers }) =>
      each(
        brokers,
        "connection.failed.authentication.delay.ms",
        (text) => Number(text ?? "100") < 100,
      ),
  ),
  control(
    {
      id: "broker-connections",
      title: "A broker has a limit of connections",
      severity: "low",
      fix: "Leave the limits to the stack, which computes them from the memory.",
      source: "KIP-402: limits of connections by listener and in all",
    },
    ["brokers"],
    ({ brokers }) =>
      brokers
        .filter(
          ({ settings }) =>
            ![...settings].some(
              ([key, setting]) =>
                /(^|\.)max\.connections$/.test(key) &&
                Number(setting.value ?? UNLIMITED) < UNLIMITED,
            ),
        )
        .map(({ id }) => ({
          subject: `broker ${String(id)}, max.connections`,
          seen: "no limit: one client that leaks connections takes the broker with it",
        })),
  ),
  control(
    {
      id: "broker-host-names",
      title: "Brokers check whom a certificate was made for",
      severity: "high",
      fix: "Leave ssl.endpoint.identification.algorithm at https.",
      source: "KIP-294: host names are verified by default",
    },
    ["brokers"],
    ({ brokers }) =>
      each(brokers, "ssl.endpoint.identification.algorithm", (text) => (text ?? "") === ""),
  ),
  control(
    {
      id: "broker-principals",
      title: "Who somebody is, is decided as Kafka does it",
      severity: "medium",
      fix: "Leave principal.builder.class out, or have the class reviewed as part of the brokers.",
      source: KAFKA_BROKER,
    },
    ["brokers"],
    ({ brokers }) =>
      each(
        brokers,
        "principal.builder.class",
        (name) => name !== undefined && name !== DEFAULT_PRINCIPALS,
      ),
  ),
  control(
    {
      id: "broker-changed-by-hand",
      title: "No broker is set to something that its file does not say",
      severity: "medium",
      fix: "Put it into the stack file, and remove it: `kafka-configs --alter --delete-config`.",
      source: "KIP-226: dynamic configuration wins over the file",
    },
    ["brokers"],
    ({ brokers }) =>
      brokers.flatMap(({ id, settings }) =>
        [...settings]
          .filter(([key, { source }]) => source.startsWith("dynamic") && !SET_BY_MACHINES.test(key))
          .map(([key, setting]) => ({
            subject: `broker ${String(id)}, ${key}`,
            seen: `is set to ${setting.value ?? "a value that is not shown"} (${setting.source})`,
          })),
      ),
  ),
  control(
    {
      id: "brokers-differ",
      title: "All brokers have the same rules",
      severity: "medium",
      fix: "Find out which one was changed, and put the stack up again.",
      source: "CIS Controls 4.1: one secure configuration",
    },
    ["brokers"],
    ({ brokers }) =>
      ALIKE.flatMap((key) => {
        const values = new Set(brokers.map((broker) => value(broker, key) ?? "not set"));
        return values.size > 1
          ? [{ subject: key, seen: `differs between brokers: ${[...values].join(" and ")}` }]
          : [];
      }),
  ),
] as const;

const ALIKE = [
  "authorizer.class.name",
  "auto.create.topics.enable",
  "unclean.leader.election.enable",
  "listener.security.protocol.map",
  "sasl.enabled.mechanisms",
  "ssl.enabled.protocols",
  "ssl.client.auth",
  "principal.builder.class",
  "delete.topic.enable",
] as const;
