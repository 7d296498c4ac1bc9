import type { AclBinding } from "../../clients/kafka/acls.ts";
import type { KafkaAdmin } from "../../clients/kafka/admin.ts";
import { CLUSTER_NAME } from "../../model/access/operations.ts";
import { noSuch } from "../../model/values/spelling.ts";
import { UserError } from "../../model/values/user-error.ts";

/**
 * What forbids an account everything. Kafka's authorizer is asked for each request and looks for what denies
 * first, so connections that are open already can do nothing from the next request on.
 */
export const lockOutEntries = (account: string): AclBinding[] =>
  (
    [
      ["TOPIC", "*"],
      ["GROUP", "*"],
      ["TRANSACTIONAL_ID", "*"],
      ["CLUSTER", CLUSTER_NAME],
      ["DELEGATION_TOKEN", "*"],
    ] as const
  ).map(([resourceType, resourceName]) => ({
    ...{ resourceType, resourceName, patternType: "LITERAL" },
    ...{ principal: `User:${account}`, host: "*", operation: "ALL", permissionType: "DENY" },
  }));

/**
 * Locks an account out, or lets it in again; either is done when it is asked for again, too.
 *
 * @param superUsers whom nothing can be denied
 * @throws UserError for an account that cannot be locked out, or that the cluster does not know
 */
export async function lockOut(
  admin: KafkaAdmin,
  account: string,
  { release, superUsers }: { readonly release: boolean; readonly superUsers: readonly string[] },
): Promise<void> {
  if (superUsers.includes(account)) {
    throw new UserError(
      `${account} is a super user, whom Kafka denies nothing: rotate it and restart the brokers, ` +
        "which closes every connection. See docs/runbooks/leaked-password.md.",
    );
  }
  const users = (await admin.listScramUsers()).map(({ username }) => username);
  if (!release && !users.includes(account)) {
    throw new UserError(noSuch("user", account, users, " in this cluster"));
  }
  const entries = lockOutEntries(account);
  const outcomes = await (release ? admin.deleteAcls(entries) : admin.createAcls(entries));
  const errors = outcomes.flatMap((error) => (error ? [error.message] : []));
  if (errors.length > 0) throw new UserError(errors.join("\n"));
}
