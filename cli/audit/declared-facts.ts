import { authorization } from "../../model/broker/broker-security.ts";
import { exemptFrom, type QuotaLimits, quotaConfig } from "../../model/access/quotas.ts";
import { PLATFORM_ACCOUNTS } from "../../model/credentials/platform-accounts.ts";
import { CLUSTER_ACCOUNT_NAMES } from "../../model/kubernetes/cluster-accounts.ts";
import { retiredSlot } from "../../model/credentials/rotation.ts";
import type { Catalogue } from "../../model/catalogue/catalogue.ts";
import { CANARY_RECORD } from "../../model/observability/canary-topic.ts";
import { kindOf } from "../../model/stack/cluster-kinds.ts";
import type { StackConfig } from "../../model/stack/stack-config.ts";
import type { Declared } from "../../operations/audit/audit-view.ts";
import { declaredAccess } from "../access/declared-access.ts";
import { declaredIdentities, toBinding } from "../cleanup/kafka-identities.ts";

/** Limits as Kafka tells them. */
const inKafka = (limits: QuotaLimits): Record<string, number> =>
  Object.fromEntries(Object.entries(quotaConfig(limits)).map(([key, text]) => [key, Number(text)]));

/** What a stack declares, as an audit compares it with a cluster. */
export function declaredFacts(catalogue: Catalogue, config: StackConfig): Declared {
  const access = declaredAccess(catalogue, config);
  const identities = declaredIdentities(catalogue, access, config);
  const declared = new Map(catalogue.topics.map((topic) => [topic.name, topic]));
  const { environment, protection, cluster, defaultQuota } = config;
  return {
    environment,
    protection,
    brokers: kindOf(cluster).brokers(cluster),
    // Beside those of the catalogue there are the platform's own.
    topics: [...identities.topics].map((name) => {
      const { owner, classification } = declared.get(name) ?? CANARY_RECORD;
      return { name, owner, classification };
    }),
    accounts: access.accounts.map(({ username, owner, credentials, quota, sharesWith = [] }) => {
      const retired = retiredSlot(credentials);
      return {
        name: username,
        owner,
        mechanisms: [...credentials, ...(retired ? [retired] : [])].map((one) => one.mechanism),
        quota: quota && inKafka(quota),
        sharesWith,
      };
    }),
    acls: access.acls.map(({ entry }) => toBinding(entry)),
    defaultQuota: defaultQuota && inKafka(defaultQuota),
    quotas: identities.quotas,
    platformUsers: [
      ...new Set([
        ...Object.values(PLATFORM_ACCOUNTS),
        ...CLUSTER_ACCOUNT_NAMES,
        ...exemptFrom(defaultQuota),
      ]),
    ],
    superUsers: access.superUsers,
    hiddenProperties: new Map(Object.entries(authorization(access.superUsers))),
  };
}
