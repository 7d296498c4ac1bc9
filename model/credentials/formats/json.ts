import type { ClientSettings } from "../client-settings.ts";

/** The same as JSON, login apart: for programs. */
export function clientJson(client: ClientSettings): string {
  const { bootstrapServers, username, password, mechanism, caCertificate, topics } = client;
  const content = {
    comment: client.heading,
    bootstrapServers: bootstrapServers.split(","),
    securityProtocol: client.securityProtocol,
    ...(caCertificate === undefined ? {} : { ssl: { ca: caCertificate } }),
    sasl: { mechanism, username, password },
    consumerGroups: client.consumerGroups,
    topics: { writes: topics?.writes ?? [], reads: topics?.reads ?? [] },
    producer: client.producer,
    consumer: client.consumer,
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
