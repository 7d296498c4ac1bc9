import { z } from "zod";
import { accountName, topicName } from "../components/settings/values.ts";

/** An account: who uses topics, and how. Unknown keys are errors. */

const consumption = z.strictObject({
  topics: z.array(topicName).min(1, { error: "at least one topic" }),
  group: accountName.describe("Consumer group that it joins."),
});

export const accountSchema = z.strictObject({
  description: z.string().min(1, { error: "some text" }),
  produces: z.array(topicName).default([]),
  consumes: z.array(consumption).default([]),
});

export type Account = z.output<typeof accountSchema>;
