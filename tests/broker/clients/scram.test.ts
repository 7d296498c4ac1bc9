import { readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, expect, it } from "vitest";

import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import type { Login, ScramMechanism } from "../../support/kafka/running-broker.ts";
import {
  adminError,
  adminOf,
  loginResult,
  requestsSince,
  told,
} from "../../support/kafka/kafka-clients.ts";

let broker: JarBroker;
let admin: KafkaAdmin;

beforeAll(async () => {
  broker = await JarBroker.start({
    properties: { "metadata.log.max.snapshot.interval.ms": "1000" },
  });
  admin = await adminOf(broker);
});
afterAll(async () => {
  await admin.close();
  await broker.destroy();
});

function login(
  username: string,
  mechanism: ScramMechanism = "SCRAM-SHA-512",
): Login & {
  mechanism: ScramMechanism;
} {
  return { username, mechanism, password: `${username}${mechanism.slice(-3)}` };
}

const tryLogin = (as: Login) => loginResult(broker, as);

it("sets both mechanisms of one user in requests of their own, and each logs in by itself", async () => {
  const [sha512, sha256] = [login("ann"), login("ann", "SCRAM-SHA-256")];
  const before = new Map(admin.requests);
  const outcomes = await admin.upsertScramCredentials([sha512, sha256, login("bob")]);
  expect(told(outcomes)).toEqual(["ok", "ok", "ok"]);
  expect(requestsSince(before, admin.requests)).toMatchObject({ AlterUserScramCredentials: 2 });

  expect(await tryLogin(sha512)).toBe("in");
  expect(await tryLogin(sha256)).toBe("in");
  expect(await tryLogin({ ...sha256, password: sha512.password })).toBe("AUTHENTICATION");
});

it("describes mechanisms and iterations, and nothing for an unknown user", async () => {
  expect(await admin.describeScramCredentials(["bob", "nobody", "bob"])).toEqual([
    [{ mechanism: "SCRAM-SHA-512", iterations: 8192 }],
    [],
    [{ mechanism: "SCRAM-SHA-512", iterations: 8192 }],
  ]);
});

it("keeps the broker's sentence for a bad entry among good ones", async () => {
  const weak = { ...login("weak"), iterations: 100 };
  const outcomes = await admin.upsertScramCredentials([weak, login("cid")]);
  expect(told(outcomes)).toEqual([
    "REFUSED SCRAM-SHA-512 credential of user weak: Too few iterations (UNACCEPTABLE_CREDENTIAL).",
    "ok",
  ]);
  expect(outcomes[0]?.message).not.toContain(weak.password);
});

it("overwrites: the old password is refused, the new one logs in", async () => {
  const renewed = { ...login("bob"), password: "renewed" };
  await admin.upsertScramCredentials([{ ...renewed, iterations: 4096 }]);
  expect(await tryLogin(renewed)).toBe("in");
  expect(await tryLogin(login("bob"))).toBe("AUTHENTICATION");
});

it("retires one mechanism and leaves the other; an absent one is fine", async () => {
  const outcomes = await admin.deleteScramCredentials([login("ann"), login("nobody")]);
  expect(told(outcomes)).toEqual(["ok", "ok"]);
  expect(await tryLogin(login("ann"))).toBe("AUTHENTICATION");
  expect(await tryLogin(login("ann", "SCRAM-SHA-256"))).toBe("in");
});

it("is seen the same by Kafka's own tool", async () => {
  const described = await broker.tool("kafka.admin.ConfigCommand", [
    ...["--bootstrap-server", broker.bootstrapServer],
    ...["--command-config", await broker.clientConfig()],
    ...["--describe", "--entity-type", "users", "--entity-name", "ann"],
  ]);
  expect(described).toContain("SCRAM-SHA-256=iterations=8192");
  expect(described).not.toContain("SCRAM-SHA-512");
});

it("locks nobody out at a restart when a user is removed after a snapshot that holds all", async () => {
  await untilSnapshot();
  await admin.deleteScramCredentials([login("cid")]);
  await broker.restart();
  expect(await tryLogin(broker.admin)).toBe("in");
  expect(await tryLogin(login("ann", "SCRAM-SHA-256"))).toBe("in");
  expect(await tryLogin(login("cid"))).toBe("AUTHENTICATION");
  const error = await adminError(adminOf(broker, login("cid")));
  expect(error.message).toContain("user cid was refused (SCRAM-SHA-512)");
});

/** A snapshot newer than everything so far; the first, with offset 0, holds format-time users only. */
async function untilSnapshot(): Promise<void> {
  const log = path.join(broker.folder, "data", "__cluster_metadata-0");
  const snapshots = async () =>
    (await readdir(log)).filter((name) => /^\d+-\d+\.checkpoint$/.test(name)).sort();
  const before = (await snapshots()).at(-1);
  for (;;) {
    // Snapshots follow writes: without one there is nothing to take a snapshot of.
    await admin.upsertScramCredentials([login("dan")]);
    await sleep(300);
    if ((await snapshots()).at(-1) !== before) return;
  }
}
