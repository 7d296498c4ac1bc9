import { PLATFORM_ACCOUNTS } from "./platform-accounts.ts";
import { SCRAM_USERS_FILE, scramUsers } from "./secret-files.ts";

/** Which of two users is in use; the other one is valid too, so that a change needs no outage. */
export type Slot = "a" | "b";

const SLOTS = ["a", "b"] as const;

/** User that brokers log in to each other with, by SCRAM. */
export const brokerUser = (slot: Slot) => `broker-${slot}` as const;

/** User that nodes log in to the controllers with, by PLAIN. */
export const controllerUser = (slot: Slot) => `controller-${slot}` as const;

export const BROKER_USERS = SLOTS.map(brokerUser);
export const CONTROLLER_USERS = SLOTS.map(controllerUser);

/** Accounts of a cluster of several brokers that no declaration may take. */
export const CLUSTER_ACCOUNT_NAMES: readonly string[] = [...BROKER_USERS, ...CONTROLLER_USERS];

/** Exempt from ACLs. */
export const CLUSTER_SUPER_USERS: readonly string[] = [
  PLATFORM_ACCOUNTS.admin,
  ...CLUSTER_ACCOUNT_NAMES,
];

/** Name of the secret file that holds the password of a user. */
export const passwordFile = (user: string): string => `${user}-password`;

/** Names of the secret files. */
export const CLUSTER_SECRET_FILES: readonly string[] = [
  SCRAM_USERS_FILE,
  ...CLUSTER_ACCOUNT_NAMES.map(passwordFile),
];

/** Those that count for a restart: another password of an account is set in Kafka, not on the disk. */
export const readAtEveryStart = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).filter(([file]) => file !== SCRAM_USERS_FILE));

/**
 * The secret files of every broker of a cluster, by name.
 *
 * @param passwordOf the password of a platform account
 */
export function clusterSecretFiles(
  passwordOf: (account: string) => string,
): Record<string, string> {
  const users = [PLATFORM_ACCOUNTS.admin, ...BROKER_USERS].map((name) => ({
    name,
    password: passwordOf(name),
  }));
  return {
    [SCRAM_USERS_FILE]: scramUsers(passwordOf(PLATFORM_ACCOUNTS.anchor), users),
    ...Object.fromEntries(
      CLUSTER_ACCOUNT_NAMES.map((user) => [passwordFile(user), passwordOf(user)]),
    ),
  };
}
