import fc from "fast-check";
import { afterAll, afterEach, expect, test } from "vitest";

import { toBinding } from "../../../cli/cleanup/kafka-identities.ts";
import { type Acl, Authorizer } from "../../../model/access/authorizer.ts";
import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import { BrokerLink } from "../../../clients/kafka/broker-link.ts";
import { loginOf, untilCoordinated } from "../../support/access/access-cluster.ts";
import {
  aclSet,
  type Answered,
  askEverything,
  PRINCIPALS,
} from "../../support/access/access-questions.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { adminOf, loginOptions, told } from "../../support/kafka/kafka-clients.ts";
import { comingFrom } from "../../support/kafka/local-address.ts";

/**
 * Kafka's rules as this project tells them against Kafka's own: random access control lists are given
 * to a real broker, and real users ask it for everything, by requests, from several addresses.
 */

const HOSTS = ["127.0.0.1", "127.0.0.2"] as const;
const NOBODY_COMES_FROM = "127.0.0.3";
const ROOT = "root";
const WANTED_PAIRS = 10_000;
const TIMEOUT_MS = 600_000;

const asked = { allowed: 0, refused: 0 };
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(() => {
  const { allowed, refused } = asked;
  const pairs = allowed + refused;
  console.log(`${pairs} pairs of rules and request: ${allowed} allowed, ${refused} refused`);
});

const openBroker = { "allow.everyone.if.no.acl.found": "true" };

test.each([
  { name: "deny by default", properties: {}, sets: 100, pairs: WANTED_PAIRS },
  { name: "open where no entry is", properties: openBroker, sets: 25, pairs: WANTED_PAIRS / 4 },
])(
  "every request is answered as a broker answers it: $name",
  async ({ properties, sets, pairs }) => {
    const { admin, linkOf } = await brokerAndClients(properties);
    const before = asked.allowed + asked.refused;
    const allowEveryoneIfNoAclFound = "allow.everyone.if.no.acl.found" in properties;
    await fc.assert(
      fc.asyncProperty(
        aclSet([...HOSTS, NOBODY_COMES_FROM]),
        fc.constantFrom(...PRINCIPALS, ...PRINCIPALS, ...PRINCIPALS, ROOT),
        fc.constantFrom(...HOSTS),
        async (acls, username, host) => {
          await replaceAcls(admin, acls);
          const superUsers = ["User:admin", "User:controller", `User:${ROOT}`];
          const authorizer = new Authorizer({ acls, superUsers, allowEveryoneIfNoAclFound });
          const wanted = wantedOf(authorizer, `User:${username}`, host);
          const answers = await askEverything(linkOf(username, host));
          for (const { isAllowed } of answers) asked[isAllowed ? "allowed" : "refused"] += 1;
          const wrong = answers.filter((answer) => answer.isAllowed !== wanted(answer));
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: sets },
    );
    expect(asked.allowed + asked.refused - before).toBeGreaterThanOrEqual(pairs);
  },
  TIMEOUT_MS,
);

/** What the authorizer says of a question, the two rules that belong to requests included. */
const wantedOf =
  (authorizer: Authorizer, principal: string, host: string) =>
  ({ operation, resourceType, resourceName }: Answered): boolean => {
    const may = (what: typeof resourceType, name: string) =>
      authorizer.allows({ principal, host, operation, resourceType: what, resourceName: name });
    // Who may create topics in the cluster may create every topic.
    const anywhere = resourceType === "Topic" && operation === "Create";
    return may(resourceType, resourceName) || (anywhere && may("Cluster", "kafka-cluster"));
  };

async function brokerAndClients(properties: Record<string, string>) {
  const users = [...PRINCIPALS, ROOT].map((name) => loginOf(name, "SCRAM-SHA-512"));
  const superUsers = { "super.users": `User:admin;User:controller;User:${ROOT}` };
  const broker = await JarBroker.start({ users, properties: { ...superUsers, ...properties } });
  closing.push(() => broker.destroy());
  await untilCoordinated(broker);
  const admin = await adminOf(broker);
  closing.push(() => admin.close());
  const doors = new Map<string, string>([["127.0.0.1", broker.bootstrapServer]]);
  for (const host of HOSTS.slice(1)) {
    const door = await comingFrom(host, broker.bootstrapServer);
    closing.push(door.close);
    doors.set(host, door.address);
  }
  const links = new Map<string, BrokerLink>();
  const linkOf = (username: string, host: string): BrokerLink => {
    const known = links.get(`${username} ${host}`);
    if (known) return known;
    const options = loginOptions(broker, loginOf(username, "SCRAM-SHA-512"));
    const link = new BrokerLink({ ...options, bootstrapServers: [doors.get(host) ?? ""] });
    closing.push(() => link.close());
    links.set(`${username} ${host}`, link);
    return link;
  };
  return { admin, linkOf };
}

async function replaceAcls(admin: KafkaAdmin, acls: readonly Acl[]): Promise<void> {
  const old = await admin.describeAcls();
  const outcomes = [
    ...(await admin.deleteAcls(old)),
    ...(await admin.createAcls(acls.map(toBinding))),
  ];
  expect(told(outcomes).filter((outcome) => outcome !== "ok")).toEqual([]);
}
