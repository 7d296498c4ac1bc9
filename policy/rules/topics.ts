import { REPLICATION } from "../../model/topic/topic-spec.ts";
import { EVERYWHERE, type ResourceRule, show, when } from "../rule.ts";
import { type Subject, typeOfUrn } from "../subject.ts";
import { MANAGED_TOPIC, TOPIC } from "../../model/stack/resource-types.ts";
import { MAX_TOPIC_NAME_LENGTH, TOPIC_NAME } from "../../model/values/kafka-limits.ts";

const config = ({ fields }: Subject) => fields.in("config");

/** Rules on what a topic is, its retention and configuration apart. */
export const TOPIC_RULES: readonly ResourceRule[] = [
  {
    id: "topic-replication",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [TOPIC],
    title: "A topic has the copies of its environment: 3 in prod, at least 2 in staging",
    reason: "With fewer copies a broker that is away takes records along.",
    fix: "Leave replicationFactor out of the declaration; it follows from the environment.",
    check({ fields, environment }) {
      const factor = fields.number("replicationFactor");
      const { factor: wanted } = REPLICATION[environment];
      const exact = environment === "prod";
      const fine = factor !== undefined && (exact ? factor === wanted : factor >= wanted);
      const text = `${exact ? "" : "at least "}${wanted}`;
      return when(!fine, `replicationFactor is ${show(factor)}; wanted ${text}`);
    },
  },
  {
    id: "topic-min-isr",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [TOPIC],
    title: "min.insync.replicas is explicit, and one less than the copies",
    reason:
      "Less, and an acknowledged record may be on one disk only; more, and no write succeeds while a " +
      "broker is away. A broker's default is read once and never again (eligible leader replicas).",
    fix: "Leave minInsyncReplicas out of the declaration; it follows from the environment.",
    check(subject) {
      const factor = subject.fields.number("replicationFactor") ?? 1;
      const given = config(subject).text("min.insync.replicas");
      const wanted = String(Math.max(1, factor - 1));
      const message = `min.insync.replicas is ${show(given)} with ${factor} copies; wanted "${wanted}"`;
      return when(given !== wanted, message);
    },
  },
  {
    id: "topic-unclean-election",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [TOPIC],
    title: "No unclean leader election",
    reason: "A copy that lags behind becomes leader, and what it lacks is lost.",
    fix: "Remove unclean.leader.election.enable from the topic's config.",
    check(subject) {
      const given = config(subject).text("unclean.leader.election.enable") ?? "false";
      const message = `unclean.leader.election.enable is ${show(given)}; wanted "false"`;
      return when(given !== "false", message);
    },
  },
  {
    id: "topic-name",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [TOPIC],
    title: "A topic's name is given, and one that Kafka takes and does not reserve",
    reason: "Without a name the provider makes one up that no client knows.",
    fix: `Give it a name of letters, digits, dots, hyphens and underscores, at most ${MAX_TOPIC_NAME_LENGTH} of them.`,
    check({ fields }) {
      const name = fields.text("name");
      const legal = name !== undefined && TOPIC_NAME.test(name) && !name.startsWith("__");
      return when(!legal, `name is ${show(name)}; wanted a name that Kafka takes`);
    },
  },
  {
    id: "topic-owner",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [TOPIC, MANAGED_TOPIC],
    title: "Each topic is declared, and says whose it is and who may see it",
    reason: "Somebody must answer for what is in it, and for what happens when it is full.",
    fix: "Declare it in topics/, with owner, description and classification.",
    check({ resource, fields }) {
      if (resource.type === TOPIC) {
        const declared = typeOfUrn(resource.parent ?? "") === MANAGED_TOPIC;
        return when(!declared, "it belongs to no declaration in topics/");
      }
      return ["owner", "description", "classification"].flatMap((field) =>
        when((fields.text(field) ?? "") === "", `${field} is missing`),
      );
    },
  },
];
