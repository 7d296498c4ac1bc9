import { PLATFORM_ACCOUNTS } from "../credentials/platform-accounts.ts";
import {
  adminCredentials,
  brokerCredentials,
  firstPurpose,
  pairPurposes,
  type PlatformCredential,
  userOf,
  usersOf,
} from "../credentials/platform-credentials.ts";
import type { LiveCredentials, LiveUsers } from "../credentials/rotation.ts";
import { SCRAM_USERS_FILE, scramUsers } from "../broker/secret-files.ts";

/** Users that brokers log in to each other with, by SCRAM. */
const BROKER_USERS = usersOf("broker");

/** Users that nodes log in to the controllers with, by PLAIN. */
export const CONTROLLER_USERS = usersOf("controller");

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

/** What the accounts of a cluster log in with, as rotated. */
export interface ClusterCredentials {
  readonly admin: LiveCredentials;
  readonly brokerUsers: LiveUsers;
  readonly controllerUsers: LiveUsers;
}

/** The SCRAM credentials of a cluster's own accounts: disks are formatted with them. */
export const clusterCredentials = ({
  admin,
  brokerUsers,
}: ClusterCredentials): PlatformCredential[] => [
  ...adminCredentials(admin),
  ...brokerCredentials(brokerUsers),
];

/**
 * Those that count for a restart. Another password of the admin, or of the user that brokers do not
 * log in with, is set in Kafka alone; who may log in to the controllers is read at a start.
 */
export const readAtEveryStart = (
  files: Readonly<Record<string, string>>,
  [inUse]: LiveUsers,
): Record<string, string> => {
  const read = [userOf("broker", inUse.user), ...CONTROLLER_USERS].map(passwordFile);
  return Object.fromEntries(Object.entries(files).filter(([file]) => read.includes(file)));
};

/**
 * The secret files of every broker of a cluster, by name.
 *
 * @param derive the password for a purpose
 */
export function clusterSecretFiles(
  derive: (purpose: string) => string,
  credentials: ClusterCredentials,
): Record<string, string> {
  const users = clusterCredentials(credentials).map(({ purpose, ...user }) => {
    return { ...user, password: derive(purpose) };
  });
  const passwords = {
    ...pairPurposes("broker", credentials.brokerUsers),
    ...pairPurposes("controller", credentials.controllerUsers),
  };
  return {
    [SCRAM_USERS_FILE]: scramUsers(derive(firstPurpose(PLATFORM_ACCOUNTS.anchor)), users),
    ...Object.fromEntries(
      Object.entries(passwords).map(([user, purpose]) => [passwordFile(user), derive(purpose)]),
    ),
  };
}
