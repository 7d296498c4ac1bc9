import { CANARY_TOPIC, EXPORTER_ACCOUNT } from "../../model/observability/exporter-access.ts";
import type { Acl } from "../../model/access/authorizer.ts";
import type { AclOperation, ResourceType } from "../../model/access/operations.ts";
import { EVERY_CLIENT, exemptFrom } from "../../model/access/quotas.ts";
import { retiredSlot } from "../../model/credentials/rotation.ts";
import type { StackConfig } from "../../model/stack/stack-config.ts";
import { type AclBinding, aclKey } from "../../clients/kafka/acls.ts";
import { quotaEntityName } from "../../clients/kafka/quotas.ts";
import type { Catalogue } from "../../model/catalogue/catalogue.ts";
import type { DeclaredAccess } from "../access/declared-access.ts";

/** What there is in a cluster, by what Kafka knows it by. */
export interface KafkaIdentities {
  readonly topics: ReadonlySet<string>;
  /** Keys of entries, as {@link aclKey} makes them. */
  readonly acls: ReadonlySet<string>;
  /** `user|MECHANISM`. */
  readonly credentials: ReadonlySet<string>;
  /** `user NAME`, `default user`, `client-id NAME` and `default client-id`. */
  readonly quotas: ReadonlySet<string>;
}

/** What the program declares for a stack. */
export function declaredIdentities(
  { topics }: Pick<Catalogue, "topics">,
  access: DeclaredAccess,
  { defaultQuota, clientQuotas }: Pick<StackConfig, "defaultQuota" | "clientQuotas">,
): KafkaIdentities {
  const limited = [
    ...access.accounts.filter(({ quota }) => quota).map(({ username }) => username),
    ...exemptFrom(defaultQuota),
    ...(defaultQuota ? [undefined] : []),
  ];
  const clients = Object.keys(clientQuotas).map((id) => (id === EVERY_CLIENT ? undefined : id));
  const credentials = access.accounts.flatMap(({ username, credentials: live }) => {
    const retired = retiredSlot(live);
    return [...live, ...(retired ? [retired] : [])].map((slot) => `${username}|${slot.mechanism}`);
  });
  return {
    topics: new Set([
      ...topics.map(({ name }) => name),
      // The exporter's canary has a topic that no domain declares.
      ...(access.accounts.some(({ username }) => username === EXPORTER_ACCOUNT)
        ? [CANARY_TOPIC]
        : []),
    ]),
    acls: new Set(access.acls.map(({ entry }) => aclKey(toBinding(entry)))),
    credentials: new Set(credentials),
    quotas: new Set([
      ...limited.map((name) => entityName("user", name)),
      ...clients.map((name) => entityName("client-id", name)),
    ]),
  };
}

/**
 * What resources of a state stand for: the program names them by their identity in Kafka.
 *
 * @param resources type and logical name
 */
export function recordedIdentities(
  resources: readonly { readonly type: string; readonly name: string }[],
): KafkaIdentities {
  const named = (type: string) =>
    resources.filter((one) => one.type === `kafka:index/${type}`).map(({ name }) => name);
  return {
    topics: new Set(named("topic:Topic")),
    acls: new Set(named("acl:Acl").map(keyOfName)),
    credentials: new Set(named("userScramCredential:UserScramCredential")),
    quotas: new Set(
      named("quota:Quota").map((logical) => {
        const [, name = "", type = ""] = /^(.*)\|(user|client-id)$/.exec(logical) ?? [];
        return entityName(type as "user", name === "entity-default" ? undefined : name);
      }),
    ),
  };
}

const entityName = (type: "user" | "client-id", name: string | undefined): string =>
  quotaEntityName(name === undefined ? { type } : { type, name });

/** The logical name of an entry is its fields, joined by `|`; only a resource's name may hold one too. */
function keyOfName(name: string): string {
  const [principal = "", host = "", operation, permission, resourceType, ...rest] = name.split("|");
  return aclKey(
    toBinding({
      principal,
      host,
      operation: operation as AclOperation,
      ...{
        permission: permission as Acl["permission"],
        resourceType: resourceType as ResourceType,
      },
      resourceName: rest.slice(0, -1).join("|"),
      patternType: rest.at(-1) as "Literal",
    }),
  );
}

/** An entry in the names of Kafka's protocol instead of the provider's. */
export const toBinding = (acl: Acl): AclBinding => ({
  principal: acl.principal,
  host: acl.host,
  permissionType: protocolName(acl.permission) as AclBinding["permissionType"],
  operation: protocolName(acl.operation) as AclBinding["operation"],
  resourceType: protocolName(acl.resourceType) as AclBinding["resourceType"],
  resourceName: acl.resourceName,
  patternType: protocolName(acl.patternType) as AclBinding["patternType"],
});

const protocolName = (word: string) => word.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();
