import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../topics/index.ts";
import { TEST_ACCOUNTS, TEST_TOPICS } from "../support/catalogue.ts";
import {
  type AccountOutputs,
  count,
  guarded,
  plainText,
  runProgram as run,
  valueOf,
} from "../support/pulumi/program.ts";
import { ofType, type Recorded } from "../support/pulumi/recorder.ts";
import { STACK_SECRET, stackFile } from "../support/pulumi/stack-file.ts";

/** Those of the catalogue, the UI's and the operator's. */
const ACCOUNTS = TEST_ACCOUNTS.length + 2;

test("the dev stack registers these resources and has these outputs", async () => {
  const [recorded, outputs] = await run(stackFile("dev"));
  expect(count(recorded)).toEqual({
    "docker:index/container:Container": 5,
    "docker:index/network:Network": 1,
    "docker:index/remoteImage:RemoteImage": 5,
    "docker:index/volume:Volume": 2,
    "kafka-platform:access:ServiceAccount": ACCOUNTS,
    "kafka-platform:cluster:DockerBroker": 1,
    "kafka-platform:cluster:KafkaUi": 1,
    "kafka-platform:observability:DockerAlertmanager": 1,
    "kafka-platform:observability:DockerGrafana": 1,
    "kafka-platform:observability:DockerPrometheus": 1,
    "kafka-platform:topic:ManagedTopic": TEST_TOPICS.length,
    "kafka:index/acl:Acl": 16,
    "kafka:index/quota:Quota": 2,
    "kafka:index/topic:Topic": TEST_TOPICS.length,
    "kafka:index/userScramCredential:UserScramCredential": ACCOUNTS + 1,
    "pulumi:providers:docker": 1,
    "pulumi:providers:kafka": 1,
  });
  expect(outputs.bootstrapServers).toBe("127.0.0.1:9092");
  expect(outputs.internalBootstrapServers).toBe("broker:9094");
  expect(outputs.environment).toBe("dev");
  const url = "http://127.0.0.1:9404/metrics";
  expect(outputs.metrics).toEqual({ url, urls: [url] });
  expect(outputs.ui).toMatchObject({ url: "http://127.0.0.1:8080", username: "admin" });
  expect(outputs.observability).toMatchObject({
    prometheusUrl: "http://127.0.0.1:9090",
    alertmanagerUrl: "http://127.0.0.1:9093",
    grafana: { url: "http://127.0.0.1:3000", username: "admin" },
    exporter: null,
  });
  expect(outputs.operator).toMatchObject({
    username: "kafka-operator",
    mechanism: "SCRAM-SHA-512",
  });
  expect(outputs.accounts).toMatchObject({
    "batch-api": { username: "batch-api", mechanism: "SCRAM-SHA-512" },
    "batch-worker": { username: "batch-worker", mechanism: "SCRAM-SHA-512" },
  });
});

test("every topic and account of the shipped catalogue is declared", async () => {
  const [recorded] = await run(stackFile("dev"), { domains: DECLARATIONS.domains });
  const { topics, accounts } = loadCatalogue(DECLARATIONS);
  const names = (type: string) => Object.keys(ofType(recorded, type)).sort();
  expect(names("kafka-platform:topic:ManagedTopic")).toEqual(topics.map(({ name }) => name).sort());
  expect(names("kafka-platform:access:ServiceAccount")).toEqual(
    [...accounts.map(({ name }) => name), "kafka-ui", "kafka-operator"].sort(),
  );
});

