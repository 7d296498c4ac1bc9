import { z } from "zod";
import { MAX_TOPIC_NAME_LENGTH } from "./kafka-limits.ts";
import { BYTES, MILLISECONDS } from "./units.ts";

/**
 * The value types that stack files and declarations are written in. Each message says what a good
 * value looks like, because it is what somebody reads who just typed a bad one.
 */

/** Text of one form; whatever else is written there gets the same answer. */
const text = (wanted: string, form: RegExp) =>
  z.string({ error: wanted }).regex(form, { error: wanted });

const unitsOf = <Unit extends string>(table: Record<Unit, number>) =>
  Object.keys(table) as [Unit, ...Unit[]];

/** Multiplies `"<number><unit>"` out; the schema has already refused everything else. */
function inBaseUnit<Unit extends string>(text: string, table: Record<Unit, number>): number {
  const [, amount = "", unit = ""] = /^([0-9.]+) ?([A-Za-z]+)$/.exec(text) ?? [];
  return Number(amount) * table[unit as Unit];
}

/** A whole number of base units, so that `0.5 B` or `0.1ms` cannot slip through as a rounding. */
const whole = (amount: number) => Number.isSafeInteger(amount) && amount > 0;

const DURATION = "a duration such as 30s, 15m, 12h or 7d";
const SIZE = "a size such as 512 KiB, 512 MiB or 10 GiB (1 MiB = 1,048,576 bytes)";

/** A duration such as `"7d"`, or of nothing (`"0ms"`), parsed to milliseconds. */
export const durationFromZero = z
  .templateLiteral([z.number().nonnegative(), z.enum(unitsOf(MILLISECONDS))], { error: DURATION })
  .transform((text) => inBaseUnit(text, MILLISECONDS))
  .refine((amount) => amount === 0 || whole(amount), { error: DURATION });

/** A duration such as `"7d"`, parsed to milliseconds. */
export const duration = durationFromZero.refine((amount) => amount > 0, { error: DURATION });

/** A size such as `"512 MiB"`, parsed to bytes. Binary units only: Kafka's limits are powers of two. */
export const size = z
  .templateLiteral([z.number().positive(), " ", z.enum(unitsOf(BYTES))], { error: SIZE })
  .transform((text) => inBaseUnit(text, BYTES))
  .refine(whole, { error: SIZE });

/** Memory of a broker, parsed to bytes: enough for a heap of half of it, and in whole MiB. */
export const brokerMemory = size
  .refine((bytes) => bytes >= 512 * BYTES.MiB, {
    error: "at least 512 MiB: the heap is half of it",
  })
  .refine((bytes) => bytes <= BYTES.TiB, { error: "at most 1 TiB: no host has more for a broker" })
  .refine((bytes) => bytes % BYTES.MiB === 0, { error: "a whole number of MiB" });

/** A TCP port that needs no privilege: 1024 to 65535. */
export const port = z
  .int({ error: "a port, a whole number from 1024 to 65535" })
  .min(1024, { error: "a port from 1024 to 65535" })
  .max(65_535, { error: "a port from 1024 to 65535" });

/** A DNS label: it becomes the name of containers, networks and volumes, and a host name. */
export const dnsLabel = text(
  "1 to 40 characters: lower-case letters, digits and hyphens, starting with a letter",
  /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
);

/** A reference to a container image, such as `registry.example/kafka:4.3.1`. */
export const imageReference = text(
  "an image reference such as apache/kafka:4.3.1",
  /^[a-z0-9][\w.:/@-]*$/,
);

const BY_DIGEST =
  "an image by digest, such as registry.example/kafka-platform/broker@sha256:… (64 hex digits): a tag may lead to another image tomorrow";

/** A reference to exactly one image: by digest, with or without a tag before it. */
export const digestReference = text(BY_DIGEST, /^[a-z0-9][\w.:/-]*@sha256:[0-9a-f]{64}$/);

/** A version of so many numbers, such as `4.3.1`. */
export const releaseNumber = (numbers: 2 | 3) =>
  text(releaseExample(numbers), new RegExp(`^\\d+(\\.\\d+){${String(numbers - 1)}}$`));

const releaseExample = (numbers: 2 | 3) =>
  `a version such as ${numbers === 2 ? "4.3" : "4.3.1"}, in quotes`;

/** Kafka's 22-character base64url id of 16 bytes, as `kafka-storage.sh random-uuid` prints it. */
export const kafkaUuid = text(
  "a 22-character id as `kafka-storage.sh random-uuid` prints it",
  /^[A-Za-z0-9_-]{21}[AQgw]$/,
);

/** Alphanumeric with single `.`, `_` or `-` between: safe in JAAS lines, ACLs and metric names. */
export const accountName = z
  .string()
  .max(64, { error: "at most 64 characters" })
  .regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/, {
    error: "lower-case letters and digits, with single dots, hyphens or underscores between",
  });

/** What Kafka accepts as a topic name, less the names it reserves. */
export const topicName = z
  .string()
  .max(MAX_TOPIC_NAME_LENGTH, {
    error: `at most ${MAX_TOPIC_NAME_LENGTH} characters, Kafka's limit`,
  })
  .regex(/^[a-zA-Z0-9._-]+$/, { error: "letters, digits, dots, hyphens and underscores only" })
  .refine((name) => name !== "." && name !== ".." && !name.startsWith("__"), {
    error: "not '.', '..' or a name that starts with '__': Kafka reserves those",
  });
