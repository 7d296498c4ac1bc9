import { holdsFigures } from "../../model/stack/held-figures.ts";
import type { CapacityFinding } from "../../model/capacity/capacity.ts";
import type { CapacityPlan, Load } from "../../model/capacity/capacity.ts";
import type { PolicyResource } from "../../policy/resource.ts";
import type { Change } from "../change.ts";
import { judgedCapacity, type Known } from "./news.ts";
import { CLAIM, STATEFUL_SET, TOPIC, VOLUME } from "../../model/stack/resource-types.ts";
import { numberAt, textAt } from "../property-value.ts";
import { quantity } from "../../model/values/quantity.ts";

/** How much a set of resources is. Values that are not known yet are left out. */
export interface Amounts {
  readonly topics: number;
  readonly partitions: number;
  /** Copies of partitions, over all brokers. */
  readonly replicas: number;
  readonly brokers: number;
  /** Bytes of the brokers' volumes; 0 where they have no size of their own. */
  readonly volumes: number;
}

/** Amounts, and what the planner says that they take. */
export interface Capacity extends Amounts {
  /** Of one broker's disk, by the volumes that are declared; undefined where they are not at hand. */
  readonly storage?: Load | undefined;
}

/** What `model/capacity/catalogue-load.ts` says of the declarations; nothing here is reckoned a second time. */
export interface PlannedCapacity {
  readonly before?: CapacityPlan | undefined;
  readonly after: CapacityPlan;
}

export interface CapacityChange {
  readonly before: Capacity;
  readonly after: Capacity;
  /** What is not well afterwards, the worst first, as `kafka-platform capacity` says it. */
  readonly findings: readonly Known<CapacityFinding>[];
}

/** Partitions and storage before and after a plan. */
export const capacityChange = (
  changes: readonly Change[],
  planned?: PlannedCapacity,
): CapacityChange => ({
  before: {
    ...amountsOf(changes.flatMap(({ before }) => before ?? [])),
    storage: planned?.before?.storage,
  },
  after: {
    ...amountsOf(changes.flatMap(({ after }) => after ?? [])),
    storage: planned?.after.storage,
  },
  findings: judgedCapacity(planned?.after.findings ?? [], planned?.before?.findings),
});

function amountsOf(resources: readonly PolicyResource[]): Amounts {
  const inputsOf = (type: string) =>
    resources
      .filter(({ type: given, inputs }) => given === type && !holdsFigures(inputs))
      .map(({ inputs }) => inputs);
  const topics = inputsOf(TOPIC);
  const sets = inputsOf(STATEFUL_SET).map((inputs) => numberAt(inputs, "spec", "replicas") ?? 0);
  const volumes = inputsOf(VOLUME);
  const claims = inputsOf(CLAIM).map(
    (inputs) => quantity(textAt(inputs, "spec", "resources", "requests", "storage")) ?? 0,
  );
  return {
    topics: topics.length,
    partitions: sum(topics.map((topic) => numberAt(topic, "partitions") ?? 0)),
    replicas: sum(topics.map(replicasOf)),
    brokers: sum(sets) + volumes.length,
    volumes: sum(claims),
  };
}

const replicasOf = (topic: unknown): number =>
  (numberAt(topic, "partitions") ?? 0) * (numberAt(topic, "replicationFactor") ?? 0);

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);
