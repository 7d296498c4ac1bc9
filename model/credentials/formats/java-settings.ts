import type { ClientSettings } from "../client-settings.ts";

/** What Kafka's Java clients connect with, by their names. The certificate is a value, and no file. */
export const javaConnection = (client: ClientSettings): Record<string, string> => ({
  "bootstrap.servers": client.bootstrapServers,
  "security.protocol": client.securityProtocol,
  "sasl.mechanism": client.mechanism,
  "sasl.jaas.config": jaasLine(client),
  ...(client.caCertificate !== undefined && {
    "ssl.truststore.type": "PEM",
    "ssl.truststore.certificates": client.caCertificate.trim(),
  }),
});

export const jaasLine = ({ username, password }: ClientSettings): string =>
  `org.apache.kafka.common.security.scram.ScramLoginModule required username="${username}" password="${password}";`;

/** Lines of a Java properties file. */
export const propertyLines = (settings: Readonly<Record<string, string>>): string[] =>
  Object.entries(settings).map(([key, value]) => `${key}=${escaped(value)}`);

/** Text as Java reads it from a file of properties: in ISO 8859-1, with signs of its own. */
const escaped = (text: string): string =>
  text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replace(/^ /, "\\ ")
    .replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

export const comments = (notes: readonly string[]): string[] => notes.map((note) => `# ${note}`);
