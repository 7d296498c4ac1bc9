import { expect, test } from "vitest";
import type { Grants } from "../../../model/access/grants.ts";
import { type OwnedAccess, sharedNames } from "../../../model/access/shared-names.ts";

const whose = ({ username, owner }: OwnedAccess) => `${username} (${owner})`;
const reads = (group: string): Grants => ({ consumes: [{ topics: ["t"], group }] });
const account = (username: string, grants: Grants, more: Partial<OwnedAccess> = {}) => ({
  ...{ username, owner: "shop", grants },
  ...more,
});
const billing = { owner: "billing" };
/** Two accounts, of two owners if nothing else is said. */
const faults = (one: Grants, other: Grants, more: Partial<OwnedAccess> = billing) =>
  sharedNames([account("a", one), account("b", other, more)], whose);

const AGREE = "give each one of its own, or let each name the other in sharesWith";
const joins = (group: string) =>
  `consumer group ${group}: a (shop) and b (billing) may both join it, and would take each other's partitions; ${AGREE}`;
const ends = (id: string) =>
  `transactional id ${id}: a (shop) and b (billing) may both use it, and would end each other's transactions; ${AGREE}`;

test.each<[string, string, string[]]>([
  ["g", "g", [joins("g")]],
  ["g", "g2", []],
  ["g-*", "g-1", [joins("g-1")]],
  ["g-*", "g-eu*", [joins("g-eu*")]],
  ["g-*", "g-*", [joins("g-*")]],
  ["g-*", "g", []],
])("of two owners, groups %s and %s", (one, other, expected) => {
  expect(faults(reads(one), reads(other))).toEqual(expected);
  expect(faults(reads(one), reads(other), {})).toEqual([]);
});

test("a Streams application has the group of its id", () => {
  const streams = { applicationId: "g", consumes: ["t"], produces: [], exactlyOnce: false };
  expect(faults(reads("g"), { streams: [streams] })).toEqual([joins("g")]);
});

test("transactional ids of two owners are told in the same way", () => {
  const ids = (...transactionalIds: string[]): Grants => ({ transactionalIds });
  expect(faults(ids("flink-*"), ids("flink-1", "other"))).toEqual([ends("flink-1")]);
  expect(faults(ids("flink-*"), reads("flink-1"))).toEqual([]);
});

test("only what both accounts agree to is shared", () => {
  const shared = (ofA?: readonly string[], ofB?: readonly string[]) =>
    sharedNames(
      [
        account("a", reads("g"), { sharesWith: ofA }),
        account("b", reads("g"), { ...billing, sharesWith: ofB }),
      ],
      whose,
    );
  expect(shared(["b"], ["a"])).toEqual([]);
  expect(shared(["b"])).toEqual([joins("g")]);
  expect(shared(undefined, ["a"])).toEqual([joins("g")]);
  expect(shared(["b"], ["c"])).toEqual([joins("g")]);
});

test("what a group of accounts grants is each member's own", () => {
  const groups = { readers: reads("g") };
  const members = [account("a", {}, { groups }), account("b", {}, { ...billing, groups })];
  expect(sharedNames(members, whose)).toEqual([joins("g")]);
});
