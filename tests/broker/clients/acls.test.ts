import { afterAll, beforeAll, expect, it } from "vitest";

import type { AclBinding } from "../../../clients/kafka/acls.ts";
import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import { adminOf, requestsSince, told } from "../../support/kafka/kafka-clients.ts";
import { sharedBroker } from "../../support/kafka/shared-broker.ts";

const broker = sharedBroker();
let admin: KafkaAdmin;

beforeAll(async () => {
  admin = await adminOf(broker);
});
afterAll(async () => {
  await admin.close();
});

function acl(user: string, more: Partial<AclBinding> = {}): AclBinding {
  return {
    resourceType: "TOPIC",
    resourceName: "acls.orders.",
    patternType: "PREFIXED",
    principal: `User:${user}`,
    host: "*",
    operation: "READ",
    permissionType: "ALLOW",
    ...more,
  };
}

/** Entries of this file's topics, and no others' of the broker. */
const ours = async () =>
  (await admin.describeAcls()).filter(({ resourceName }) => resourceName.startsWith("acls."));

it("creates what is good in a batch, tells each fault, and takes a repetition", async () => {
  const cluster = { resourceType: "CLUSTER", patternType: "LITERAL" } as const;
  const before = new Map(admin.requests);
  const outcomes = await admin.createAcls([
    acl("ann"),
    acl("bob", { principal: "bob" }),
    acl("ann"),
    acl("cid", { ...cluster, resourceName: "orders" }),
    acl("dan"),
  ]);
  expect(told(outcomes)).toEqual([
    "ok",
    "REFUSED ACL bob|*|READ|ALLOW|TOPIC|acls.orders.|PREFIXED: Could not parse principal from `bob` (no colon is present separating the principal type from the principal name) (INVALID_REQUEST).",
    "ok",
    "REFUSED ACL User:cid|*|READ|ALLOW|CLUSTER|orders|LITERAL: The only valid name for the CLUSTER resource is kafka-cluster (INVALID_REQUEST).",
    "ok",
  ]);
  // The second entry for ann is the first one's equal, and waits for a request of its own.
  expect(requestsSince(before, admin.requests)).toMatchObject({ CreateAcls: 2 });
  expect(await ours()).toEqual(expect.arrayContaining([acl("ann"), acl("dan")]));
  expect(await ours()).toHaveLength(2);
});

it("finds the one entry the broker cannot even read, and creates the others", async () => {
  const unreadable = acl("eve", { operation: "ANY" as "ALL" });
  const outcomes = await admin.createAcls([acl("fay"), unreadable, acl("gus")]);
  expect(told(outcomes)).toEqual([
    "ok",
    "REFUSED ACL User:eve|*|ANY|ALLOW|TOPIC|acls.orders.|PREFIXED: The server experienced an unexpected error when processing the request (UNKNOWN_SERVER_ERROR).",
    "ok",
  ]);
  expect(await ours()).toHaveLength(4);
});

it("is seen the same by Kafka's own tool", async () => {
  const listed = await broker.tool("org.apache.kafka.tools.AclCommand", [
    ...["--bootstrap-server", broker.bootstrapServer],
    ...["--command-config", await broker.clientConfig(), "--list", "--principal", "User:ann"],
  ]);
  expect(listed).toContain("resourceType=TOPIC, name=acls.orders., patternType=PREFIXED");
  expect(listed).toContain("(principal=User:ann, host=*, operation=READ, permissionType=ALLOW)");
});

it("deletes exactly the entries named; an absent one is fine", async () => {
  await admin.createAcls([acl("ann", { operation: "DESCRIBE" })]);
  const outcomes = await admin.deleteAcls([acl("ann"), acl("absent"), acl("fay"), acl("gus")]);
  expect(told(outcomes)).toEqual(["ok", "ok", "ok", "ok"]);
  const left = await ours();
  expect(left).toHaveLength(2);
  expect(left).toEqual(expect.arrayContaining([acl("ann", { operation: "DESCRIBE" }), acl("dan")]));
});
