import { observabilitySettings } from "../../../model/observability/observability-settings.ts";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { Acl } from "../../../model/access/authorizer.ts";
import { compileGrants } from "../../../model/access/compile-grants.ts";
import { topicSpec } from "../../../model/topic/topic-spec.ts";
import { declaredAccess } from "../../../cli/access/declared-access.ts";
import { toBinding } from "../../../cli/cleanup/kafka-identities.ts";
import { remove, takeInventory } from "../../../cli/cleanup/prune.ts";
import type { Orphan } from "../../../cli/cleanup/orphans.ts";
import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../../topics/index.ts";
import { fakePulumi } from "../../support/pulumi/fake-pulumi.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { adminOf, loginResult, told } from "../../support/kafka/kafka-clients.ts";
import { platformUsers } from "../../support/kafka/platform-users.ts";

const TIMEOUT_MS = 240_000;
const STACK_SECRET = "0123456789abcdef0123456789abcdef";
const catalogue = loadCatalogue(DECLARATIONS);
const access = declaredAccess(catalogue, {
  ...{ cluster: { kind: "docker" } as never, credentials: {}, environment: "dev" },
  ui: { enabled: true, port: 8080, image: "ui" },
  observability: observabilitySettings.parse({}),
});

let home: string;
let broker: JarBroker;
let admin: KafkaAdmin;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "kafka-platform-"));
});
afterEach(async () => {
  rmSync(home, { recursive: true, force: true });
  await admin.close();
  await broker.destroy();
});

const STACK_FILE = `config:
  kafka-platform:environment: dev
  kafka-platform:protection: false
  kafka-platform:cluster: { kind: docker }
  kafka-platform:credentials:
    former:
      - { mechanism: SCRAM-SHA-512, generation: 3 }
`;

/** `kafka-platform prune` on a stack that is up on the broker, its state holding `resources`. */
function prune(resources: Parameters<typeof fakePulumi>[2], ...args: string[]) {
  const outputs = {
    ...{ bootstrapServers: broker.bootstrapServer, tlsEnabled: false, caCertificate: null },
    admin: { ...broker.admin, mechanism: "SCRAM-SHA-512" },
  };
  fakePulumi(home, outputs, resources);
  const file = path.join(home, "Pulumi.dev.yaml");
  writeFileSync(file, STACK_FILE);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["cli/main.ts", "prune", "--config-file", file, ...args],
    {
      encoding: "utf8",
      env: { PATH: `${path.join(home, "bin")}:/usr/bin:/bin`, KAFKA_PLATFORM_HOME: home },
    },
  );
  return { status, stdout, stderr };
}

const done = (outcomes: Parameters<typeof told>[0]) =>
  expect(told(outcomes).filter((outcome) => outcome !== "ok")).toEqual([]);

const topic = (name: string) => ({ name, partitions: 1, replicationFactor: 1, configs: {} });
const credential = (username: string) => ({
  ...{ username, password: `${username}-secret`, iterations: 4096 },
  mechanism: "SCRAM-SHA-512" as const,
});
const acl = (username: string, resourceName: string, permission: Acl["permission"] = "Allow") =>
  toBinding({
    ...{ principal: `User:${username}`, host: "*", operation: "Read", permission },
    ...{ resourceType: "Topic", resourceName, patternType: "Literal" },
  });

/** Everything that the program declares. */
async function declareAll(): Promise<void> {
  done(
    await admin.createTopics(
      catalogue.topics.map((declared) => {
        const { config, ...spec } = topicSpec(declared, "dev");
        return { name: declared.name, ...spec, configs: config };
      }),
    ),
  );
  const entries = access.accounts.flatMap(compileGrants);
  done(await admin.createAcls(entries.map(({ entry }) => toBinding(entry))));
  const logins = access.accounts.map(({ username, credentials: [{ mechanism }] }) => {
    return { ...credential(username), mechanism };
  });
  done(await admin.upsertScramCredentials(logins));
}

