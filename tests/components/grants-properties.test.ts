import fc from "fast-check";
import { expect, test } from "vitest";
import { aclIdentity, type AclEntry, type Right } from "../../components/access/acl.ts";
import { compileGrants, type Grants } from "../../components/access/grants.ts";

/** What a client asks the authorizer. */
interface Request extends Pick<Right, "operation" | "resourceType" | "resourceName"> {
  readonly principal: string;
  readonly host: string;
}

const OPERATIONS = ["Read", "Write", "Create", "Delete", "Describe", "DescribeConfigs"] as const;
const DESCRIBES = ["Read", "Write", "Delete", "Alter", "Describe"];

/** Kafka's StandardAuthorizer, as far as it concerns entries that allow. */
const authorized = (acls: readonly AclEntry[], request: Request): boolean =>
  acls.some(
    (acl) =>
      acl.principal === request.principal &&
      (acl.host === "*" || acl.host === request.host) &&
      acl.resourceType === request.resourceType &&
      (acl.operation === request.operation ||
        (request.operation === "Describe" && DESCRIBES.includes(acl.operation))) &&
      (acl.patternType === "Prefixed"
        ? request.resourceName.startsWith(acl.resourceName)
        : acl.resourceName === "*" || acl.resourceName === request.resourceName),
  );

/** The same question put to the declaration itself, without any entry. */
function declared(grants: Grants, { operation, resourceType, resourceName }: Request): boolean {
  const named = (name: string) =>
    name.endsWith("*") ? resourceName.startsWith(name.slice(0, -1)) : name === resourceName;
  const isRead = operation === "Read" || operation === "Describe";
  const isWrite = operation === "Write" || operation === "Describe";
  const { produces = [], consumes = [], transactionalIds = [], streams = [] } = grants;
  const internal = streams.some(({ applicationId }) =>
    resourceName.startsWith(`${applicationId}-`),
  );
  if (resourceType === "TransactionalID") {
    return isWrite && (transactionalIds.some(named) || (internal && exactlyOnce(grants, named)));
  }
  if (resourceType === "Group") {
    const groups = [
      ...consumes.map(({ group }) => group),
      ...streams.map(({ applicationId }) => applicationId),
    ];
    return isRead && groups.some(named);
  }
  const owned = internal && operation !== "DescribeConfigs";
  const read = [
    ...consumes.flatMap(({ topics }) => topics),
    ...streams.flatMap((app) => app.consumes),
  ];
  const written = [...produces, ...streams.flatMap((app) => app.produces)];
  return owned || (isRead && read.some(named)) || (isWrite && written.some(named));
}

const exactlyOnce = (grants: Grants, named: (name: string) => boolean) =>
  (grants.streams ?? []).some((app) => app.exactlyOnce && named(`${app.applicationId}-*`));

const stems = ["a", "ab", "a-b", "abc", "b"];
const name = fc.constantFrom(...stems, "a*", "ab*", "a-*");
const names = fc.array(name, { maxLength: 4 });
const streams = fc.record({
  applicationId: fc.constantFrom("a", "b"),
  consumes: names,
  produces: names,
  exactlyOnce: fc.boolean(),
});
const anyGrants: fc.Arbitrary<Grants> = fc.record({
  produces: names,
  consumes: fc.array(fc.record({ topics: names, group: name }), { maxLength: 3 }),
  transactionalIds: names,
  streams: fc.array(streams, { maxLength: 2 }),
});

/** Every question about names that the stems, and what starts like them, can make. */
const requests: readonly Request[] = [...stems, "a-", "a-x", "ax", "abx", "b-x", "c"].flatMap(
  (resourceName) =>
    (["Topic", "Group", "TransactionalID"] as const).flatMap((resourceType) =>
      OPERATIONS.map((operation) => ({
        ...{ operation, resourceType, resourceName },
        ...{ principal: "User:x", host: "10.0.0.1" },
      })),
    ),
);

const compile = (grants: Grants, hosts?: readonly string[]) =>
  compileGrants({ username: "x", grants, hosts }).map(({ entry }) => entry);

test("every declared right is allowed, and nothing else is", () => {
  fc.assert(
    fc.property(anyGrants, (grants) => {
      const acls = compile(grants);
      for (const request of requests) {
        expect([request, authorized(acls, request)]).toEqual([request, declared(grants, request)]);
      }
    }),
  );
});

test("a neighbour is refused: another account, or another address", () => {
  fc.assert(
    fc.property(anyGrants, (grants) => {
      const acls = compile(grants, ["10.0.0.1"]);
      for (const request of requests) {
        expect(authorized(acls, { ...request, principal: "User:xy" })).toBe(false);
        expect(authorized(acls, { ...request, host: "10.0.0.2" })).toBe(false);
      }
    }),
  );
});

test("without any one entry a right is lost", () => {
  fc.assert(
    fc.property(anyGrants, (grants) => {
      const acls = compile(grants);
      for (const acl of acls) {
        const rest = acls.filter((other) => other !== acl);
        const lost = requests.filter((r) => authorized(acls, r) && !authorized(rest, r));
        expect(lost.length, aclIdentity(acl)).toBeGreaterThan(0);
      }
    }),
  );
});

test("order and repetition of declarations change neither the entries nor their reasons", () => {
  const reversed = <T>(all: readonly T[] = []): T[] => [...all, ...all].reverse();
  fc.assert(
    fc.property(anyGrants, anyGrants, (grants, others) => {
      const shuffled: Grants = {
        streams: reversed(grants.streams),
        consumes: reversed(grants.consumes).map(({ topics, group }) => ({
          topics: reversed(topics),
          group,
        })),
        transactionalIds: reversed(grants.transactionalIds),
        produces: reversed(grants.produces),
      };
      const once = compileGrants({ username: "x", grants, groups: { one: grants, two: others } });
      const again = compileGrants({
        username: "x",
        grants: shuffled,
        groups: { two: others, one: shuffled },
      });
      expect(again).toEqual(once);
      const identities = once.map(({ entry }) => aclIdentity(entry));
      expect(identities).toEqual([...new Set(identities)].sort());
    }),
  );
});
