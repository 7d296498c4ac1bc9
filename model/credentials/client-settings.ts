import type { Environment } from "../values/environment.ts";
import type { ClientProfileName, RoleSettings } from "./client-profiles.ts";
import { type ClientTopics, codecNotes, fitted } from "./client-topics.ts";
import { profileSettings } from "./profile-settings.ts";

/** Where and as whom a client connects, and what for. */
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
  /** What it may write and read. @default no declared topic */
  readonly topics?: ClientTopics | undefined;
  /** Where it runs. @default what holds in every environment */
  readonly environment?: Environment | undefined;
}

/** Everything that a client is set up with, whatever the format that it is written in. */
export interface ClientSettings extends ClientConnection, RoleSettings {
  readonly securityProtocol: "SASL_SSL" | "SASL_PLAINTEXT";
  /** The first line of a file: whose it is. */
  readonly heading: string;
  /** What a producer has to know besides its settings, a line each. */
  readonly producerNotes: readonly string[];
}

/** First words of everything rendered here: how a file is known to be ours. */
export const CLIENT_FILE_MARK = "Written by kafka-platform";

const NO_TOPICS: ClientTopics = { writes: [], reads: [] };

/** The settings of a client that a profile suits, with what its account's topics declare. */
export function clientSettings(
  connection: ClientConnection,
  profile: ClientProfileName,
): ClientSettings {
  const { username, tlsEnabled, topics = NO_TOPICS, environment } = connection;
  return {
    ...connection,
    // The end of a line of Windows would end one in a properties file, too.
    caCertificate: connection.caCertificate?.replaceAll("\r\n", "\n"),
    ...fitted(profileSettings(profile, environment), topics),
    securityProtocol: tlsEnabled ? "SASL_SSL" : "SASL_PLAINTEXT",
    heading: `${CLIENT_FILE_MARK} for account ${username}, profile ${profile}. Holds a password: keep it private.`,
    producerNotes: codecNotes(topics),
  };
}

/** The consumer group, where there is nothing to choose. */
export function onlyGroup({ consumerGroups }: Pick<ClientConnection, "consumerGroups">) {
  const [only] = consumerGroups;
  return consumerGroups.length === 1 && only?.endsWith("*") === false ? only : undefined;
}

/** The choice of consumer groups where there is one: the client must make it. */
export const groupNotes = (client: Pick<ClientConnection, "consumerGroups">): string[] =>
  client.consumerGroups.length === 0 || onlyGroup(client) !== undefined
    ? []
    : [`group.id: one of ${client.consumerGroups.join(", ")} (* stands for any ending)`];
