import { z } from "zod";
import { duration } from "../values/values.ts";

/** How far behind a consumer may be. */
export type LagBudget = z.output<typeof lagBudget>;

const WANTED = "a duration such as 5m, or a number of records such as 10_000";

/**
 * How far a consumer group may fall behind in a topic: a duration (`"5m"`, parsed to milliseconds), or a
 * number of records. No default: whoever says nothing gets the threshold of the topic.
 */
export const lagBudget = z.union(
  [
    duration.transform((milliseconds) => ({ milliseconds })),
    z
      .int({ error: WANTED })
      .positive({ error: WANTED })
      .transform((records) => ({ records })),
  ],
  { error: WANTED },
);
