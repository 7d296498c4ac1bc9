import { z } from "zod";
import { size } from "../values/values.ts";

/**
 * In percent of one request thread. Less than the least stops a user for good; more than the most is
 * more threads than any broker has.
 */
const SHARE = { least: 0.01, most: 100_000 } as const;
const WANTED_SHARE = `a percentage from ${String(SHARE.least)} to ${String(SHARE.most)}`;

/** Limits of one Kafka user on each broker; what is left out is not limited. */
export const quotaSchema = z
  .strictObject({
    producerByteRate: size.optional().describe("Bytes a second that it may write to one broker."),
    consumerByteRate: size.optional().describe("Bytes a second that it may read from one broker."),
    requestPercentage: z
      .number({ error: WANTED_SHARE })
      .min(SHARE.least, { error: WANTED_SHARE })
      .max(SHARE.most, { error: WANTED_SHARE })
      .optional()
      .describe("Share of the broker's request threads in percent; 200 is two whole threads."),
  })
  .refine((limits) => Object.keys(limits).length > 0, { error: "at least one limit" });

export type QuotaLimits = z.output<typeof quotaSchema>;

/** The limits in Kafka's names, as text: the form in which the Kafka provider takes them. */
export function quotaConfig(limits: QuotaLimits): Record<string, string> {
  const rates = {
    producer_byte_rate: limits.producerByteRate,
    consumer_byte_rate: limits.consumerByteRate,
    request_percentage: limits.requestPercentage,
  };
  return Object.fromEntries(
    Object.entries(rates).flatMap(([key, rate]) =>
      rate === undefined ? [] : [[key, String(rate)]],
    ),
  );
}
