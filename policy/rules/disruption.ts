import { EVERYWHERE, type ResourceRule, show, type StackRule, when } from "../rule.ts";
import { DISRUPTION_BUDGET, STATEFUL_SET } from "../../model/stack/resource-types.ts";
import { brokerSets, namespaceOf } from "../workloads.ts";

/** Rules on how many brokers may be taken away at once. */
export const DISRUPTION_RULES: readonly ResourceRule[] = [
  {
    id: "pdb-one",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [DISRUPTION_BUDGET],
    title: "Exactly one broker may be evicted at a time",
    reason: "Two of three copies away means no writes; none allowed means no host is ever drained.",
    fix: "Set maxUnavailable to 1, and no minAvailable.",
    check({ fields }) {
      const spec = fields.in("spec");
      const given = spec.scalar("maxUnavailable");
      return [
        ...when(given !== 1, `maxUnavailable is ${show(given)}; wanted 1`),
        ...when(spec.has("minAvailable"), "minAvailable is set; wanted maxUnavailable only"),
      ];
    },
  },
];

export const DISRUPTION_TOGETHER_RULES: readonly StackRule[] = [
  {
    id: "pdb-covers-brokers",
    level: "mandatory",
    environments: EVERYWHERE,
    title: "A disruption budget selects the brokers as their StatefulSet does",
    reason: "One that selects other pods, or some of them, holds nothing back.",
    fix: "Give the PodDisruptionBudget the selector of the StatefulSet.",
    checkStack: (stack) =>
      brokerSets(stack.ofType(STATEFUL_SET)).flatMap((brokers) => {
        const selector = text(brokers.fields.in("spec", "selector").map("matchLabels"));
        const covered = stack
          .ofType(DISRUPTION_BUDGET)
          .some(
            (budget) =>
              namespaceOf(budget) === namespaceOf(brokers) &&
              text(budget.fields.in("spec", "selector").map("matchLabels")) === selector,
          );
        const message = "no PodDisruptionBudget has its selector";
        return covered ? [] : [{ urn: brokers.resource.urn, message }];
      }),
  },
];

const text = (labels: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(labels).sort());
