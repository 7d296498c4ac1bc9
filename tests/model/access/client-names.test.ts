import fc from "fast-check";
import { expect, test } from "vitest";
import { keptInKafka, nextLock, unannounced } from "../../../cli/generated/identity-lock.ts";
import { recordedIdentities, toBinding } from "../../../cli/cleanup/kafka-identities.ts";
import { aclKey } from "../../../clients/kafka/acls.ts";
import { makeUrn, parseUrn } from "../../../engine/index.ts";
import { accountSchema, ownGrants } from "../../../model/access/account-declaration.ts";
import { aclIdentity } from "../../../model/access/acl.ts";
import { Authorizer } from "../../../model/access/authorizer.ts";
import { compileGrants } from "../../../model/access/compile-grants.ts";
import { describeFaults } from "../../../model/values/faults.ts";
import { ACL } from "../../../model/stack/resource-types.ts";
import { GROUP_IDS, GROUP_PREFIXES, TRANSACTIONAL_IDS } from "../../support/access/client-ids.ts";

const grantsOf = (declared: object) =>
  ownGrants(accountSchema.parse({ description: "d", ...declared }));
const faultsOf = (declared: object) => {
  const account = { description: "d", ...declared };
  const { error } = accountSchema.safeParse(account);
  return error ? describeFaults(error, account) : [];
};
const inGroup = (group: string) => ({ consumes: [{ topics: ["orders"], group }] });
const groupEntries = (group: string) =>
  compileGrants({ username: "shop", grants: grantsOf(inGroup(group)) })
    .map(({ entry }) => entry)
    .filter(({ resourceType }) => resourceType === "Group");

test.each(GROUP_IDS)("the group id %j is an entry on exactly that name", (group) => {
  expect(groupEntries(group)).toMatchObject([{ resourceName: group, patternType: "Literal" }]);
});

test.each(GROUP_PREFIXES)("%j is an entry on every group that starts so", (group) => {
  const resourceName = group.slice(0, -1);
  expect(groupEntries(group)).toMatchObject([{ resourceName, patternType: "Prefixed" }]);
});

test.each(TRANSACTIONAL_IDS)("the transactional id %j is taken", (id) => {
  expect(grantsOf({ transactionalIds: [id] }).transactionalIds).toEqual([id]);
});

test("ids of applications and aliases of clusters are what topics may begin with", () => {
  const streams = (applicationId: string) => ({ streams: [{ applicationId, consumes: ["a"] }] });
  const mirrors = (alias: string) => ({
    mirrorsFrom: [alias],
    mirrorsTo: [{ target: alias, topics: ["a"] }],
  });
  for (const name of ["OrderStream", "EU-West", "_exp", "a__b", "a.b", "x".repeat(200)]) {
    expect(faultsOf({ ...streams(name), ...mirrors(name) })).toEqual([]);
  }
  for (const name of ["team/app", "app:v1", "", ".", "MOL-*", "Größe", "x".repeat(201)]) {
    expect(faultsOf(streams(name))).toEqual([
      expect.stringMatching(
        /^streams\[0\].applicationId: given ".*; wanted an application id of at most 200 letters, .*: topics are named after it$/,
      ),
    ]);
    expect(faultsOf(mirrors(name))).toHaveLength(2);
  }
});

test.each([
  ["", "of 1 to 255 characters, none of them a control character, or the start of one"],
  ["x".repeat(256), "of 1 to 255 characters"],
  ["a\nb", "none of them a control character"],
  ["a\u2028b", "none of them a control character"],
  ["\ud800", "none of them a control character"],
  ["a*b", "a group id without * in it, or the start of one with * at its end"],
  ["a**", "a group id without * in it"],
  ["*", 'with * at its end: "*" would be all there are, also those of others'],
])("the group id %j is refused: %s", (group, wanted) => {
  const [fault, ...more] = faultsOf(inGroup(group));
  expect(fault).toContain(wanted);
  expect(fault).toMatch(/^consumes\[0\]\.group: given "[^]*; wanted a group id/);
  expect(more).toEqual([]);
});

test("a worker of Connect joins one group, so that its group has no * at the end", () => {
  const topics = { configTopic: "c", offsetTopic: "o", statusTopic: "s" };
  expect(faultsOf({ connect: [{ group: "Connect/EU", ...topics }] })).toEqual([]);
  expect(faultsOf({ connect: [{ group: "MOL-*", ...topics }] })).toEqual([
    'connect[0].group: given "MOL-*"; wanted a group id without * in it',
  ]);
});

test("topics keep their alphabet, and the start of Kafka's own is no start of a name", () => {
  expect(faultsOf({ produces: ["team/app:v1", "_*"] })).toEqual([
    'produces[0]: given "team/app:v1"; wanted letters, digits, dots, hyphens and underscores only, or the start of one with * at its end',
    'produces[1]: given "_*"; wanted the name of a topic, or the start of one with * at its end: ' +
      '"_*" would be Kafka\'s own topics too, whose names start with "__"',
  ]);
});

/** Any id that a declaration may say. */
const anyGroup = fc
  .oneof(fc.constantFrom(...GROUP_IDS), fc.string({ unit: "binary", minLength: 1, maxLength: 40 }))
  .filter((id) => faultsOf(inGroup(id)).length === 0 && !id.endsWith("*"));

test("an entry on any group keeps its identity: in a URN, in the lock, and in a clean-up", () => {
  fc.assert(
    fc.property(anyGroup, (group) => {
      const [entry] = groupEntries(group);
      if (!entry) throw new Error("no entry");
      const name = aclIdentity(entry);
      const urn = makeUrn("dev", "kafka-platform", "", ACL, name);
      expect(parseUrn(urn).name).toBe(name);

      const inputs = {
        ...{ aclPrincipal: entry.principal, aclHost: entry.host },
        ...{ aclOperation: entry.operation, aclPermissionType: entry.permission },
        ...{ aclResourceType: entry.resourceType, aclResourceName: entry.resourceName },
        resourcePatternTypeFilter: entry.patternType,
      };
      const goal = { type: ACL, name, parent: "", inputs, aliases: [] };
      const kept = keptInKafka([goal as never], { stack: "dev", project: "kafka-platform" });
      expect(kept).toMatchObject([{ identity: `acl ${name}`, place: `${ACL}::${name}` }]);
      expect(unannounced(nextLock({}, kept), kept)).toEqual([]);

      const { acls } = recordedIdentities([{ type: ACL, name }]);
      expect([...acls]).toEqual([aclKey(toBinding(entry))]);
    }),
  );
});

test("of groups that differ in capitals only, one grants nothing on the other", () => {
  const acls = compileGrants({ username: "shop", grants: grantsOf(inGroup("Orders")) });
  const authorizer = new Authorizer({ acls: acls.map(({ entry }) => entry), superUsers: [] });
  const may = (resourceName: string) =>
    authorizer.allows({
      ...{ principal: "User:shop", host: "10.0.0.7", operation: "Read" },
      ...{ resourceType: "Group", resourceName },
    });
  expect([may("Orders"), may("orders")]).toEqual([true, false]);
});
