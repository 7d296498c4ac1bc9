import { ServiceAccount } from "../components/access/service-account.ts";
import { liftsProtection } from "../components/settings/approval.ts";
import { KAFKA_UI_ACCOUNT } from "../components/settings/platform-accounts.ts";
import { liveCredentials } from "../components/settings/rotation.ts";
import { accountAccess } from "../topics/account-access.ts";
import type { CatalogueAccount } from "../topics/catalogue.ts";
import type { Making } from "./declared-topic.ts";

/** Makes the account that a declaration means: its logins, its rights, its quota. */
export function declaredAccount(declared: CatalogueAccount, making: Making): ServiceAccount {
  const { config, today, inKafka, guards } = making;
  const { protection, credentials, stackSecret } = config;
  const protectLogins = protection && !liftsProtection(declared, today);
  const hooks = guards?.account(declared.name, declared);
  return new ServiceAccount(
    declared.name,
    { ...accountAccess(declared, credentials), protectLogins, stackSecret },
    { ...inKafka, ...(hooks && { hooks }) },
  );
}

/** The account that the UI looks at Kafka with. It may change nothing. */
export function uiAccount({ config, inKafka }: Making): ServiceAccount {
  const username = KAFKA_UI_ACCOUNT;
  const credentials = liveCredentials(config.credentials, username);
  const args = { username, credentials, grants: { observes: true } };
  return new ServiceAccount(username, { ...args, stackSecret: config.stackSecret }, inKafka);
}
