import { z } from "zod";
import { accountSchema } from "../access/account-declaration.ts";
import {
  type TopicDefaults,
  topicDefaultsSchema,
  topicSchema,
  type WrittenTopic,
} from "../topic/topic-declaration.ts";
import { waiverSchema } from "../agreements/waiver.ts";
import { namingSchema } from "./checks/naming.ts";
import { accountName, topicName } from "../values/values.ts";

/** What a domain declares: its topics and the accounts that use them. Unknown keys are errors. */

const text = z.string().min(1, { error: "some text" });

const byName = (kind: string) => (issue: { code: string }) =>
  issue.code === "invalid_type" ? `${kind} by name` : undefined;

export const domainSchema = z.strictObject({
  owner: text.describe("Team that answers for the domain."),
  defaults: topicDefaultsSchema
    .optional()
    .describe("What a topic of it is that does not say otherwise; `config` key by key."),
  naming: namingSchema
    .optional()
    .describe("What its topics and accounts are called. Default: any name that Kafka takes."),
  waivers: z
    .array(waiverSchema, { error: "a list of waivers" })
    .optional()
    .describe("Rules of the policies that all of its topics or accounts may break."),
  topics: z.record(topicName, topicSchema, { error: byName("topics") }),
  accounts: z.record(accountName, accountSchema, { error: byName("accounts") }).default({}),
});

type Written = z.input<typeof domainSchema>;

/** A domain as it is written: with defaults, its topics may leave out anything. */
export type Domain =
  | (Omit<Written, "defaults"> & { readonly defaults?: undefined })
  | (Omit<Written, "defaults" | "topics"> & {
      readonly defaults: TopicDefaults;
      readonly topics: Record<string, Partial<WrittenTopic>>;
    });

/**
 * The domain with its defaults written into each topic, so that what is wrong with a default is a fault of
 * every topic that has it. Whatever is no domain comes back as it is.
 */
export function withDefaults(domain: unknown): unknown {
  const { defaults, topics } = Object(domain) as { defaults?: unknown; topics?: unknown };
  if (!isPlain(defaults) || !isPlain(topics)) return domain;
  const filled = Object.entries(topics).map(([name, topic]) => [
    name,
    isPlain(topic) ? { ...defaults, ...topic, ...configOf(defaults, topic) } : topic,
  ]);
  return { ...Object(domain), topics: Object.fromEntries(filled) as unknown };
}

const configOf = (defaults: Plain, { config }: Plain) =>
  isPlain(defaults["config"]) && (config === undefined || isPlain(config))
    ? { config: { ...defaults["config"], ...config } }
    : {};

type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);
