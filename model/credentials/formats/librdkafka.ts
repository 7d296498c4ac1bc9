import { type ClientSettings, groupNotes, onlyGroup } from "../client-settings.ts";
import { largest } from "../client-topics.ts";
import { comments } from "./java-settings.ts";

/** What librdkafka calls a setting of a Java client; what it does not have is undefined. */
const NAMES: Readonly<Record<string, string | undefined>> = {
  // There, a setting of this name is how long the leader waits for its followers.
  "request.timeout.ms": "socket.timeout.ms",
  "max.request.size": "message.max.bytes",
  "fetch.max.wait.ms": "fetch.wait.max.ms",
  "receive.buffer.bytes": "socket.receive.buffer.bytes",
  "max.poll.records": undefined,
  // In kilobytes, below.
  "buffer.memory": undefined,
};

const LARGEST_SENT = 1_000_000;
const LARGEST_SENT_AT_MOST = 1_000_000_000;
const LARGEST_RECEIVED = 100_000_000;
/** What a response has besides its records. */
const RESPONSE_OVERHEAD = 512;

/**
 * Settings of librdkafka, and so of its bindings for Python, Go, .NET and others, and of kcat: a line
 * each, nothing to be unescaped, so that certificates are in a file of their own.
 */
export function librdkafkaProperties(client: ClientSettings, caFile: string): string {
  const group = onlyGroup(client);
  return [
    ...comments([client.heading]),
    ...lines({
      "bootstrap.servers": client.bootstrapServers,
      "security.protocol": client.securityProtocol,
      "sasl.mechanism": client.mechanism,
      "sasl.username": client.username,
      "sasl.password": client.password,
      ...(client.caCertificate !== undefined && { "ssl.ca.location": caFile }),
    }),
    "",
    "# Producers",
    ...comments(client.producerNotes),
    ...lines({ ...translated(client.producer), ...producerSizes(client) }),
    "",
    "# Consumers",
    ...comments(groupNotes(client)),
    ...lines({
      ...(group !== undefined && { "group.id": group }),
      ...translated(client.consumer),
      ...consumerSizes(client),
    }),
    "",
  ].join("\n");
}

const translated = (settings: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]) => {
      const name = Object.hasOwn(NAMES, key) ? NAMES[key] : key;
      // A batch of no bytes is one record in Java; here it takes one byte to say so.
      const smallest = name === "batch.size" && value === "0" ? "1" : value;
      return name === undefined ? [] : [[name, smallest]];
    }),
  );

/** A megabyte is less than a mebibyte: what Java sends unasked has to be allowed here. */
function producerSizes({ producer, topics }: ClientSettings): Record<string, string> {
  const { "buffer.memory": buffer } = producer;
  const bytes = Math.min(largest(topics?.writes ?? []), LARGEST_SENT_AT_MOST);
  return {
    ...(bytes > LARGEST_SENT && { "message.max.bytes": String(bytes) }),
    ...(buffer !== undefined && {
      "queue.buffering.max.kbytes": String(Math.ceil(Number(buffer) / 1024)),
    }),
  };
}

/** A response has to hold what one fetch may ask for. */
function consumerSizes({ consumer }: ClientSettings): Record<string, string> {
  const response = Number(consumer["fetch.max.bytes"] ?? 0) + RESPONSE_OVERHEAD;
  return response > LARGEST_RECEIVED ? { "receive.message.max.bytes": String(response) } : {};
}

const lines = (settings: Readonly<Record<string, string>>): string[] =>
  Object.entries(settings).map(([key, value]) => `${key}=${value}`);
