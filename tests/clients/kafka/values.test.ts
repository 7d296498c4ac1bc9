import { describe, expect, it } from "vitest";

import { aclKey } from "../../../clients/kafka/acls.ts";
import { operations } from "../../../clients/kafka/cluster.ts";
import { Deadline } from "../../../clients/kafka/deadline.ts";
import { quotaEntityName } from "../../../clients/kafka/quotas.ts";
import { sameConfigValue } from "../../../clients/kafka/config-value.ts";

describe("sameConfigValue", () => {
  it.each([
    ["60000", "0060000"],
    ["9223372036854775807", "+9223372036854775807"],
    ["0.5", "0.50"],
    ["compact,delete", " compact , delete"],
    ["false", "False"],
    ["", " "],
  ])("takes %j and %j for one value", (one, other) => {
    expect(sameConfigValue(one, other)).toBe(true);
  });

  it.each([
    ["9223372036854775807", "9223372036854775806"],
    ["compact,delete", "delete,compact"],
    ["0:1,1:2", "0:1"],
    ["lz4", "LZ4"],
  ])("tells %j from %j", (one, other) => {
    expect(sameConfigValue(one, other)).toBe(false);
  });
});

describe("operations", () => {
  it("reads Kafka's bit field", () => {
    expect(operations(0)).toEqual([]);
    expect(operations((1 << 8) | (1 << 7))).toEqual(["ALTER", "DESCRIBE"]);
  });

  it("has none for the value that means nobody asked", () => {
    expect(operations(-2_147_483_648)).toEqual([]);
  });
});

describe("names in messages", () => {
  it("of ACLs distinguish every part", () => {
    const acl = {
      resourceType: "GROUP",
      resourceName: "readers",
      patternType: "PREFIXED",
      principal: "User:ann",
      host: "10.0.0.1",
      operation: "READ",
      permissionType: "DENY",
    } as const;
    expect(aclKey(acl)).toBe("User:ann|10.0.0.1|READ|DENY|GROUP|readers|PREFIXED");
  });

  it("of quota entities tell the default from a name", () => {
    expect(quotaEntityName({ type: "user" })).toBe("default user");
    expect(quotaEntityName({ type: "user", name: "ann" })).toBe("user ann");
  });
});

describe("Deadline", () => {
  it("lets a promise win that is in time, and its own error come through", async () => {
    const late = () => new Error("late");
    expect(await new Deadline(1000).race(Promise.resolve(1), late)).toBe(1);
    const failed = Promise.reject(new Error("own"));
    await expect(new Deadline(1000).race(failed, late)).rejects.toThrow("own");
  });

  it("ends the wait with the error given", async () => {
    const never = new Promise(() => undefined);
    await expect(new Deadline(20).race(never, () => new Error("late"))).rejects.toThrow("late");
  });

  it("counts down from its total and stops at nothing", () => {
    const ahead = new Deadline(60_000);
    expect(ahead.totalMs).toBe(60_000);
    expect(ahead.remainingMs).toBeGreaterThan(50_000);
    expect(ahead.passed).toBe(false);
    const over = new Deadline(0);
    expect([over.remainingMs, over.passed]).toEqual([0, true]);
  });
});