test("what a client connects with is an output of its account, and secret", async () => {
  const [, outputs] = await run(stackFile("dev"));
  const { clientProperties, clientJson, consumerGroups } = (
    outputs.accounts as Record<string, AccountOutputs>
  )["batch-worker"] as AccountOutputs;
  expect(consumerGroups).toEqual(["batch-worker"]);
  expect(await pulumi.isSecret(clientProperties)).toBe(true);
  expect(await pulumi.isSecret(clientJson)).toBe(true);
  const [properties, json] = await Promise.all([valueOf(clientProperties), valueOf(clientJson)]);
  expect(properties).toContain("bootstrap.servers=127.0.0.1:9092\n");
  expect(properties).toContain("group.id=batch-worker\n");
  expect(properties).not.toContain("ssl.");
  const topics = {
    writes: [{ topic: "batch_results", codec: "gzip", maxMessageSize: 1_048_576 }],
    reads: [{ topic: "batch_jobs", codec: "lz4", maxMessageSize: 1_048_576 }],
  };
  expect(outputs.accounts).toMatchObject({ "batch-worker": { topics } });
  expect(JSON.parse(json)).toMatchObject({ sasl: { username: "batch-worker" }, topics });
});

test("the Kafka provider knows everything it needs in a preview, its password as a secret", async () => {
  const [recorded] = await run(stackFile("dev"));
  const provider = ofType(recorded, "pulumi:providers:kafka")["kafka"];
  expect(provider?.inputs).toMatchObject({
    bootstrapServers: '["127.0.0.1:9092"]',
    tlsEnabled: "false",
    saslMechanism: "scram-sha512",
    saslUsername: "admin",
  });
  expect(provider?.secrets).toEqual(["saslPassword"]);
});

test("the UI's configuration is a secret file, in no image and no environment", async () => {
  const [recorded] = await run(stackFile("dev"));
  const ui = ofType(recorded, "docker:index/container:Container")["ui"];
  expect(ui?.secrets).toEqual(["uploads"]);
  expect(ui?.inputs).toMatchObject({
    name: "kafka-platform-ui",
    ports: [{ internal: 8080, external: 8080, ip: "127.0.0.1" }],
    envs: ["SPRING_CONFIG_ADDITIONAL-LOCATION=/etc/kafka-platform/ui.yml"],
    uploads: [{ file: "/etc/kafka-platform/ui.yml", permissions: "0440" }],
  });
});

test("no plain value of any resource holds a password or the stack's secret", async () => {
  const [recorded] = await run(stackFile("dev"));
  const text = plainText(recorded);
  expect(text).not.toContain(STACK_SECRET);
  for (const { inputs } of Object.values(
    ofType(recorded, "kafka:index/userScramCredential:UserScramCredential"),
  )) {
    expect(text).not.toContain(inputs["password"]);
  }
});

test("what accounts log in with is an output without passwords, the UI's account included", async () => {
  const [, outputs] = await run(stackFile("dev"));
  const first = { live: [{ mechanism: "SCRAM-SHA-512", generation: 1 }], rotateAfter: undefined };
  const credentials = outputs.credentials as Record<string, unknown>;
  expect(Object.keys(credentials)).toEqual([
    "admin",
    ...Object.keys(outputs.accounts as object),
    "kafka-ui",
    "kafka-operator",
  ]);
  expect(credentials).toMatchObject({ "batch-api": first, "kafka-ui": first });
  expect(JSON.stringify(credentials)).not.toContain("password");
});

test("rotated accounts log in with what the configuration says, and the UI is given the same", async () => {
  const rotated = [{ mechanism: "SCRAM-SHA-256", generation: 2, since: "2026-11-21" }];
  const credentials = JSON.stringify({
    "batch-api": rotated,
    "kafka-ui": rotated,
    gone: rotated,
  });
  const [recorded, outputs] = await run({
    ...stackFile("dev"),
    "kafka-platform:credentials": credentials,
  });
  const type = "kafka:index/userScramCredential:UserScramCredential";
  const names = Object.keys(ofType(recorded, type));
  const ofAccount = (account: string) => names.filter((name) => name.startsWith(`${account}|`));
  expect(ofAccount("kafka-ui")).toEqual(["kafka-ui|SCRAM-SHA-256", "kafka-ui|SCRAM-SHA-512"]);
  expect(ofAccount("batch-api")).toHaveLength(2);
  expect(ofAccount("batch-worker")).toEqual(["batch-worker|SCRAM-SHA-512"]);
  expect(ofAccount("gone")).toEqual([]);
  expect(outputs.accounts).toMatchObject({ "batch-api": { mechanism: "SCRAM-SHA-256" } });
  const password = ofType(recorded, type)["kafka-ui|SCRAM-SHA-256"]?.inputs["password"] as string;
  const ui = ofType(recorded, "docker:index/container:Container")["ui"];
  expect(JSON.stringify(ui?.inputs["uploads"])).toContain(password);
  expect(JSON.stringify(ui?.inputs["uploads"])).toContain("SCRAM-SHA-256");
});

