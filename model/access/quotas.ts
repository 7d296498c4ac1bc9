import { z } from "zod";
import { PLATFORM_ACCOUNTS } from "../credentials/platform-accounts.ts";
import { size } from "../values/values.ts";

/** A number between two bounds: less stops a user for good, more is no limit. */
const between = (what: string, { least, most }: { least: number; most: number }) => {
  const error = `${what} from ${least} to ${most}`;
  return z.number({ error }).min(least, { error }).max(most, { error }).optional();
};

/** In percent of one request thread: the most is more threads than any broker has. */
const SHARE = { least: 0.01, most: 100_000 } as const;
/** Partitions a second. */
const MUTATIONS = { least: 0.01, most: 1_000_000 } as const;

/** Limits of one Kafka user on each broker; what is left out is not limited. */
export const quotaSchema = z
  .strictObject({
    producerByteRate: size.optional().describe("Bytes a second that it may write to one broker."),
    consumerByteRate: size.optional().describe("Bytes a second that it may read from one broker."),
    requestPercentage: between("a percentage", SHARE).describe(
      "Share of the broker's request threads in percent; 200 is two whole threads.",
    ),
    controllerMutationRate: between("partitions a second", MUTATIONS).describe(
      "Partitions a second that it may make or delete, ten times as many at once.",
    ),
  })
  .refine((limits) => Object.keys(limits).length > 0, { error: "at least one limit" });

export type QuotaLimits = z.output<typeof quotaSchema>;

/** The limits in Kafka's names, as text: the form in which the Kafka provider takes them. */
export function quotaConfig(limits: QuotaLimits): Record<string, string> {
  const rates = {
    producer_byte_rate: limits.producerByteRate,
    consumer_byte_rate: limits.consumerByteRate,
    request_percentage: limits.requestPercentage,
    controller_mutation_rate: limits.controllerMutationRate,
  };
  return Object.fromEntries(
    Object.entries(rates).flatMap(([key, rate]) =>
      rate === undefined ? [] : [[key, String(rate)]],
    ),
  );
}

/**
 * What whoever puts the stack up has beside a default quota: it makes every topic of the catalogue at
 * once, and would be refused half-way.
 */
export const ADMIN_QUOTA: QuotaLimits = { controllerMutationRate: MUTATIONS.most };

/** Users that have that one, where there is this default. */
export const exemptFrom = (defaultQuota: QuotaLimits | undefined): readonly string[] =>
  defaultQuota?.controllerMutationRate === undefined ? [] : [PLATFORM_ACCOUNTS.admin];

/** What stands for every client id in `clientQuotas` of a stack. */
export const EVERY_CLIENT = "*";
