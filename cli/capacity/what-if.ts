import { z } from "zod";
import type { ClusterRoom } from "../../model/capacity/capacity.ts";
import { demandOf, partitionsFor } from "../../model/topic/topic-partitions.ts";
import { inEnvironment } from "../../model/topic/topic-spec.ts";
import { noSuch } from "../../model/values/spelling.ts";
import { UserError } from "../../model/values/user-error.ts";
import type { PlannedCatalogue } from "../../model/capacity/catalogue-load.ts";
import type { Catalogue, CatalogueTopic } from "../../model/catalogue/catalogue.ts";
import { text, typedDuration, typedSize } from "../terminal/arguments.ts";
import type { Arguments, Flag } from "../terminal/command.ts";

/** Numbers that a plan is made with instead of the declared ones. Flags are as typed, or absent. */
export const WHAT_IF_FLAGS = {
  growth: { type: "string", value: "2x", description: "every volume times this" },
  topic: {
    type: "string",
    value: "NAME",
    description: "show how this topic's figures come about; the next flags are about it",
  },
  "events-per-hour": { type: "string", value: "N", description: "its volume" },
  "event-size": { type: "string", value: "2KiB", description: "size of its records" },
  retention: { type: "string", value: "14d", description: "how long it keeps them" },
  partitions: { type: "string", value: "N", description: "how many partitions it has" },
  brokers: { type: "string", value: "4", description: "number of brokers" },
  storage: { type: "string", value: "200GiB", description: "size of each broker's volume" },
  network: {
    type: "string",
    value: "125MiB",
    description: "what a broker's network carries in a second, to judge it too",
  },
} as const satisfies Readonly<Record<string, Flag>>;

const OF_A_TOPIC = ["events-per-hour", "event-size", "retention", "partitions"] as const;

const count = (error: string) =>
  z
    .string()
    .regex(/^[1-9][\d_,]*$/, { error })
    .transform((given) => Number(given.replaceAll(/[_,]/g, "")))
    .refine(Number.isSafeInteger, { error });

const GROWTH = "a factor such as 2x or 1.5x, or a growth such as 30%";
const growth = z
  .string()
  .regex(/^(\d+(\.\d+)?x?|\d+(\.\d+)?%)$/, { error: GROWTH })
  .transform((given) => (given.endsWith("%") ? 1 + parseFloat(given) / 100 : parseFloat(given)))
  .refine((factor) => factor > 0, { error: GROWTH });

const flags = z.object({
  growth: growth.optional(),
  "events-per-hour": count("a number of events such as 50000").optional(),
  "event-size": typedSize.optional(),
  retention: typedDuration.optional(),
  partitions: count("a number of partitions").optional(),
  brokers: count("a number of brokers").optional(),
  storage: typedSize.optional(),
  network: typedSize.optional(),
});

export type WhatIf = z.output<typeof flags> & { readonly topic?: string | undefined };

/** @throws UserError with every flag that is no number of its kind */
export function whatIf(args: Arguments): WhatIf {
  const given = Object.fromEntries(
    Object.keys(WHAT_IF_FLAGS).map((flag) => [flag, text(args, flag)]),
  );
  const parsed = flags.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path: [flag = ""], message }) => {
      return `--${String(flag)} ${given[String(flag)] ?? ""}: wanted ${message}.`;
    });
    throw new UserError(faults.join("\n"));
  }
  const topic = given["topic"];
  const needsTopic = OF_A_TOPIC.find((flag) => given[flag] !== undefined);
  if (topic === undefined && needsTopic !== undefined) {
    throw new UserError(`--${needsTopic} is about one topic: name it with --topic.`);
  }
  return { ...parsed.data, topic };
}

/** The catalogue with these numbers. @throws UserError for a topic that is not declared */
export function supposed(
  catalogue: Catalogue,
  numbers: WhatIf,
  { environment }: Pick<ClusterRoom, "environment">,
): PlannedCatalogue {
  const { topic: named, growth: factor = 1 } = numbers;
  const known = catalogue.topics.map(({ name }) => name);
  if (named !== undefined && !known.includes(named)) {
    throw new UserError(noSuch("topic", named, known));
  }
  const topics = catalogue.topics.map((topic) => {
    const grown = grownBy(topic, factor, environment);
    return topic.name === named ? withNumbers(grown, numbers, environment) : grown;
  });
  return { ...catalogue, topics };
}

type Topic = PlannedCatalogue["topics"][number];
type Environment = ClusterRoom["environment"];

/** With more throughput more partitions are needed, but not there: the number stays what it was. */
function grownBy(topic: CatalogueTopic, factor: number, environment: Environment): Topic {
  if (factor === 1) return topic;
  const { partitions } = inEnvironment(topic, environment);
  const grown = { ...topic, eventsPerHour: times(topic.eventsPerHour, factor) };
  const declared = demandOf(partitions);
  if (declared === undefined) return grown;
  const throughputPerSecond = declared.throughputPerSecond * factor;
  const demand = { ...declared, throughputPerSecond };
  return { ...changed(grown, environment, { partitions: partitionsFor(declared) }), demand };
}

type Volume = CatalogueTopic["eventsPerHour"];

/** What is supposed was given by nobody. */
const times = ({ from, to, average = to, given }: Volume, factor: number): Volume => ({
  from: from * factor,
  to: to * factor,
  average: average * factor,
  given: given && factor === 1,
});

function withNumbers(topic: Topic, numbers: WhatIf, environment: Environment): Topic {
  const { "events-per-hour": perHour, retention, partitions } = numbers;
  if (retention !== undefined && topic.cleanup === "compact") {
    throw new UserError(
      `--retention: ${topic.name} is compacted, and keeps the latest of each key.`,
    );
  }
  const volume = { from: perHour ?? 0, to: perHour ?? 0, average: perHour, given: false };
  return {
    ...changed(topic, environment, {
      ...(retention === undefined ? {} : { retention }),
      ...(partitions === undefined ? {} : { partitions }),
    }),
    ...(perHour === undefined ? {} : { eventsPerHour: volume }),
    eventSize: numbers["event-size"] ?? topic.eventSize,
  };
}

/** The topic with other values in one environment. */
const changed = (
  topic: Topic,
  environment: Environment,
  values: { readonly retention?: number; readonly partitions?: number },
): Topic => ({
  ...topic,
  environments: {
    ...topic.environments,
    [environment]: { ...topic.environments?.[environment], ...values },
  },
});