test("without the UI there is no container, image, account or grant of it", async () => {
  const [recorded, outputs] = await run({
    ...stackFile("dev"),
    "kafka-platform:ui": '{"enabled":false}',
  });
  expect(recorded.filter(({ name }) => name.includes("ui"))).toEqual([]);
  expect(outputs.ui).toBeNull();
});

/** Inputs of every quota, by logical name. */
const quotasOf = (recorded: readonly Recorded[]) =>
  Object.fromEntries(
    Object.entries(ofType(recorded, "kafka:index/quota:Quota")).map(([name, { inputs }]) => [
      name,
      inputs,
    ]),
  );

test("quotas of everybody and of client ids exist only where they are configured", async () => {
  const without = stackFile("dev");
  delete without["kafka-platform:defaultQuota"];
  const [unlimited] = await run(without);
  expect(quotasOf(unlimited)).toEqual({});
  const [recorded] = await run({
    ...without,
    "kafka-platform:defaultQuota": '{"producerByteRate":"1 MiB"}',
    "kafka-platform:clientQuotas":
      '{"nightly":{"consumerByteRate":"1 MiB"},"*":{"producerByteRate":"2 MiB"}}',
  });
  expect(quotasOf(recorded)).toEqual({
    "entity-default|client-id": {
      ...{ entityType: "client-id", config: { producer_byte_rate: "2097152" } },
    },
    "nightly|client-id": {
      ...{ entityType: "client-id", entityName: "nightly" },
      config: { consumer_byte_rate: "1048576" },
    },
    "entity-default|user": { entityType: "user", config: { producer_byte_rate: "1048576" } },
  });
});

test("the shipped default quota bounds everybody but the one that makes all topics at once", async () => {
  const [recorded] = await run(stackFile("dev"));
  expect(quotasOf(recorded)).toEqual({
    "admin|user": {
      ...{ entityType: "user", entityName: "admin" },
      config: { controller_mutation_rate: "1000000" },
    },
    "entity-default|user": {
      entityType: "user",
      config: { request_percentage: "100", controller_mutation_rate: "20" },
    },
  });
});

test("hooks look at changes of topics and accounts only where the stack is protected", async () => {
  const [unprotected] = await run(stackFile("dev"));
  expect(guarded(unprotected)).toEqual({});
  const [recorded] = await run({ ...stackFile("dev"), "kafka-platform:protection": "true" });
  expect(Object.keys(guarded(recorded)).sort()).toEqual(["account-guard", "topic-guard"]);
});

test("every fault of the configuration is in one message that a user can read", async () => {
  const config = {
    ...stackFile("dev"),
    "kafka-platform:environment": "test",
    "kafka-platform:colour": "red",
  };
  delete (config as Record<string, string>)["kafka-platform:stackSecret"];
  const error = await run(config).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect((error as Error).message).toBe(
    "The configuration of stack test is not valid: 3 faults\n" +
      '  - kafka-platform:environment: given "test"; wanted dev, staging or prod\n' +
      "  - kafka-platform:colour: unknown key; is it misspelt, or in the wrong place?\n" +
      "  - kafka-platform:stackSecret: missing; `npm start` and `npm run init` make it, with the Pulumi CLI `pulumi config set --secret stackSecret …`",
  );
});

test("a stack secret of the wrong shape is refused without being shown", async () => {
  const config = { ...stackFile("dev"), "kafka-platform:stackSecret": "short,secret" };
  const error = await run(config).then(() => undefined, String);
  expect(error).toContain("kafka-platform:stackSecret: given a value of another shape");
  expect(error).not.toContain("short,secret");
});
