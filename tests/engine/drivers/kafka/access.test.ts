import { describe, expect, it } from "vitest";

import type { ResourceDriver, ResourceState } from "../../../../engine/drivers/driver.ts";
import { type Properties, UNKNOWN } from "../../../../engine/values/value.ts";
import { aclDriver } from "../../../../engine/drivers/kafka/acl.ts";
import { quotaDriver } from "../../../../engine/drivers/kafka/quota.ts";
import { userScramCredentialDriver } from "../../../../engine/drivers/kafka/user-scram-credential.ts";

const ACL = {
  aclPrincipal: "User:ann",
  aclHost: "*",
  aclOperation: "Read",
  aclPermissionType: "Allow",
  aclResourceType: "Topic",
  aclResourceName: "orders",
  resourcePatternTypeFilter: "Literal",
};
const CREDENTIAL = {
  username: "ann",
  scramMechanism: "SCRAM-SHA-512",
  scramIterations: 4096,
  password: "annspassword",
};
const QUOTA = { entityType: "user", entityName: "ann", config: { consumer_byte_rate: "1024" } };

function state(inputs: Properties): ResourceState {
  return { id: "id", inputs, outputs: inputs };
}

function reasons<C>(driver: ResourceDriver<C>, inputs: Properties): string[] {
  return driver.check(inputs).failures.map(({ reason }) => reason);
}

describe("an ACL", () => {
  it("is literal unless it says otherwise", () => {
    expect(aclDriver.check({ ...ACL, resourcePatternTypeFilter: null })).toEqual({
      inputs: ACL,
      failures: [],
    });
  });

  it.each<[Properties, string]>([
    [{ aclOperation: "READ" }, 'aclOperation must be written "Read", not "READ"'],
    [
      { aclOperation: "DESCRIBE_CONFIGS" },
      'aclOperation must be written "DescribeConfigs", not "DESCRIBE_CONFIGS"',
    ],
    [
      { aclOperation: "Any" },
      'aclOperation must be one of All, Read, Write, Create, Delete, Alter, Describe, ClusterAction, DescribeConfigs, AlterConfigs, IdempotentWrite, not "Any"',
    ],
    [{ aclPermissionType: "allow" }, 'aclPermissionType must be written "Allow", not "allow"'],
    [
      { aclResourceType: "TransactionalId" },
      'aclResourceType must be written "TransactionalID", not "TransactionalId"',
    ],
    [
      { resourcePatternTypeFilter: "Match" },
      'resourcePatternTypeFilter must be one of Literal, Prefixed, not "Match"',
    ],
    [
      { aclPrincipal: "ann" },
      'aclPrincipal must be a principal with its type, such as "User:orders", not "ann"',
    ],
    [{ aclHost: "" }, 'aclHost must be an address or "*", not ""'],
    [
      { aclResourceType: "Cluster" },
      'aclResourceName must be "kafka-cluster" where aclResourceType is Cluster, not "orders"',
    ],
  ])("is refused with %j", (change, reason) => {
    expect(reasons(aclDriver, { ...ACL, ...change })).toEqual([reason]);
  });

  it("is replaced by any change", () => {
    expect(aclDriver.diff(state(ACL), ACL)).toEqual({ changed: [], replace: [] });
    const now: Properties = { ...ACL, aclOperation: "Write", aclHost: UNKNOWN };
    expect(aclDriver.diff(state(ACL), now)).toEqual({
      changed: ["aclHost", "aclOperation"],
      replace: ["aclHost", "aclOperation"],
    });
  });
});

describe("a SCRAM credential", () => {
  it("has the provider's default of iterations and a secret password", () => {
    const plain = { ...CREDENTIAL, scramIterations: null };
    expect(userScramCredentialDriver.check(plain)).toEqual({ inputs: CREDENTIAL, failures: [] });
    expect(userScramCredentialDriver.secretOutputs).toEqual(["password"]);
  });

  it("may have a password only an apply will tell", () => {
    const unknown: Properties = { ...CREDENTIAL, password: UNKNOWN };
    expect(userScramCredentialDriver.check(unknown)).toEqual({ inputs: unknown, failures: [] });
    expect(userScramCredentialDriver.plan(unknown, undefined)).toEqual(unknown);
  });

  it.each<[Properties, string]>([
    [
      { scramMechanism: "scram-sha512" },
      'scramMechanism must be written "SCRAM-SHA-512", not "scram-sha512"',
    ],
    [
      { scramIterations: 1000 },
      "scramIterations must be a whole number from 4096 to 16384, not 1000",
    ],
    [
      { passwordWo: "write-only" },
      "passwordWo is not supported by the embedded engine: leave it out, or use the Pulumi CLI (supported here: username, scramMechanism, scramIterations, password)",
    ],
    [{ password: "  " }, "password must be a text that is not empty"],
    [{ password: ["annspassword"] }, "password must be a text that is not empty"],
  ])("is refused with %j, its password never shown", (change, reason) => {
    expect(reasons(userScramCredentialDriver, { ...CREDENTIAL, ...change })).toEqual([reason]);
  });

  it("is replaced with its user or mechanism, and updated otherwise", () => {
    const now = { ...CREDENTIAL, password: "new", scramIterations: 8192 };
    expect(userScramCredentialDriver.diff(state(CREDENTIAL), now)).toEqual({
      changed: ["scramIterations", "password"],
      replace: [],
    });
    const other = { ...CREDENTIAL, username: "bob", scramMechanism: "SCRAM-SHA-256" };
    expect(userScramCredentialDriver.diff(state(CREDENTIAL), other)).toEqual({
      changed: ["username", "scramMechanism"],
      replace: ["username", "scramMechanism"],
    });
  });
});

describe("a quota", () => {
  it("takes numbers and texts and keeps texts", () => {
    const given = { ...QUOTA, config: { consumer_byte_rate: 1024, request_percentage: "12.50" } };
    expect(quotaDriver.check(given)).toEqual({
      inputs: { ...QUOTA, config: { consumer_byte_rate: "1024", request_percentage: "12.5" } },
      failures: [],
    });
  });

  it.each<[Properties, string]>([
    [{ entityType: "User" }, 'entityType must be written "user", not "User"'],
    [
      { config: { speed: 1 } },
      'config["speed"] must be one of producer_byte_rate, consumer_byte_rate, request_percentage, controller_mutation_rate, connection_creation_rate, not "speed"',
    ],
    [
      { config: { consumer_byte_rate: "fast" } },
      'config["consumer_byte_rate"] must be a number above 0, not "fast"',
    ],
    [{ config: 5 }, "config must be a map, not 5"],
  ])("is refused with %j", (change, reason) => {
    expect(reasons(quotaDriver, { ...QUOTA, ...change })).toEqual([reason]);
  });

  it("is replaced by any change, the old one first", () => {
    const same = { changed: [], replace: [], deleteBeforeReplace: false };
    expect(quotaDriver.diff(state(QUOTA), QUOTA)).toEqual(same);
    const now = { ...QUOTA, config: { consumer_byte_rate: "2048" } };
    expect(quotaDriver.diff(state(QUOTA), now)).toEqual({
      changed: ["config"],
      replace: ["config"],
      deleteBeforeReplace: true,
    });
  });
});
