import type { KafkaEndpoint } from "./endpoint.ts";
import type { LiveCredentials, LiveUsers } from "../../model/credentials/rotation.ts";
import { type ClientAccount, clientFiles } from "./client-files.ts";
import type { ServiceAccount } from "./service-account.ts";

/** What every account connects with, by its name. */
export const accountLogins = (endpoint: KafkaEndpoint, accounts: readonly ClientAccount[]) =>
  Object.fromEntries(
    accounts.map((account) => {
      const { login, consumerGroups, topics } = account;
      const files = clientFiles(endpoint, account);
      return [login.username, { ...login, consumerGroups, topics, ...files }];
    }),
  );

/**
 * What may be rotated has been applied so far, without passwords: a step of a rotation counts once it
 * is recorded here.
 *
 * @param platform the platform's own accounts
 */
export const appliedCredentials = (
  accounts: readonly Pick<ServiceAccount, "login" | "credentials">[],
  platform: Readonly<Record<string, LiveCredentials | LiveUsers>>,
) =>
  Object.fromEntries([
    ...Object.entries(platform).map(([name, live]) => [name, { live }] as const),
    ...accounts.map((account) => [account.login.username, account.credentials] as const),
  ]);
