import { type ClientSettings, onlyGroup } from "../client-settings.ts";
import { comments, javaConnection, propertyLines } from "./java-settings.ts";

/** Settings that Spark makes itself, and refuses from others. */
const SPARKS_OWN = ["auto.offset.reset", "enable.auto.commit", "auto.commit.interval.ms"];

/** Options of Spark Structured Streaming's Kafka source and sink, as a Java properties file. */
export function sparkOptions(client: ClientSettings): string {
  const { "auto.offset.reset": startingOffsets } = client.consumer;
  return [
    ...comments([client.heading]),
    ...options(javaConnection(client)),
    "",
    "# Sink",
    ...comments(client.producerNotes),
    ...options(client.producer),
    "",
    "# Source",
    ...groupOption(client),
    ...propertyLines({ ...(startingOffsets !== undefined && { startingOffsets }) }),
    ...options(
      Object.fromEntries(
        Object.entries(client.consumer).filter(([key]) => !SPARKS_OWN.includes(key)),
      ),
    ),
    "",
  ].join("\n");
}

const options = (settings: Readonly<Record<string, string>>): string[] =>
  propertyLines(
    Object.fromEntries(Object.entries(settings).map(([key, value]) => [`kafka.${key}`, value])),
  );

/** Left alone, Spark makes up a group that no account may join. */
function groupOption(client: ClientSettings): string[] {
  const { consumerGroups } = client;
  const group = onlyGroup(client);
  if (group !== undefined) return propertyLines({ "kafka.group.id": group });
  const [only] = consumerGroups;
  if (consumerGroups.length === 1 && only !== undefined) {
    return propertyLines({ groupIdPrefix: only.slice(0, -1) });
  }
  return consumerGroups.length === 0
    ? []
    : comments([
        `kafka.group.id, or groupIdPrefix where it ends in *: one of ${consumerGroups.join(", ")}`,
      ]);
}
