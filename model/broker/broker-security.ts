import { secretReference } from "./secret-files.ts";
import { DEFAULT_MECHANISM, SCRAM_MECHANISMS } from "../values/scram-mechanism.ts";

export const SCRAM_LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required";
const PLAIN_LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

/** A user and the secret file that holds its password. */
export interface FileLogin {
  readonly username: string;
  readonly passwordFile: string;
}

/** Makes references to secret files work in every value. */
export const SECRET_PROVIDER = {
  "config.providers": "dir",
  "config.providers.dir.class": "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
} as const;

/**
 * Both SCRAM mechanisms, each with its own JAAS line: the two credential slots of an account.
 *
 * @param login with which a broker calls others on this listener; none where only clients call
 */
export function scramListener(listener: string, login?: FileLogin): Record<string, string> {
  const line = login
    ? `${SCRAM_LOGIN} username="${login.username}" password="${secretReference(login.passwordFile)}";`
    : `${SCRAM_LOGIN};`;
  return {
    [`listener.name.${listener}.sasl.enabled.mechanisms`]: SCRAM_MECHANISMS.join(","),
    [`listener.name.${listener}.scram-sha-512.sasl.jaas.config`]: line,
    [`listener.name.${listener}.scram-sha-256.sasl.jaas.config`]: line,
  };
}

/** How long a login counts: a stack sets it by this name, for the listeners that clients reach. */
export const SESSION_LIFETIME = "connections.max.reauth.ms";
/** A quarter of an hour, in milliseconds. Kafka's own: for ever. */
const DEFAULT_SESSION_LIFETIME = 900_000;

/**
 * Ends a client's session unless it logs in again, which clients do by themselves: a password that was
 * retired opens nothing for longer than this.
 *
 * @param properties what the stack says itself, by Kafka's names
 */
export const sessionLifetime = (
  clientListeners: readonly string[],
  properties: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> =>
  Object.fromEntries(
    clientListeners.flatMap((listener) =>
      SCRAM_MECHANISMS.map((mechanism) => [
        `listener.name.${listener}.${mechanism.toLowerCase()}.${SESSION_LIFETIME}`,
        properties[SESSION_LIFETIME] ?? String(DEFAULT_SESSION_LIFETIME),
      ]),
    ),
  );

/**
 * The controller listener, by PLAIN: SCRAM credentials live in the log that a controller must first
 * read.
 *
 * @param active with which this node logs in
 * @param valid who may log in
 */
export function controllerListener(
  active: FileLogin,
  valid: readonly FileLogin[],
): Record<string, string> {
  const users = valid.map(
    ({ username, passwordFile }) => `user_${username}="${secretReference(passwordFile)}"`,
  );
  const login = `username="${active.username}" password="${secretReference(active.passwordFile)}"`;
  return {
    "listener.name.controller.sasl.enabled.mechanisms": "PLAIN",
    "listener.name.controller.plain.sasl.jaas.config": `${PLAIN_LOGIN} ${login} ${users.join(" ")};`,
  };
}

/** Access is denied unless granted; `superUsers` are exempt. */
export const authorization = (superUsers: readonly string[]): Record<string, string> => ({
  "sasl.mechanism.inter.broker.protocol": DEFAULT_MECHANISM,
  "sasl.mechanism.controller.protocol": "PLAIN",
  "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
  "allow.everyone.if.no.acl.found": "false",
  "super.users": superUsers.map((name) => `User:${name}`).join(";"),
});
