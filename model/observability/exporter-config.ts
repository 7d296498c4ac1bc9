import { z } from "zod";
import { scramMechanism } from "../values/scram-mechanism.ts";
import { EXPORTER_PORT } from "./exporter-access.ts";

const text = z.string().min(1, { error: "some text" });
const file = z.string().startsWith("/", { error: "the absolute path of a file" });
const positive = z.number().positive({ error: "a number above 0" });
const address = z.string().regex(/^(\[[0-9a-fA-F:.]+\]|[^:\s]+):\d{1,5}$/, {
  error: "host:port, such as kafka-0:9092",
});
const webAddress = z.url({
  protocol: /^https?$/,
  error: "an address such as http://prometheus:9090",
});

const declaredTopic = z.strictObject({
  name: text,
  owner: text,
  minInsyncReplicas: z.int().positive(),
  /** Milliseconds; left out where records are kept for ever. */
  retentionMs: z.number().positive().optional(),
  /** The topic whose unprocessable records it takes. */
  deadLettersOf: text.optional(),
  /** The topic that takes its unprocessable records. */
  errorsTo: text.optional(),
});

const declaredGroup = z.strictObject({
  group: text,
  topic: text,
  owner: text,
  /** Seconds that the group may be behind on the topic. */
  lagBudgetSeconds: positive.optional(),
});

const credential = z.strictObject({
  account: text,
  owner: text,
  /** Day by which its password has to be rotated. */
  due: z.iso.date({ error: "a day such as 2026-12-31" }),
});

/**
 * What the exporter is told, in one JSON file: where the cluster is, as whom to log in, and what is
 * declared about topics, groups and credentials. Secrets are never in it: it names the files they are in.
 */
export const exporterConfigSchema = z.strictObject({
  /** Name of the cluster, for the status page and the log. */
  cluster: text,
  bootstrapServers: z.array(address).min(1, { error: "at least one host:port" }),
  login: z.strictObject({ username: text, mechanism: scramMechanism, passwordFile: file }),
  /** Certificates to trust (PEM). Without it the connection is not encrypted. */
  caFile: file.optional(),
  listen: z
    .strictObject({
      host: text.default("0.0.0.0"),
      port: z.int().min(0).max(65_535).default(EXPORTER_PORT),
    })
    .prefault({}),
  /** How often the cluster is looked at. Default 15, from 1 to 300. */
  intervalSeconds: z
    .number()
    .min(1, { error: "a number of seconds from 1 to 300" })
    .max(300, { error: "a number of seconds from 1 to 300" })
    .default(15),
  /** Whether series of single partitions are served. Sums per topic always are. Default `partition`. */
  granularity: z.enum(["partition", "topic"]).default("partition"),
  /** A record a second through each broker. Left out: none. */
  canary: z.strictObject({ topic: text }).optional(),
  /** Who may see the status page. Left out: there is no page. */
  page: z.strictObject({ username: text, passwordFile: file }).optional(),
  /** Where the page has rates from. */
  prometheusUrl: webAddress.optional(),
  /** Where the page has alerts from. */
  alertmanagerUrl: webAddress.optional(),
  declared: z
    .strictObject({
      topics: z.array(declaredTopic).default([]),
      groups: z.array(declaredGroup).default([]),
      credentials: z.array(credential).default([]),
    })
    .prefault({}),
});

export type ExporterConfig = z.output<typeof exporterConfigSchema>;

/** The file as it is written, with defaults left out. */
export type ExporterConfigFile = z.input<typeof exporterConfigSchema>;
