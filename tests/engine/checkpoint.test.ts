import { expect, test } from "vitest";
import { readCheckpoint, stateOfCheckpoint } from "../../engine/state/checkpoint.ts";
import { UNKNOWN } from "../../engine/values/value.ts";
import { kafkaProvider } from "../../engine/drivers/kafka/provider.ts";
import { createSalt } from "../../engine/state/passphrase.ts";
import { planGoals } from "../../engine/plan/plan.ts";
import { isSecret, unwrap } from "../../engine/values/property-values.ts";
import { withheldSecrets } from "../../engine/values/encoding.ts";
import { UserError } from "../../model/values/user-error.ts";
import { withWrongValues } from "../support/wrong-values.ts";
import { KAFKA, provider, STACK, TOPIC, topic, urnOf, USER, user } from "./goals.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

const sealed = (hidden: object) => ({ [SIGNATURE]: SECRET, ...hidden });

const reference = `${urnOf(KAFKA, "kafka")}::0f0e-id`;

/** As the Pulumi CLI writes the state of a provider, a topic and a user, with its notes to itself. */
const exported = (password: unknown, more: readonly object[] = []) => ({
  version: 3,
  deployment: {
    manifest: { time: "2026-11-25T12:00:00Z", magic: "", version: "v3.270.0" },
    secrets_providers: { type: "passphrase", state: { salt: "v1:c2FsdA==:v1:x:y" } },
    resources: [
      {
        urn: "urn:pulumi:prod::kafka-platform::pulumi:pulumi:Stack::kafka-platform-prod",
        custom: false,
        type: "pulumi:pulumi:Stack",
      },
      {
        urn: urnOf(KAFKA, "kafka"),
        custom: true,
        id: "0f0e-id",
        type: KAFKA,
        inputs: {
          __internal: {},
          bootstrapServers: '["kafka:9092"]',
          tlsEnabled: "true",
          version: "3.13.2",
        },
      },
      {
        urn: urnOf(TOPIC, "orders"),
        custom: true,
        id: "orders",
        type: TOPIC,
        inputs: {
          __defaults: [],
          name: "orders",
          partitions: 6,
          replicationFactor: 3,
          config: { __defaults: [] },
        },
        outputs: { name: "orders", partitions: 6 },
        provider: reference,
        dependencies: null,
        protect: true,
      },
      {
        urn: urnOf(USER, "shop"),
        custom: true,
        id: "shop|SCRAM-SHA-512",
        type: USER,
        inputs: {
          __defaults: [],
          username: "shop",
          scramMechanism: "SCRAM-SHA-512",
          scramIterations: 8192,
          password,
        },
        provider: reference,
        propertyDependencies: { password: null },
      },
      ...more,
    ],
  },
});

const read = (content: unknown) => readCheckpoint(JSON.stringify(content), "state.json", STACK);
const state = (content: unknown, cipher = withheldSecrets()) =>
  stateOfCheckpoint(read(content), cipher, [kafkaProvider]);

const goals = [provider(), topic("orders", {}, { protect: true }), user("shop", "guess")];

test("what the real providers recorded is no difference to what the program says", () => {
  const { resources } = planGoals({
    stack: STACK,
    providers: [kafkaProvider],
    goals: goals.slice(0, 2),
    state: state(exported(sealed({ ciphertext: "v1:a:b" }))),
  });
  expect(resources.map(({ verb, urn }) => [verb, urn.split("::").at(-1)])).toEqual([
    ["same", "kafka"],
    ["same", "orders"],
    ["delete", "kafka-platform-prod"],
    ["delete", "shop"],
  ]);
});

test("secrets without a key are secrets of unknown value", () => {
  const password = state(exported(sealed({ ciphertext: "v1:a:b" }))).resources.get(
    urnOf(USER, "shop"),
  )?.inputs["password"];
  expect(isSecret(password) && unwrap(password)).toBe(UNKNOWN);
});

test("secrets with the key, and those that were exported in the open, are read", async () => {
  const { cipher } = await createSalt({ value: "pass", source: "the test" });
  const cases = [
    sealed({ ciphertext: cipher.encrypt('"hunter2"') }),
    sealed({ plaintext: '"hunter2"' }),
  ];
  for (const given of cases) {
    const password = state(exported(given), cipher).resources.get(urnOf(USER, "shop"))?.inputs[
      "password"
    ];
    expect(isSecret(password) && unwrap(password)).toBe("hunter2");
  }
});

