import { afterAll, beforeAll, expect, test } from "vitest";
import { ServiceAccount } from "../../../components/kafka/service-account.ts";
import { credentialPurpose, derivePassword } from "../../../model/credentials/credentials.ts";
import { afterNextStep, type LiveCredentials } from "../../../model/credentials/rotation.ts";
import { type KafkaClient, kafkaProvider } from "../../../engine/providers.ts";
import { userScramCredentialDriver as driver } from "../../../engine/drivers/kafka/user-scram-credential.ts";
import type { Properties, ResourceState } from "../../../engine/index.ts";
import { created, recordingContext } from "../../support/pulumi/driver-run.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import type { Login } from "../../support/kafka/running-broker.ts";
import { driverClient, loginResult } from "../../support/kafka/kafka-clients.ts";
import { platformUsers } from "../../support/kafka/platform-users.ts";
import { ofType, record } from "../../support/pulumi/recorder.ts";

/**
 * Two rotations of an account and its removal on a real broker that is restarted after each step, and
 * never takes a snapshot of its metadata, which is when removals are at their most dangerous.
 */

const SECRET = "0123456789abcdef0123456789abcdef";
const TYPE = "kafka:index/userScramCredential:UserScramCredential";
const USERS = platformUsers(SECRET);

let broker: JarBroker;
let states: Record<string, ResourceState> = {};
let live: LiveCredentials = [{ mechanism: "SCRAM-SHA-512", generation: 1 }];

beforeAll(async () => {
  const properties = { "metadata.log.max.snapshot.interval.ms": "3600000" };
  broker = await JarBroker.start({ properties, users: USERS });
});
afterAll(() => broker.destroy());

async function withClient<T>(work: (client: KafkaClient) => Promise<T>): Promise<T> {
  const client = await driverClient(broker);
  try {
    return await work(client);
  } finally {
    await kafkaProvider.close(client);
  }
}

/** Brings Kafka to what the component declares. @returns what was done to each credential */
async function apply(): Promise<Record<string, string>> {
  const recorded = await record(
    () =>
      new ServiceAccount("shop", {
        username: "shop",
        grants: {},
        credentials: live,
        stackSecret: SECRET,
      }),
  );
  const declared = ofType(recorded, TYPE);
  expect(Object.keys(declared)).toEqual(expect.arrayContaining(Object.keys(states)));
  const verbs: Record<string, string> = {};
  await withClient(async (client) => {
    for (const [name, { inputs }] of Object.entries(declared)) {
      const [verb, state] = await applyOne(client, states[name], inputs as Properties);
      verbs[name] = verb;
      states = { ...states, [name]: state };
    }
  });
  return verbs;
}

async function applyOne(
  client: KafkaClient,
  old: ResourceState | undefined,
  given: Properties,
): Promise<[string, ResourceState]> {
  if (old === undefined) return ["create", await created(driver, client, given)];
  const { inputs } = driver.check(given);
  const { changed, replace } = driver.diff(old, inputs);
  expect(replace).toEqual([]);
  if (changed.length === 0) return ["same", old];
  const outputs = await driver.update(client, old, inputs, recordingContext());
  return ["update", { ...old, inputs, outputs }];
}

/** Every password that was ever handed out, and whether it logs in. */
const logins = async (): Promise<Record<string, string>> => {
  const slots = [1, 2, 3].map((generation) => ({
    mechanism: generation % 2 === 1 ? ("SCRAM-SHA-512" as const) : ("SCRAM-SHA-256" as const),
    generation,
  }));
  const results = slots.map(async (slot) => {
    const password = derivePassword(SECRET, credentialPurpose("shop", slot));
    const login: Login = { username: "shop", mechanism: slot.mechanism, password };
    return [String(slot.generation), await loginResult(broker, login)] as const;
  });
  return Object.fromEntries(await Promise.all(results));
};

async function platformLogins(): Promise<string[]> {
  return Promise.all([broker.admin, ...USERS].map((login) => loginResult(broker, login)));
}

const REFUSED = "AUTHENTICATION";
const SHA512 = "shop|SCRAM-SHA-512";
const SHA256 = "shop|SCRAM-SHA-256";

test.each<[string, Record<string, string>, Record<string, string>]>([
  ["the account is made", { [SHA512]: "create" }, { 1: "in", 2: REFUSED, 3: REFUSED }],
  ["set", { [SHA512]: "same", [SHA256]: "create" }, { 1: "in", 2: "in", 3: REFUSED }],
  ["hand-out", { [SHA512]: "same", [SHA256]: "same" }, { 1: "in", 2: "in", 3: REFUSED }],
  ["retire", { [SHA512]: "update", [SHA256]: "same" }, { 1: REFUSED, 2: "in", 3: REFUSED }],
  ["set again", { [SHA512]: "update", [SHA256]: "same" }, { 1: REFUSED, 2: "in", 3: "in" }],
])(
  "after the step '%s' the right passwords log in and no others, also after a restart",
  async (step, done, expected) => {
    if (step !== "the account is made") live = afterNextStep(live, "2026-11-21");
    expect(await apply()).toEqual(done);
    expect(await logins()).toEqual(expected);
    await broker.restart();
    expect(await logins()).toEqual(expected);
    expect(await platformLogins()).toEqual([broker.admin, ...USERS].map(() => "in"));
  },
  180_000,
);

test("an account that is removed is refused and the platform goes on, also after a restart", async () => {
  await withClient(async (client) => {
    for (const state of Object.values(states)) {
      await driver.delete(client, state, recordingContext());
    }
  });
  await broker.restart();
  expect(await logins()).toEqual({ 1: REFUSED, 2: REFUSED, 3: REFUSED });
  expect(await platformLogins()).toEqual([broker.admin, ...USERS].map(() => "in"));
}, 180_000);