/** What a failed run, a former declaration, somebody's hand and another tool have left. */
async function leaveStrays(): Promise<void> {
  done(
    await admin.createTopics(
      ["tda_old", "transactions.dlq", "retired", "other.events", "shop-old"].map(topic),
    ),
  );
  done(
    await admin.createAcls([
      acl("shop-backend", "user-state"),
      acl("former", "orders"),
      acl("shop-backend", "transactions", "Deny"),
      acl("other-tool", "other.events"),
    ]),
  );
  done(
    await admin.upsertScramCredentials([
      ...[credential("former"), credential("other-tool"), credential("shop-old")],
      { ...credential("shop-backend"), mechanism: "SCRAM-SHA-256" },
    ]),
  );
  const limit = { set: { producer_byte_rate: 1_000_000 }, remove: [] };
  done(
    await admin.alterQuotas([
      { entity: { type: "user", name: "schema-registry" }, ...limit },
      { entity: { type: "user", name: "admin" }, ...limit },
      { entity: { type: "user" }, ...limit },
      { entity: { type: "client-id", name: "reports" }, ...limit },
    ]),
  );
}

const inventory = async () => {
  const { topics, acls, credentials, quotas } = await takeInventory(admin);
  return {
    topics: topics.length,
    acls: acls.length,
    credentials: credentials.length,
    quotas: quotas.length,
  };
};

const RETIRED = [{ type: "kafka:index/topic:Topic", name: "retired" }];

test(
  "what is declared nowhere is found with its cause, and only what is ours goes",
  async () => {
    broker = await JarBroker.start({ users: platformUsers(STACK_SECRET) });
    admin = await adminOf(broker);
    await declareAll();
    expect(prune(RETIRED)).toEqual({
      status: 0,
      stdout: "Everything in the cluster is declared.\n",
      stderr: "",
    });
    const clean = await inventory();

    await leaveStrays();
    const left = await inventory();
    const first = prune(RETIRED, "--owned", "shop-old,shop-older*");
    expect(first.stderr).toBe("");
    expect(lines(first.stdout)).toEqual([
      "Declared nowhere, and ours:",
      "ACL | User:former|*|READ|ALLOW|TOPIC|orders|LITERAL | account former was declared once, and is no longer",
      "ACL | User:shop-backend|*|READ|ALLOW|TOPIC|user-state|LITERAL | a run that failed halfway left it, or somebody granted it by hand",
      "credential | former|SCRAM-SHA-512 | account former was declared once, and is no longer",
      "credential | shop-backend|SCRAM-SHA-256 | a credential that no rotation knows of: set by hand, or by an older stack",
      "credential | shop-old|SCRAM-SHA-512 | no account shop-old is declared",
      "quota | default user | the stack has no defaultQuota, or has it no longer",
      "quota | user schema-registry | its account declares no quota, or does no longer",
      "topic | shop-old (1 partition) | no declaration speaks of such a name",
      "topic | tda_old (1 partition) | begins as tda_* of tda_backup, and is declared no longer, or by hand",
      "topic | transactions.dlq (1 partition) | transactions has no dead letter topic of its own any more",
      "Declared nowhere, and perhaps somebody else's; --owned NAME makes it ours:",
      "ACL | User:other-tool|*|READ|ALLOW|TOPIC|other.events|LITERAL | no account other-tool is declared",
      "ACL | User:shop-backend|*|READ|DENY|TOPIC|transactions|LITERAL | somebody has taken a right away on purpose, and no declaration says so",
      "credential | other-tool|SCRAM-SHA-512 | no account other-tool is declared",
      "quota | client-id reports | the stack's clientQuotas do not name it",
      "topic | other.events (1 partition) | no declaration speaks of such a name",
      "Declared nowhere, and stays:",
      "quota | user admin | of the platform's own accounts",
      "topic | retired (1 partition) | no longer declared, and still in the stack's state: the next run removes it",
      "Nothing was changed. `npx kafka-platform prune --stack dev --execute` removes the 10 that are ours.",
    ]);
    expect(first.status).toBe(2);

    expect(prune(RETIRED, "--execute")).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        /^error: Remove the 8 that are ours, .*\? There is no terminal to ask on: pass --yes\.\n$/,
      ) as string,
    });
    expect(await inventory()).toEqual(left);

    const swept = prune(RETIRED, "--owned", "shop-old", "--execute", "--yes");
    expect(swept.stdout).toContain("- topic tda_old\n");
    expect(swept).toMatchObject({ status: 0, stderr: "" });
    expect(await inventory()).toEqual({
      topics: clean.topics + 2,
      acls: clean.acls + 2,
      credentials: clean.credentials + 1,
      quotas: 2,
    });
    expect(prune(RETIRED, "--execute", "--yes").status).toBe(0);

    // Nobody else has lost a login by the removals, also not at the next start.
    await broker.kill();
    await broker.startAgain();
    const everybody = [...platformUsers(STACK_SECRET), broker.admin, credential("other-tool")];
    const results = await Promise.all(everybody.map((login) => loginResult(broker, login)));
    expect(results).toEqual(everybody.map(() => "in"));
    expect(await loginResult(broker, credential("former"))).toBe("AUTHENTICATION");
  },
  TIMEOUT_MS,
);

