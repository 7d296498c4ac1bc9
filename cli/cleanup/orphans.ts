import { OWN_ACCOUNTS } from "../../model/stack/own-accounts.ts";
import { CANARY_TOPIC } from "../../model/observability/exporter-access.ts";
import { PLATFORM_ACCOUNTS } from "../../model/credentials/platform-accounts.ts";
import { CLUSTER_ACCOUNT_NAMES } from "../../model/kubernetes/cluster-accounts.ts";
import { type AclBinding, aclKey } from "../../clients/kafka/acls.ts";
import { type QuotaDescription, quotaEntityName } from "../../clients/kafka/quotas.ts";
import type { ScramCredential } from "../../clients/kafka/scram.ts";
import { matchesPattern } from "../../model/access/name-pattern.ts";
import { DEAD_LETTER_SUFFIX } from "../../model/catalogue/dead-letters.ts";
import type { KafkaIdentities } from "./kafka-identities.ts";

/** Everything there is in a cluster that a program could have declared. */
export interface Inventory {
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: number;
    readonly internal: boolean;
  }[];
  readonly acls: readonly AclBinding[];
  readonly credentials: readonly ScramCredential[];
  readonly quotas: readonly QuotaDescription[];
}

/** What tells ours from what others keep in the same cluster. */
export interface Ownership {
  readonly declared: KafkaIdentities;
  /** What the stack's state still holds: the next run removes it, in its own order. */
  readonly recorded: KafkaIdentities;
  readonly accounts: readonly string[];
  /** Accounts that were rotated once: their configuration outlives them. */
  readonly formerAccounts: readonly string[];
  /** Beginnings of names that declarations speak of (`tda_*`), and who does. */
  readonly prefixes: readonly { readonly prefix: string; readonly account: string }[];
  /** The account whose client may have made a topic by itself. */
  readonly creatorOf: (topic: string) => string | undefined;
  /** Further names of topics and accounts that are ours, `*` at their end for all that begin so. */
  readonly owned: readonly string[];
}

/**
 * Whose something undeclared is. `ours`: it can go. `unclaimed`: nobody here knows; it stays unless it
 * is named. `kept`: it stays whatever is named.
 */
export type Claim = "ours" | "unclaimed" | "kept";

interface Judged {
  readonly claim: Claim;
  /** Why it is probably there. */
  readonly cause: string;
}

export type Orphan = Judged & { readonly name: string } & (
    | { readonly kind: "topic"; readonly topic: Inventory["topics"][number] }
    | { readonly kind: "ACL"; readonly acl: AclBinding }
    | { readonly kind: "credential"; readonly credential: ScramCredential }
    | { readonly kind: "quota"; readonly quota: QuotaDescription }
  );

/** What exists and is declared nowhere. Kafka's own topics and the platform's logins are not in it. */
export function orphans(there: Inventory, ownership: Ownership): Orphan[] {
  const { declared, recorded } = ownership;
  const acls = there.acls
    .filter((acl) => !declared.acls.has(aclKey(acl)))
    .map((acl): Orphan => {
      const key = aclKey(acl);
      const judged = recorded.acls.has(key) ? PENDING : judgeAcl(acl, ownership);
      return { kind: "ACL", name: key, acl, ...judged };
    });
  const credentials = there.credentials
    .map((credential) => ({ ...credential, key: `${credential.username}|${credential.mechanism}` }))
    // Disks are formatted with those of the platform.
    .filter(({ key, username }) => !declared.credentials.has(key) && !PLATFORM.has(username))
    .map(({ key, ...credential }): Orphan => {
      const judged = recorded.credentials.has(key)
        ? PENDING
        : judgeAccount(credential.username, ownership, EXTRA_CREDENTIAL);
      return { kind: "credential", name: key, credential, ...judged };
    });
  const quotas = there.quotas
    .map((quota) => ({ quota, name: quotaEntityName(quota.entity) }))
    .filter(({ name }) => !declared.quotas.has(name))
    .map(({ quota, name }): Orphan => {
      const judged = recorded.quotas.has(name) ? PENDING : judgeQuota(quota, ownership);
      return { kind: "quota", name, quota, ...judged };
    });
  const topics = there.topics
    .filter(({ name, internal }) => !internal && !name.startsWith("__"))
    .filter(({ name }) => !declared.topics.has(name))
    .map((topic): Orphan => {
      const judged = recorded.topics.has(topic.name) ? PENDING : judgeTopic(topic.name, ownership);
      return { kind: "topic", name: topic.name, topic, ...judged };
    });
  return [acls, credentials, quotas, topics].flatMap((some) =>
    some.sort((one, other) => (one.name < other.name ? -1 : 1)),
  );
}

