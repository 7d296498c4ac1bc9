import { CLIENT_PROFILES, type ClientProfileName } from "./client-profiles.ts";

/** Where and as whom a client connects. */
export interface ClientConnection {
  /** `host:port`, several joined by commas. */
  readonly bootstrapServers: string;
  readonly tlsEnabled: boolean;
  /** Certificate of the authority that signs the brokers' own, in PEM. @default the client's own trust */
  readonly caCertificate?: string | undefined;
  readonly username: string;
  readonly password: string;
  readonly mechanism: string;
  /** Consumer groups that the account may join; a name that ends in `*` is the start of one. */
  readonly consumerGroups: readonly string[];
}

/** First words of everything rendered here: how a file is known to be ours. */
export const CLIENT_FILE_MARK = "Written by kafka-platform";

/** `client.properties` for Kafka's Java clients and tools. The password is in it. */
export function clientProperties(connection: ClientConnection, profile: ClientProfileName): string {
  const { username, password } = connection;
  const { producer, consumer } = CLIENT_PROFILES[profile];
  const jaas = `org.apache.kafka.common.security.scram.ScramLoginModule required username="${username}" password="${password}";`;
  return [
    `# ${heading(connection, profile)}`,
    ...lines({
      "bootstrap.servers": connection.bootstrapServers,
      "security.protocol": protocol(connection),
      "sasl.mechanism": connection.mechanism,
      "sasl.jaas.config": jaas,
      ...truststore(connection),
    }),
    "",
    "# Producers",
    ...lines(producer),
    "",
    "# Consumers",
    ...groupLines(connection.consumerGroups),
    ...lines(consumer),
    "",
  ].join("\n");
}

/** The same as JSON, login apart: for clients that take no JAAS line. The password is in it. */
export function clientJson(connection: ClientConnection, profile: ClientProfileName): string {
  const { bootstrapServers, username, password, mechanism, caCertificate, consumerGroups } =
    connection;
  const content = {
    comment: heading(connection, profile),
    bootstrapServers: bootstrapServers.split(","),
    securityProtocol: protocol(connection),
    ...(caCertificate === undefined ? {} : { ssl: { ca: caCertificate } }),
    sasl: { mechanism, username, password },
    consumerGroups,
    ...CLIENT_PROFILES[profile],
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

const heading = ({ username }: ClientConnection, profile: ClientProfileName) =>
  `${CLIENT_FILE_MARK} for account ${username}, profile ${profile}. Holds a password: keep it private.`;

const protocol = ({ tlsEnabled }: ClientConnection) => (tlsEnabled ? "SASL_SSL" : "SASL_PLAINTEXT");

/** In the file itself and not beside it, so that one file is all there is to hand over. */
const truststore = ({ caCertificate }: ClientConnection): Record<string, string> =>
  caCertificate === undefined
    ? {}
    : {
        "ssl.truststore.type": "PEM",
        "ssl.truststore.certificates": caCertificate.trim().replaceAll("\n", "\\n"),
      };

/** Set where there is nothing to choose; else the choice is told, and the client must make it. */
function groupLines(groups: readonly string[]): string[] {
  const [only] = groups;
  if (only === undefined) return [];
  if (groups.length === 1 && !only.endsWith("*")) {
    return [`group.id=${propertyValue(only)}`];
  }
  return [`# group.id: one of ${groups.join(", ")} (* stands for any ending)`];
}

/** Text as Java reads it from a file of properties: in ISO 8859-1, with signs of its own. */
const propertyValue = (text: string): string =>
  text
    .replaceAll("\\", "\\\\")
    .replace(/^ /, "\\ ")
    .replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const lines = (settings: Readonly<Record<string, string>>): string[] =>
  Object.entries(settings).map(([key, value]) => `${key}=${value}`);
