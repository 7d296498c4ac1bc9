import { type Approval, liftsProtection } from "../../model/agreements/approval.ts";
import type { Fields } from "../fields.ts";
import { EVERYWHERE, PRODUCTION, show, type StackRule } from "../rule.ts";
import type { Stack, Subject } from "../subject.ts";
import { USUAL_MOST } from "../../model/topic/topic-partitions.ts";
import { CONTAINER, MANAGED_TOPIC, STATEFUL_SET, TOPIC } from "../../model/stack/resource-types.ts";
import { brokerSets } from "../workloads.ts";

/** Brokers of a stack: the replicas of its StatefulSet, or its one container; none where neither is. */
export function brokersOf(stack: Stack): number | undefined {
  const [set] = brokerSets(stack.ofType(STATEFUL_SET));
  if (set) return set.fields.in("spec").number("replicas") ?? 1;
  return stack.ofType(CONTAINER).length > 0 ? 1 : undefined;
}

/** Whether a retirement, or an approval of what deletes it, has lifted its protection. */
function isLeaving({ fields, today }: Subject): boolean {
  const consentIn = (given: Fields) => ({
    reason: given.text("reason") ?? "",
    by: given.text("by") ?? "",
    until: given.text("until") ?? "",
  });
  const approve = fields.list("approve").map((given) => ({
    change: (given.text("change") ?? "other") as Approval["change"],
    ...consentIn(given),
  }));
  const retire = fields.has("retire") ? consentIn(fields.in("retire")) : undefined;
  return liftsProtection({ approve, retire }, today);
}

const nameOf = ({ fields }: Subject) => fields.text("name");

/** Rules on topics beside other topics, and beside the brokers. */
export const TOPICS_TOGETHER_RULES: readonly StackRule[] = [
  {
    id: "topic-protect",
    level: "mandatory",
    environments: PRODUCTION,
    title: "A topic is protected, unless its declaration says that it is to go",
    reason: "A declaration that is removed, or has fewer partitions, deletes every record.",
    fix: "Set kafka-platform:protection to true in the stack file.",
    checkStack(stack) {
      const leaving = new Set(
        stack
          .ofType(MANAGED_TOPIC)
          .filter(isLeaving)
          .map(({ resource }) => resource.urn),
      );
      return stack
        .ofType(TOPIC)
        .flatMap(({ resource: { urn, parent, options } }) =>
          options.protect || leaving.has(parent ?? "")
            ? []
            : [{ urn, message: "the option protect is not set; wanted true" }],
        );
    },
  },
  {
    id: "topic-name-collision",
    level: "mandatory",
    environments: EVERYWHERE,
    title: "No two topics have names that differ only in '.' and '_'",
    reason: "Kafka's metrics write a dot as an underscore: the two would be counted as one.",
    fix: "Rename one of them.",
    checkStack(stack) {
      const named = stack.ofType(TOPIC).flatMap((topic) => {
        const name = nameOf(topic);
        return name === undefined ? [] : [{ name, urn: topic.resource.urn }];
      });
      const groups = Map.groupBy(named, ({ name }) => name.replaceAll(".", "_"));
      return [...groups.values()].flatMap(([first, ...others]) =>
        others.map(({ name, urn }) => ({
          urn,
          message: `"${name}" and "${first?.name ?? ""}" are one name in metrics`,
        })),
      );
    },
  },
  {
    id: "topic-fits-brokers",
    level: "mandatory",
    environments: EVERYWHERE,
    title: "No topic wants more copies than there are brokers",
    reason: "Kafka refuses it, half-way through a run.",
    fix: "Lower the copies, or add brokers.",
    checkStack(stack) {
      const brokers = brokersOf(stack);
      if (brokers === undefined) return [];
      return stack.ofType(TOPIC).flatMap(({ resource: { urn }, fields }) => {
        const factor = fields.number("replicationFactor") ?? 1;
        const message = `replicationFactor is ${factor}; there are ${brokers} brokers`;
        return factor > brokers ? [{ urn, message }] : [];
      });
    },
  },
  {
    id: "topic-partitions",
    level: "mandatory",
    environments: EVERYWHERE,
    title: `A topic has 1 to ${USUAL_MOST} partitions, or its declaration says why it has more`,
    reason:
      "Each partition costs memory, files and time for a failover on every broker, and its number can " +
      "never go down.",
    fix: `Declare as many as throughput and consumers need; more than ${USUAL_MOST} as { count, reason }.`,
    checkStack(stack) {
      const explained = new Map(
        stack.ofType(MANAGED_TOPIC).flatMap(({ resource: { urn }, fields }) => {
          const given = (fields.text("partitionsReason") ?? "") !== "";
          return given ? [[urn, fields.in("spec").number("partitions")] as const] : [];
        }),
      );
      return stack.ofType(TOPIC).flatMap(({ resource: { urn, parent = "" }, fields }) => {
        const count = fields.number("partitions");
        const message = `partitions is ${show(count)}; wanted 1 to ${USUAL_MOST}, or more with a reason`;
        const fine = count !== undefined && Number.isInteger(count) && count >= 1;
        return fine && (count <= USUAL_MOST || explained.get(parent) === count)
          ? []
          : [{ urn, message }];
      });
    },
  },
  {
    id: "topic-partitions-spread",
    level: "advisory",
    environments: EVERYWHERE,
    title: "Partitions, where there are more than brokers, are a multiple of them",
    reason: "Else some brokers lead more of them than others, and are the first to be overloaded.",
    fix: "Round up to a multiple; a keyed topic only before it is used, because its order would break.",
    checkStack(stack) {
      const brokers = brokersOf(stack) ?? 1;
      return stack.ofType(TOPIC).flatMap(({ resource: { urn }, fields }) => {
        const count = fields.number("partitions") ?? 1;
        const wanted = `a multiple of the ${brokers} brokers`;
        const message = `partitions is ${count}; wanted ${wanted}`;
        return count > brokers && count % brokers !== 0 ? [{ urn, message }] : [];
      });
    },
  },
];