/** Cells of tables without their padding; headings and sentences as they are. */
const lines = (stdout: string): string[] =>
  stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.trim().split(/ {2,}/).join(" | "));

test(
  "without the anchor account a credential is overwritten, not removed",
  async () => {
    broker = await JarBroker.start();
    admin = await adminOf(broker);
    done(await admin.upsertScramCredentials([credential("former")]));
    const { stdout, status } = prune([], "--execute", "--yes");
    expect(stdout).toContain(
      "- credential former|SCRAM-SHA-512: overwritten with a password nobody has; this volume has no anchor account, so it stays\n",
    );
    expect(status).toBe(0);
    expect(await loginResult(broker, credential("former"))).toBe("AUTHENTICATION");
    expect((await inventory()).credentials).toBe(2);
  },
  TIMEOUT_MS,
);

test(
  "a broker that dies halfway leaves what is not yet removed to the next run, and each failure is named",
  async () => {
    broker = await JarBroker.start({ users: platformUsers(STACK_SECRET) });
    admin = await adminOf(broker);
    done(await admin.createTopics([topic("tda_old")]));
    done(await admin.createAcls([acl("shop-backend", "user-state")]));
    done(await admin.upsertScramCredentials([credential("former")]));
    const found: Orphan[] = [
      { ...ours, kind: "ACL", name: "acl", acl: acl("shop-backend", "user-state") },
      { ...ours, kind: "credential", name: "former", credential: credential("former") },
      { ...ours, kind: "topic", name: "tda_old", topic: { ...topic("tda_old"), internal: false } },
    ];
    const users = await admin.listScramUsers();
    const dying = new Proxy(admin, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== "function") return value;
        return async (...args: unknown[]) => {
          if (key === "deleteScramCredentials") await broker.kill();
          return (await Reflect.apply(value, target, args)) as unknown;
        };
      },
    });
    const outcome = async (through: KafkaAdmin) =>
      (await remove(through, found, users)).map(({ orphan, error }) => [orphan.kind, error?.code]);
    expect(await outcome(dying)).toEqual([
      ["ACL", undefined],
      ["credential", "UNREACHABLE"],
      ["topic", "UNREACHABLE"],
    ]);
    await broker.startAgain();
    expect(await outcome(admin)).toEqual([
      ["ACL", undefined],
      ["credential", undefined],
      ["topic", undefined],
    ]);
    const after = await inventory();
    expect([after.topics, after.acls]).toEqual([0, 0]);
  },
  TIMEOUT_MS,
);

const ours = { claim: "ours", cause: "left over" } as const;

test(
  "a cluster that is not there is named in one message",
  async () => {
    broker = await JarBroker.start();
    admin = await adminOf(broker);
    await broker.kill();
    const { status, stdout, stderr } = prune([]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^error: .*127\.0\.0\.1:\d+.*\n$/);
  },
  TIMEOUT_MS,
);
