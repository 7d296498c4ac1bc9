import { EVERYWHERE, type StackRule } from "../rule.ts";
import type { Stack, Subject } from "../subject.ts";
import { CONTAINER, STATEFUL_SET, TOPIC } from "../types.ts";
import { brokerSets } from "../workloads.ts";

/** Brokers of a stack: the replicas of its StatefulSet, or its one container; none where neither is. */
export function brokersOf(stack: Stack): number | undefined {
  const [set] = brokerSets(stack.ofType(STATEFUL_SET));
  if (set) return set.fields.in("spec").number("replicas") ?? 1;
  return stack.ofType(CONTAINER).length > 0 ? 1 : undefined;
}

const nameOf = ({ fields }: Subject) => fields.text("name");

/** Rules on topics beside other topics, and beside the brokers. */
export const TOPICS_TOGETHER_RULES: readonly StackRule[] = [
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
        const message = `replicationFactor is ${String(factor)}; there are ${String(brokers)} brokers`;
        return factor > brokers ? [{ urn, message }] : [];
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
        const wanted = `a multiple of the ${String(brokers)} brokers`;
        const message = `partitions is ${String(count)}; wanted ${wanted}`;
        return count > brokers && count % brokers !== 0 ? [{ urn, message }] : [];
      });
    },
  },
];
