import fc from "fast-check";
import { expect, test } from "vitest";
import { aclIdentity, type AclEntry } from "../../../model/access/acl.ts";
import type { Grants } from "../../../model/access/grants.ts";
import { compileGrants } from "../../../model/access/compile-grants.ts";
import { declaredNames, isDeclared, type Question } from "../../support/access/declared-access.ts";

/** Who asks the authorizer what, and from where. */
interface Request extends Question {
  readonly principal: string;
  readonly host: string;
}

const OPERATIONS = [
  ...["Read", "Write", "Create", "Delete", "Describe", "DescribeConfigs"],
  ...["Alter", "AlterConfigs"],
] as Question["operation"][];
const DESCRIBES = ["Read", "Write", "Delete", "Alter", "Describe"];

/** Kafka's StandardAuthorizer: what denies wins over what allows, and implies nothing. */
const authorized = (acls: readonly AclEntry[], request: Request): boolean => {
  const about = acls.filter((acl) => isAbout(acl, request));
  const says = (acl: AclEntry, operation: Question["operation"]) =>
    acl.operation === "All" || acl.operation === operation;
  if (about.some((acl) => acl.permission === "Deny" && says(acl, request.operation))) return false;
  return about.some(
    (acl) =>
      acl.permission === "Allow" &&
      (says(acl, request.operation) ||
        (request.operation === "Describe" && DESCRIBES.includes(acl.operation)) ||
        (request.operation === "DescribeConfigs" && acl.operation === "AlterConfigs")),
  );
};

const isAbout = (acl: AclEntry, request: Request): boolean =>
  acl.principal === request.principal &&
  (acl.host === "*" || acl.host === request.host) &&
  acl.resourceType === request.resourceType &&
  (acl.patternType === "Prefixed"
    ? request.resourceName.startsWith(acl.resourceName)
    : acl.resourceName === "*" || acl.resourceName === request.resourceName);

const stems = ["a", "ab", "a-b", "abc", "b"];
const literal = fc.constantFrom(...stems);
const name = fc.constantFrom(...stems, "a*", "ab*", "a-*");
const names = fc.array(name, { maxLength: 4 });
const streams = fc.record({
  applicationId: fc.constantFrom("a", "b"),
  consumes: names,
  produces: names,
  exactlyOnce: fc.boolean(),
});
const connect = fc.record({
  ...{ group: literal, configTopic: literal, offsetTopic: literal, statusTopic: literal },
  exactlyOnce: fc.boolean(),
});
const anyGrants: fc.Arbitrary<Grants> = fc.record({
  produces: names,
  consumes: fc.array(fc.record({ topics: names, group: fc.option(name, { nil: undefined }) }), {
    maxLength: 3,
  }),
  describes: names,
  creates: names,
  acls: fc.array(
    fc
      .tuple(
        fc.constantFrom("topic", "group", "transactional-id"),
        fc.oneof(name, fc.constant("*")),
        fc.uniqueArray(fc.constantFrom("All" as const, ...OPERATIONS), { minLength: 1 }),
        fc.boolean(),
      )
      .map(([kind, on, operations, allows]) => ({
        [allows ? "allow" : "deny"]: operations,
        on: `${kind}:${on}`,
      })),
    { maxLength: 3 },
  ),
  deadLetters: fc.array(fc.record({ origin: literal, topic: literal }), { maxLength: 3 }),
  transactionalIds: names,
  streams: fc.array(streams, { maxLength: 2 }),
  connect: fc.array(connect, { maxLength: 2 }),
  schemaRegistries: fc.array(fc.record({ topics: names, group: literal }), { maxLength: 1 }),
  mirrorsTo: fc.array(fc.record({ target: literal, topics: names, groups: names }), {
    maxLength: 1,
  }),
  mirrorsFrom: fc.array(literal, { maxLength: 1 }),
  inspects: fc.boolean(),
  observes: fc.boolean(),
});

/** Every question about the names that the grants mention, and about names that begin like them. */
const requestsAbout = (grants: Grants, operations = OPERATIONS): Request[] => {
  const named = declaredNames(grants).map(({ name }) => name.replace(/\*$/, "x"));
  const tried = new Set([...stems, "a-", "a-x", "ax", "abx", "b-x", "c", ...named]);
  return [...tried].flatMap((resourceName) =>
    (["Topic", "Group", "TransactionalID", "Cluster"] as const).flatMap((resourceType) =>
      operations.map((operation) => ({
        ...{ operation, resourceType, resourceName },
        ...{ principal: "User:x", host: "10.0.0.1" },
      })),
    ),
  );
};

const compile = (grants: Grants, hosts?: readonly string[]) =>
  compileGrants({ username: "x", grants, hosts }).map(({ entry }) => entry);

test("every declared right is allowed, and nothing else is", () => {
  fc.assert(
    fc.property(anyGrants, (grants) => {
      const acls = compile(grants);
      for (const request of requestsAbout(grants)) {
        expect([request, authorized(acls, request)]).toEqual([
          request,
          isDeclared(grants, request),
        ]);
      }
    }),
  );
});

test("a neighbour is refused: another account, or another address", () => {
  fc.assert(
    fc.property(anyGrants, (grants) => {
      const acls = compile(grants, ["10.0.0.1"]);
      for (const request of requestsAbout(grants)) {
        expect(authorized(acls, { ...request, principal: "User:xy" })).toBe(false);
        expect(authorized(acls, { ...request, host: "10.0.0.2" })).toBe(false);
      }
    }),
  );
});

/** With one that nobody names: only `All` allows it, so that it is not the same as all that can be named. */
const UNNAMED = [...OPERATIONS, "TwoPhaseCommit"] as Question["operation"][];

test("without any one entry that allows a right is lost, where none is denied", () => {
  fc.assert(
    fc.property(anyGrants, ({ acls: written = [], ...rest }) => {
      const grants = { ...rest, acls: written.filter(({ deny }) => deny === undefined) };
      const acls = compile(grants);
      for (const acl of acls) {
        const others = acls.filter((other) => other !== acl);
        const lost = requestsAbout(grants, UNNAMED).filter(
          (r) => authorized(acls, r) && !authorized(others, r),
        );
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
        ...grants,
        streams: reversed(grants.streams),
        connect: reversed(grants.connect),
        schemaRegistries: reversed(grants.schemaRegistries),
        mirrorsTo: reversed(grants.mirrorsTo),
        deadLetters: reversed(grants.deadLetters),
        consumes: reversed(grants.consumes).map(({ topics, group }) => ({
          topics: reversed(topics),
          group,
        })),
        transactionalIds: reversed(grants.transactionalIds),
        produces: reversed(grants.produces),
        acls: reversed(grants.acls),
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
