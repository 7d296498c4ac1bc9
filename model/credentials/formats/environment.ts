import { type ClientSettings, groupNotes, onlyGroup } from "../client-settings.ts";
import { comments } from "./java-settings.ts";

const PREFIX = "STREAMING_KAFKA__";

/** Environment variables of a service, for `set -a; . FILE` of a shell. Lists and settings are JSON. */
export function clientEnvironment(client: ClientSettings, caFile: string): string {
  const group = onlyGroup(client);
  const consumer = { ...(group !== undefined && { "group.id": group }), ...client.consumer };
  const variables = {
    BOOTSTRAP_SERVERS: JSON.stringify(client.bootstrapServers.split(",")),
    SECURITY_PROTOCOL: client.securityProtocol,
    SASL_MECHANISM: client.mechanism,
    SASL_USERNAME: client.username,
    SASL_PASSWORD: client.password,
    ...(client.caCertificate !== undefined && { SSL_CA_LOCATION: caFile }),
    PRODUCER_CONFIG: JSON.stringify(client.producer),
    CONSUMER_CONFIG: JSON.stringify(consumer),
  };
  return [
    ...comments([client.heading, ...client.producerNotes, ...groupNotes(client)]),
    ...Object.entries(variables).map(([name, value]) => `${PREFIX}${name}=${quoted(value)}`),
    "",
  ].join("\n");
}

/** For a shell: nothing between single quotes means anything but itself. */
const quoted = (value: string): string => `'${value.replaceAll("'", String.raw`'\''`)}'`;
