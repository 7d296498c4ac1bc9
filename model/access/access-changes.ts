import { type AccessRules, type Acl, Authorizer, EVERYBODY } from "./authorizer.ts";
import { ANY_OTHER, type AccessDelta, summarize, type Summary } from "./change-summary.ts";
import { type NameRegion, nameRegions } from "./name-regions.ts";
import { type AclOperation, OPERATIONS, RESOURCE_TYPES, type ResourceType } from "./operations.ts";

/** What somebody can do afterwards and could not before, or the other way round. */
export interface AccessChange extends Summary {
  /** With its type; `User:*` is everybody whose access no other change tells. */
  readonly principal: string;
  readonly resourceType: ResourceType;
}

/**
 * Who gains and who loses what when one set of rules takes the place of another: the effect, whatever
 * entries it comes from. A right that is still there by another entry is no change. In as few changes
 * as there are: operations on the same resources are one, and so are resources with a prefix in common.
 */
export function accessChanges(before: AccessRules, after: AccessRules): AccessChange[] {
  const rules = [before, after];
  const acls = rules.flatMap((one) => one.acls);
  const isOpen = rules.some((one) => one.allowEveryoneIfNoAclFound);
  const ofPrincipal = Map.groupBy(acls, (acl) => acl.principal);
  const ofEverybody = ofPrincipal.get(EVERYBODY) ?? [];
  const directionOf = comparison(before, after);

  const everybody: Asked = { principal: ANY_OTHER, acls: ofEverybody };
  const named = new Set([...ofPrincipal.keys(), ...rules.flatMap((one) => one.superUsers ?? [])]);
  named.delete(EVERYBODY);
  const each = [...named].sort().map((principal): Asked => {
    const own = ofPrincipal.get(principal) ?? [];
    return { principal, acls: [...own, ...ofEverybody] };
  });

  return [everybody, ...each].flatMap((asked) =>
    RESOURCE_TYPES.flatMap((resourceType) => {
      // Where a resource without entries is open, an entry of anybody makes a difference to all.
      const relevant = (isOpen ? acls : asked.acls).filter(
        (acl) => acl.resourceType === resourceType,
      );
      const space = { regions: nameRegions(relevant), hosts: hostsOf(relevant) };
      const points = pointsOf(space, resourceType, (question) => {
        const direction = directionOf(asked.principal, question);
        if (asked === everybody || direction === undefined) return direction;
        return direction === directionOf(ANY_OTHER, question) ? undefined : direction;
      });
      const principal = asked === everybody ? EVERYBODY : asked.principal;
      return summarize(points, space).map((told) => ({ principal, resourceType, ...told }));
    }),
  );
}

interface Asked {
  readonly principal: string;
  /** The entries that concern it. */
  readonly acls: readonly Acl[];
}

/** One operation on one region from one address. */
type Question = Omit<AccessDelta, "change"> & { readonly resourceType: ResourceType };

function comparison(before: AccessRules, after: AccessRules) {
  const [was, is] = [new Authorizer(before), new Authorizer(after)];
  return (principal: string, { region, ...rest }: Question): Summary["change"] | undefined => {
    const { host, operation, resourceType } = rest;
    const request = { principal, host, operation, resourceType, resourceName: region.example };
    const allowed = is.allows(request);
    if (was.allows(request) === allowed) return undefined;
    return allowed ? "gains" : "loses";
  };
}

function pointsOf(
  {
    regions,
    hosts,
  }: { readonly regions: readonly NameRegion[]; readonly hosts: readonly string[] },
  resourceType: ResourceType,
  changeOf: (question: Question) => Summary["change"] | undefined,
): AccessDelta[] {
  return OPERATIONS[resourceType].flatMap((operation: AclOperation) =>
    regions.flatMap((region) =>
      hosts.flatMap((host) => {
        const change = changeOf({ operation, region, host, resourceType });
        return change === undefined ? [] : [{ change, operation, region, host }];
      }),
    ),
  );
}

/** Every address that an entry names, and one for all others. */
const hostsOf = (acls: readonly Acl[]): string[] => [
  ANY_OTHER,
  ...[...new Set(acls.map(({ host }) => host))].filter((host) => host !== "*").sort(),
];

const NOUNS: Readonly<Record<ResourceType, readonly [one: string, many: string]>> = {
  Topic: ["topic", "topics"],
  Group: ["consumer group", "consumer groups"],
  TransactionalID: ["transactional id", "transactional ids"],
  Cluster: ["the cluster", "the cluster"],
  DelegationToken: ["delegation token", "delegation tokens"],
  User: ["user", "users"],
};

/** A change as a sentence: `shop-backend loses Write on topics orders, payments`. */
export function describeAccessChange(change: AccessChange): string {
  const { principal, resourceType, operations, except, hosts, exceptHosts } = change;
  const who = principal === EVERYBODY ? "everybody" : principal.replace(/^User:/, "");
  const all = operations.length === OPERATIONS[resourceType].length;
  const what = all ? "every operation" : operations.join(", ");
  const but = except.length === 0 ? "" : ` (but not ${except.join(", ")})`;
  const from = hosts.includes("*") ? "" : ` from ${hosts.join(", ")}`;
  const away = exceptHosts.length === 0 ? "" : ` from everywhere but ${exceptHosts.join(", ")}`;
  return `${who} ${change.change} ${what} on ${resourcesOf(change)}${but}${from}${away}`;
}

function resourcesOf({ resourceType, resources }: AccessChange): string {
  const [one, many] = NOUNS[resourceType];
  if (resourceType === "Cluster") return one;
  if (resources.includes("*")) return `every ${one}`;
  return `${resources.length === 1 ? one : many} ${resources.join(", ")}`;
}
