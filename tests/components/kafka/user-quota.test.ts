import type * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { ServiceAccount } from "../../../components/kafka/service-account.ts";
import { userQuota } from "../../../components/kafka/user-quota.ts";
import { record } from "../../support/pulumi/recorder.ts";

/** Names of the quotas that `build` makes, each with what its option `deleteBeforeReplace` is. */
async function replacedHow(build: (opts: pulumi.ComponentResourceOptions) => unknown) {
  const seen: [string, boolean | undefined][] = [];
  const look: pulumi.ResourceTransformation = ({ type, name, opts }) => {
    if (type !== "kafka:index/quota:Quota") return undefined;
    seen.push([name, (opts as pulumi.CustomResourceOptions).deleteBeforeReplace]);
    return undefined;
  };
  await record(() => build({ transformations: [look] }));
  return seen;
}

const quota = { producerByteRate: 1_024 };

test("an account's quota goes before its successor comes, so that the delete cannot take it away", async () => {
  const args = { username: "a", grants: {}, quota, stackSecret: "x".repeat(32) };
  expect(await replacedHow((opts) => new ServiceAccount("a", args, opts))).toEqual([
    ["a|user", true],
  ]);
});

test("so does the quota of everybody else, and no option of the caller changes it", async () => {
  const quotaOfAll = (opts: pulumi.ComponentResourceOptions) =>
    userQuota(undefined, quota, { ...opts, deleteBeforeReplace: false });
  expect(await replacedHow(quotaOfAll)).toEqual([["entity-default|user", true]]);
});
