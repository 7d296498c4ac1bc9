import { stringify } from "yaml";
import { type ClientSettings, groupNotes, onlyGroup } from "../client-settings.ts";
import { comments, jaasLine } from "./java-settings.ts";

/** `application.yaml` of a Spring Boot application. */
export function springYaml(client: ClientSettings): string {
  const { caCertificate } = client;
  const group = onlyGroup(client);
  const kafka = {
    "bootstrap-servers": client.bootstrapServers,
    security: { protocol: client.securityProtocol },
    ...(caCertificate !== undefined && {
      ssl: { "trust-store-type": "PEM", "trust-store-certificates": `${caCertificate.trim()}\n` },
    }),
    properties: bracketed({
      "sasl.mechanism": client.mechanism,
      "sasl.jaas.config": jaasLine(client),
    }),
    producer: { properties: bracketed(client.producer) },
    consumer: {
      ...(group !== undefined && { "group-id": group }),
      properties: bracketed(client.consumer),
    },
  };
  return [
    ...comments([client.heading, ...client.producerNotes, ...groupNotes(client)]),
    stringify({ spring: { kafka } }, { lineWidth: 0 }),
  ].join("\n");
}

/** Names with dots that are one key of a map, as Spring Boot's documentation writes them. */
const bracketed = (settings: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [`[${key}]`, value]));