test("an export says whether there are secrets in it, and which salt they need", () => {
  expect(read(exported(sealed({ ciphertext: "x" })))).toMatchObject({
    hasSecrets: true,
    salt: "v1:c2FsdA==:v1:x:y",
  });
  expect(read(exported(sealed({ plaintext: '"x"' }))).hasSecrets).toBe(false);
  const cloud = { ...exported("x") };
  const foreign = {
    ...cloud,
    deployment: { ...cloud.deployment, secrets_providers: { type: "service", state: {} } },
  };
  expect(read(foreign).salt).toBeUndefined();
});

test("replaced objects that are still to be deleted are no live resources", () => {
  const left = {
    urn: urnOf(TOPIC, "orders"),
    custom: true,
    id: "orders-old",
    type: TOPIC,
    delete: true,
    inputs: { name: "orders-old", partitions: 1, replicationFactor: 1 },
    provider: reference,
  };
  const { resources, pendingDeletes } = state(exported("x", [left]));
  expect(resources.get(urnOf(TOPIC, "orders"))?.id).toBe("orders");
  expect([...pendingDeletes.values()].map(({ id }) => id)).toEqual(["orders-old"]);
});

test("an export whose resources have hooks is read: the CLI writes format 4 then", () => {
  const hooked = { ...exported("x"), version: 4, features: ["hooks"] };
  expect([...state(hooked).resources.keys()]).toEqual([...state(exported("x")).resources.keys()]);
});

test("a stack without resources is an empty state", () => {
  const empty = { version: 3, deployment: { manifest: {}, resources: null } };
  expect(state(empty).resources.size).toBe(0);
});

test.each([
  ["not JSON", "{", "state.json is not JSON (Expected property name"],
  ["an empty file", "", "state.json is not JSON (Unexpected end of JSON input)"],
  ["something else", '{"version":1}', "state.json is no export of a stack (at version)"],
  [
    "a feature that this version does not know",
    '{"version":4,"features":["hooks","views"],"deployment":{}}',
    "state.json is no export of a stack (at features.1)",
  ],
  ["a list", "[]", "state.json is no export of a stack"],
  [
    "resources of no kind",
    '{"version":3,"deployment":{"resources":[{"urn":"x","type":"y"}]}}',
    "(at deployment.resources.0.urn)",
  ],
  [
    "a broken URN",
    '{"version":3,"deployment":{"resources":[{"urn":"urn:pulumi:x","type":"y"}]}}',
    'holds "urn:pulumi:x", which is not the URN of a resource',
  ],
  [
    "another stack",
    JSON.stringify(exported("x")).replaceAll("pulumi:prod::", "pulumi:staging::"),
    "is the state of stack staging of project kafka-platform; wanted stack prod of kafka-platform",
  ],
  [
    "another project",
    JSON.stringify(exported("x")).replaceAll("::kafka-platform::", "::shop::"),
    "is the state of stack prod of project shop; wanted stack prod of kafka-platform",
  ],
])("%s is refused in one sentence", (_, text, message) => {
  expect(() => readCheckpoint(text, "state.json", STACK)).toThrow(message);
});

test("an export with a wrong value in any place, or cut anywhere, is refused in words, or taken", () => {
  const text = JSON.stringify(exported("plain"));
  const damaged = [
    ...withWrongValues(exported("plain")).map((one) => JSON.stringify(one)),
    ...Array.from({ length: text.length }, (_, length) => text.slice(0, length)),
  ];
  const refusals = damaged.flatMap((one) => {
    try {
      const checkpoint = readCheckpoint(one, "state.json", STACK);
      stateOfCheckpoint(checkpoint, withheldSecrets(), [kafkaProvider]);
      return [];
    } catch (error) {
      // Anything else would end in a stack trace.
      if (!(error instanceof UserError)) throw error;
      return [error.message];
    }
  });
  expect(refusals.length).toBeGreaterThan(500);
  for (const refusal of refusals) expect(refusal).not.toMatch(/Invalid input|undefined|\[object/);
});
