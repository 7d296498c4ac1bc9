import { figures, sizeText } from "../../model/values/amount-text.ts";
import { MILLISECONDS } from "../../model/values/units.ts";
import { findingText, loadText } from "../../model/capacity/capacity-findings.ts";
import type { CapacityPlan, PlannedTopicLoad } from "../../model/capacity/capacity.ts";
import { textTable } from "../terminal/text-table.ts";

/** A plan for a terminal. `estimated` are the topics whose volumes nobody has given. */
export function capacityText(plan: CapacityPlan, estimated: readonly string[]): string[] {
  const { storage, network, bandwidth, findings } = plan;
  const { produced, replicatedIn, consumed, replicatedOut } = bandwidth;
  const inwards = `${sizeText(produced)}/s produced + ${sizeText(replicatedIn)}/s replicated`;
  const outwards = `${sizeText(consumed)}/s consumed + ${sizeText(replicatedOut)}/s replicated`;
  return [
    ...topicTable(plan.topics, new Set(estimated)),
    "",
    `Each broker: ${loadText(storage)} on its disk`,
    `Its network: in ${inwards}, out ${outwards} at the peak; the busier way is ${loadText(network, "/s")}`,
    ...plan.quotas.map(
      ({ account, kind, ...load }) =>
        `Quota of ${account} (${kind}): ${loadText(load, "/s")} a broker`,
    ),
    ...(estimated.length === 0
      ? []
      : [
          `~ marks volumes that are estimates: ${estimated.length} of ${plan.topics.length} topics.`,
        ]),
    ...findings.map(findingText),
  ];
}

function topicTable(topics: readonly PlannedTopicLoad[], estimated: ReadonlySet<string>): string[] {
  const largestFirst = [...topics].sort(
    (one, other) => other.storage.perBroker - one.storage.perBroker,
  );
  return textTable([
    [
      "TOPIC",
      "KEPT",
      "SEGMENTS",
      "COPIES",
      "A BROKER",
      "STAYS",
      "WRITTEN/S",
      "PARTITIONS",
      "NEEDED",
    ],
    ...largestFirst.map(({ name, storage, partitions }) => {
      const about = estimated.has(name) ? "~" : "";
      return [
        name,
        about + sizeText(storage.kept),
        about + sizeText(storage.slack),
        String(storage.copies),
        about + sizeText(storage.perBroker),
        storage.longest === undefined ? "-" : about + stayText(storage.longest),
        about + sizeText(partitions.throughput),
        String(partitions.declared),
        String(partitions.needed),
      ];
    }),
  ]);
}

const stayText = (milliseconds: number): string => {
  const { m, h, d } = MILLISECONDS;
  if (milliseconds >= d) return `${figures(milliseconds / d)}d`;
  return milliseconds >= h ? `${figures(milliseconds / h)}h` : `${figures(milliseconds / m)}m`;
};

/** How the figures of one topic come about. */
export const arithmeticText = ({ name, storage, partitions }: PlannedTopicLoad): string[] => [
  `${name}:`,
  ...[...storage.arithmetic, ...partitions.arithmetic].map((line) => `  ${line}`),
];
