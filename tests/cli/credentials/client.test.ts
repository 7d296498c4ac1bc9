import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCommandIn } from "../run-command.ts";
import { CLIENT_PROFILES } from "../../../model/credentials/client-profiles.ts";

/** `npm run client` on a stack that a stand-in for the Pulumi CLI says is up. */

const PASSWORD = "Abc123Secret";
const CA = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
const OUTPUTS = {
  bootstrapServers: "127.0.0.1:9092",
  tlsEnabled: false,
  accounts: {
    shop: {
      username: "shop",
      password: PASSWORD,
      mechanism: "SCRAM-SHA-512",
      consumerGroups: ["shop"],
    },
    billing: {
      username: "billing",
      password: "Other456",
      mechanism: "SCRAM-SHA-256",
      consumerGroups: ["audit*", "bills"],
    },
  },
};

let home = "";

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "kafka-platform-"));
  mkdirSync(path.join(home, "bin"));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

/** A `pulumi` that answers the two questions the command asks. */
function standIn(outputs: object): void {
  const script = [
    "#!/bin/sh",
    'case "$*" in',
    `*"stack ls"*) echo '[{"name":"dev","resourceCount":9}]' ;;`,
    `*"stack output"*"--show-secrets"*) printf '%s' '${JSON.stringify(outputs)}' ;;`,
    "*version*) echo v3.270.0 ;;",
    "*) exit 1 ;;",
    "esac",
  ];
  writeFileSync(path.join(home, "bin", "pulumi"), script.join("\n"), { mode: 0o755 });
}

async function client(...args: string[]) {
  const finished = await runCommandIn(
    { PATH: `${path.join(home, "bin")}:/usr/bin:/bin`, KAFKA_PLATFORM_HOME: home },
    "client",
    ...args,
  );
  expect(finished.stdout + finished.stderr).not.toContain(PASSWORD);
  return finished;
}

test("a properties file is written for its owner only, beside the stack's other files", async () => {
  standIn(OUTPUTS);
  const file = path.join(home, "dev", "clients", "shop.client.properties");
  expect(await client("shop")).toEqual({
    status: 0,
    stdout: `Wrote ${file} (profile durability). It holds the password of shop.\n`,
    stderr: "",
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8")).toBe(
    `# Written by kafka-platform for account shop, profile durability. Holds a password: keep it private.
bootstrap.servers=127.0.0.1:9092
security.protocol=SASL_PLAINTEXT
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="shop" password="${PASSWORD}";

# Producers
acks=all
enable.idempotence=true
retries=2147483647
max.in.flight.requests.per.connection=1
request.timeout.ms=10000
compression.type=gzip
batch.size=16384
linger.ms=5
buffer.memory=33554432

# Consumers
group.id=shop
auto.offset.reset=earliest
enable.auto.commit=false
max.poll.records=500
session.timeout.ms=30000
heartbeat.interval.ms=3000
fetch.min.bytes=1024
fetch.max.wait.ms=500
`,
  );
});

test("a JSON file is written in the folder and with the profile asked for", async () => {
  standIn({ ...OUTPUTS, tlsEnabled: true, caCertificate: CA });
  const out = path.join(home, "handed-over");
  expect(
    await client("billing", "--format", "json", "--profile", "throughput", "--out", out),
  ).toMatchObject({ status: 0 });
  expect(JSON.parse(readFileSync(path.join(out, "billing.client.json"), "utf8"))).toEqual({
    comment:
      "Written by kafka-platform for account billing, profile throughput. Holds a password: keep it private.",
    bootstrapServers: ["127.0.0.1:9092"],
    securityProtocol: "SASL_SSL",
    ssl: { ca: CA },
    sasl: { mechanism: "SCRAM-SHA-256", username: "billing", password: "Other456" },
    consumerGroups: ["audit*", "bills"],
    producer: CLIENT_PROFILES.throughput.producer,
    consumer: CLIENT_PROFILES.throughput.consumer,
  });
});

test.each(["properties", "json"])(
  "its own %s file is replaced, another's is not",
  async (format) => {
    standIn(OUTPUTS);
    const file = path.join(home, `shop.client.${format}`);
    const again = (...more: string[]) => client("shop", "--out", home, "--format", format, ...more);
    expect((await again()).status).toBe(0);
    expect((await again("--profile", "latency")).status).toBe(0);
    expect(readFileSync(file, "utf8")).toContain("profile latency");

    writeFileSync(file, "mine\n", { mode: 0o644 });
    const refused = await again();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(`${file} was not written by this command`);
    expect(readFileSync(file, "utf8")).toBe("mine\n");

    expect((await again("--force")).status).toBe(0);
    expect(readFileSync(file, "utf8")).toContain("profile durability");
    expect(statSync(file).mode & 0o777).toBe(0o600);
  },
);

test.each<[string[], string]>([
  [
    ["shp"],
    'There is no account "shp" in this stack. Did you mean "shop"? The accounts are: billing, shop.',
  ],
  [["toString"], 'There is no account "toString"'],
  [["shop", "--profile", "fast"], "--profile fast: wanted durability, throughput, latency."],
  [["shop", "--format", "yaml"], "--format yaml: wanted properties, json."],
  [[], "Wanted ACCOUNT, given nothing.\nUsage: kafka-platform client ACCOUNT [flags]"],
  [["shop", "billing"], "Wanted ACCOUNT, given shop billing."],
])("%j fails with one clear message", async (args, message) => {
  standIn(OUTPUTS);
  const { status, stdout, stderr } = await client(...args);
  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("a stack that is not up, or was put up before there was a hand-over, says what to do", async () => {
  expect((await client("shop")).stderr).toContain("Stack dev is not up: run `npm start`");
  standIn({ bootstrapServers: "127.0.0.1:9092" });
  expect((await client("shop")).stderr).toContain(
    "another version of the program: run `npm start` first",
  );
});

test("the profiles differ from one another in these figures", () => {
  const settings = Object.values(CLIENT_PROFILES).map(({ producer, consumer }) => [
    producer["acks"],
    producer["batch.size"],
    producer["linger.ms"],
    producer["compression.type"],
    producer["buffer.memory"],
    consumer["fetch.min.bytes"],
    consumer["fetch.max.wait.ms"],
    consumer["max.poll.records"],
  ]);
  expect(settings).toEqual([
    ["all", "16384", "5", "gzip", "33554432", "1024", "500", "500"],
    ["1", "65536", "10", "lz4", "134217728", "65536", "500", "5000"],
    ["1", "0", "0", "none", undefined, "1", "100", "100"],
  ]);
});
