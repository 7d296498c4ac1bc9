import { type ClientSettings, groupNotes, onlyGroup } from "../client-settings.ts";
import { comments, javaConnection, propertyLines } from "./java-settings.ts";

/** `client.properties` for Kafka's Java clients and tools, in one file that is all there is to hand over. */
export function clientProperties(client: ClientSettings): string {
  const group = onlyGroup(client);
  return [
    ...comments([client.heading]),
    ...propertyLines(javaConnection(client)),
    "",
    "# Producers",
    ...comments(client.producerNotes),
    ...propertyLines(client.producer),
    "",
    "# Consumers",
    ...comments(groupNotes(client)),
    ...propertyLines({ ...(group !== undefined && { "group.id": group }), ...client.consumer }),
    "",
  ].join("\n");
}
