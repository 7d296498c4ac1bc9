import { readdir } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { nameInBucket } from "../../support/kafka/java-hash.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import type { Login, ScramMechanism } from "../../support/kafka/running-broker.ts";
import { adminOf, loginResult, told } from "../../support/kafka/kafka-clients.ts";
import { platformUsers } from "../../support/kafka/platform-users.ts";

/**
 * What a removed account leaves of the others, at its worst: no snapshot of the metadata, so that the
 * next start reads every creation and removal in one go.
 */

const NO_SNAPSHOT = { "metadata.log.max.snapshot.interval.ms": "3600000" };
const MECHANISMS = ["SCRAM-SHA-512", "SCRAM-SHA-256"] as const;
/** Size of Java's table for up to twelve users. */
const TABLE = 16;

const TIMEOUT_MS = 180_000;

let broker: JarBroker;
afterEach(() => broker.destroy());

const user = (username: string, mechanism: ScramMechanism) => ({
  username,
  mechanism,
  password: `${username}${mechanism.slice(-3)}`,
});

async function createAndRemove(users: readonly ReturnType<typeof user>[]): Promise<void> {
  const admin = await adminOf(broker);
  const fine = users.map(() => "ok");
  expect(told(await admin.upsertScramCredentials(users))).toEqual(fine);
  expect(told(await admin.deleteScramCredentials(users))).toEqual(fine);
  await admin.close();
}

const loginResults = (logins: readonly Login[]) =>
  Promise.all(logins.map((login) => loginResult(broker, login)));

async function snapshots(): Promise<string[]> {
  const names = await readdir(path.join(broker.folder, "data", "__cluster_metadata-0"));
  return names.filter((name) => name.endsWith(".checkpoint") && !name.startsWith("0".repeat(20)));
}

test(
  "Kafka without an anchor account locks its admin out: when it no longer does, that account can go",
  async () => {
    broker = await JarBroker.start({ properties: NO_SNAPSHOT });
    await createAndRemove([user(nameInBucket(0, TABLE), "SCRAM-SHA-512")]);
    expect(await loginResult(broker, broker.admin)).toBe("in");
    await broker.restart();
    expect(await loginResult(broker, broker.admin)).toBe("AUTHENTICATION");
  },
  TIMEOUT_MS,
);

test(
  "with the platform's users everybody else can still log in, whatever was removed and when",
  async () => {
    const users = platformUsers("0123456789abcdef0123456789abcdef");
    broker = await JarBroker.start({ properties: NO_SNAPSHOT, users });
    const names = [0, 4, 9, 15].map((bucket) => nameInBucket(bucket, TABLE));
    const kept = MECHANISMS.map((mechanism) => user("kept", mechanism));
    const later = MECHANISMS.map((mechanism) => user("later", mechanism));
    const admin = await adminOf(broker);
    await admin.upsertScramCredentials(kept);
    for (const mechanism of MECHANISMS) {
      await createAndRemove(names.map((name) => user(name, mechanism)));
    }
    await admin.upsertScramCredentials(later);
    await admin.close();
    expect(await snapshots()).toEqual([]);

    await broker.kill();
    await broker.startAgain();
    const everybody = [broker.admin, ...users, ...kept, ...later];
    expect(await loginResults(everybody)).toEqual(everybody.map(() => "in"));
    const gone = names.flatMap((name) => MECHANISMS.map((mechanism) => user(name, mechanism)));
    expect(await loginResults(gone)).toEqual(gone.map(() => "AUTHENTICATION"));
  },
  TIMEOUT_MS,
);
