import { SCRAM_ITERATIONS } from "../credentials/credentials.ts";
import {
  DEFAULT_MECHANISM,
  SCRAM_MECHANISMS,
  type ScramMechanism,
} from "../values/scram-mechanism.ts";
import { BROKER_HOST, INTERNAL_PORT } from "./listeners.ts";
import { PLATFORM_ACCOUNTS } from "../credentials/platform-accounts.ts";
import {
  adminCredentials,
  firstPurpose,
  type PlatformCredential,
} from "../credentials/platform-credentials.ts";
import type { LiveCredentials } from "../credentials/rotation.ts";

/** Folder in the broker's container that holds one file per secret. */
export const SECRETS_FOLDER = "/etc/kafka-platform/secrets";

/** Where broker.properties finds the secret: resolved by Kafka's DirectoryConfigProvider. */
export const secretReference = (file: string): string => `\${dir:${SECRETS_FOLDER}:${file}}`;

export const BROKER_PASSWORD_FILE = "broker-password";
export const CONTROLLER_PASSWORD_FILE = "controller-password";

/**
 * Makes a Kafka client log in by SCRAM.
 *
 * @param how.mechanism Default: SCRAM-SHA-512.
 * @param how.truststore file with the certificates to trust, in PEM; without it there is no TLS
 */
export function scramClientProperties(
  username: string,
  password: string,
  how: { readonly mechanism?: ScramMechanism; readonly truststore?: string | undefined } = {},
): Record<string, string> {
  const { mechanism = DEFAULT_MECHANISM, truststore } = how;
  return {
    "security.protocol": truststore === undefined ? "SASL_PLAINTEXT" : "SASL_SSL",
    ...(truststore !== undefined && {
      "ssl.truststore.type": "PEM",
      "ssl.truststore.location": truststore,
    }),
    "sasl.mechanism": mechanism,
    "sasl.jaas.config":
      "org.apache.kafka.common.security.scram.ScramLoginModule required " +
      `username="${username}" password="${password}";`,
  };
}

/** Users that a disk is formatted with, one a line; read by nobody afterwards. */
export const SCRAM_USERS_FILE = "scram-users";

/** The content of {@link SCRAM_USERS_FILE}: the anchor first, in both mechanisms, then `users`. */
export function scramUsers(
  anchorPassword: string,
  users: readonly {
    readonly username: string;
    readonly mechanism: ScramMechanism;
    readonly password: string;
  }[],
): string {
  const line = (mechanism: ScramMechanism, name: string, password: string) =>
    `${mechanism}=[name=${name},iterations=${String(SCRAM_ITERATIONS)},password=${password}]\n`;
  return [
    ...SCRAM_MECHANISMS.map((mechanism) =>
      line(mechanism, PLATFORM_ACCOUNTS.anchor, anchorPassword),
    ),
    ...users.map(({ mechanism, username, password }) => line(mechanism, username, password)),
  ].join("");
}

/** Java properties text, one `key=value` a line, in the order given. */
export const renderProperties = (properties: Readonly<Record<string, string>>): string =>
  Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");

/**
 * The secret files of the broker's container, by name.
 *
 * `scram-users` is read once, when the volume is formatted; the others at every start.
 *
 * @param derive the password for a purpose
 */
export function brokerSecretFiles(
  derive: (purpose: string) => string,
  admin: LiveCredentials,
): Record<string, string> {
  const { anchor, broker, controller, health } = PLATFORM_ACCOUNTS;
  const first = (username: string): PlatformCredential => {
    return { username, mechanism: DEFAULT_MECHANISM, purpose: firstPurpose(username) };
  };
  const users = [...adminCredentials(admin), first(broker), first(health)];
  const passwordOf = (account: string) => derive(firstPurpose(account));
  return {
    [SCRAM_USERS_FILE]: scramUsers(
      passwordOf(anchor),
      users.map(({ purpose, ...user }) => ({ ...user, password: derive(purpose) })),
    ),
    [BROKER_PASSWORD_FILE]: passwordOf(broker),
    [CONTROLLER_PASSWORD_FILE]: passwordOf(controller),
    "health.properties": renderProperties({
      "bootstrap.servers": `${BROKER_HOST}:${String(INTERNAL_PORT)}`,
      ...scramClientProperties(health, passwordOf(health)),
    }),
  };
}