const PENDING: Judged = {
  claim: "kept",
  cause: "no longer declared, and still in the stack's state: the next run removes it",
};

const EXTRA_CREDENTIAL =
  "a credential that no rotation knows of: set by hand, or by an older stack";

/** Never touched: without them nobody could log in, or a start would lose the others. */
const PLATFORM: ReadonlySet<string> = new Set([
  ...Object.values(PLATFORM_ACCOUNTS),
  ...CLUSTER_ACCOUNT_NAMES,
]);

function judgeAcl({ principal, permissionType }: AclBinding, ownership: Ownership): Judged {
  if (!principal.startsWith("User:") || principal === "User:*") {
    return { claim: "unclaimed", cause: "nothing here is granted to such principals" };
  }
  if (permissionType === "DENY") {
    return {
      claim: "unclaimed",
      cause: "somebody has taken a right away on purpose, and no declaration says so",
    };
  }
  const cause = "a run that failed halfway left it, or somebody granted it by hand";
  return judgeAccount(principal.slice("User:".length), ownership, cause);
}

function judgeAccount(name: string, ownership: Ownership, ofDeclared: string): Judged {
  if (PLATFORM.has(name)) return { claim: "kept", cause: "of the platform's own accounts" };
  if (ownership.accounts.includes(name)) return { claim: "ours", cause: ofDeclared };
  const own = OWN_ACCOUNTS[name];
  if (own) return { claim: "ours", cause: `${own.what} is turned off` };
  if (ownership.formerAccounts.includes(name)) {
    return { claim: "ours", cause: `account ${name} was declared once, and is no longer` };
  }
  return byName(name, ownership, `no account ${name} is declared`);
}

function judgeQuota({ entity: { type, name } }: QuotaDescription, ownership: Ownership): Judged {
  if (type === "ip") return { claim: "unclaimed", cause: "nothing here limits an address" };
  if (type === "client-id") {
    return { claim: "unclaimed", cause: "the stack's clientQuotas do not name it" };
  }
  if (name === undefined) {
    return { claim: "ours", cause: "the stack has no defaultQuota, or has it no longer" };
  }
  return judgeAccount(name, ownership, "its account declares no quota, or does no longer");
}

function judgeTopic(name: string, ownership: Ownership): Judged {
  if (name === CANARY_TOPIC) return { claim: "ours", cause: "the exporter is turned off" };
  const creator = ownership.creatorOf(name);
  if (creator !== undefined) {
    return { claim: "kept", cause: `a client of ${creator} makes topics of such names itself` };
  }
  const origin = name.endsWith(DEAD_LETTER_SUFFIX) ? name.slice(0, -DEAD_LETTER_SUFFIX.length) : "";
  if (ownership.declared.topics.has(origin)) {
    return { claim: "ours", cause: `${origin} has no dead letter topic of its own any more` };
  }
  const known = ownership.prefixes.find(({ prefix }) => matchesPattern(prefix, name));
  if (known) {
    const cause = `begins as ${known.prefix} of ${known.account}, and is declared no longer, or by hand`;
    return { claim: "ours", cause };
  }
  return byName(name, ownership, "no declaration speaks of such a name");
}

const byName = (name: string, { owned }: Ownership, cause: string): Judged => ({
  claim: owned.some((pattern) => matchesPattern(pattern, name)) ? "ours" : "unclaimed",
  cause,
});
