import { expect, test } from "vitest";
import { groupGrants } from "../../../model/catalogue/account-groups.ts";
import { accountAccess } from "../../../model/catalogue/account-access.ts";
import { accountFaults } from "../../../model/catalogue/checks/account-checks.ts";
import { accountSchema, ownGrants } from "../../../model/access/account-declaration.ts";
import { event } from "../../../model/topic/topic-profiles.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";

const parse = (declared: object) => accountSchema.parse({ description: "d", ...declared });
const faultOf = (declared: object) =>
  accountSchema.safeParse({ description: "d", ...declared }).error?.issues[0]?.message;

test("an account comes out in full, in base units", () => {
  const account = parse({
    owner: "payments",
    produces: ["orders"],
    groups: ["operators"],
    mechanism: "SCRAM-SHA-256",
    hosts: ["10.0.0.7"],
    quota: { producerByteRate: "10 MiB", consumerByteRate: "512 KiB", requestPercentage: 50 },
    rotateAfter: "90d",
  });
  const grants = { ...ownGrants(account), deadLetters: [{ origin: "orders", topic: "lost" }] };
  const groupGrants = { operators: { produces: [], consumes: [], inspects: true } };
  const resolved = { ...account, name: "shop", owner: "payments", grants, groupGrants };
  expect(accountAccess(resolved)).toEqual({
    username: "shop",
    credentials: [{ mechanism: "SCRAM-SHA-256", generation: 1 }],
    grants: {
      produces: ["orders"],
      consumes: [],
      deadLetters: [{ origin: "orders", topic: "lost" }],
    },
    groups: { operators: { produces: [], consumes: [], inspects: true } },
    hosts: ["10.0.0.7"],
    quota: { producerByteRate: 10_485_760, consumerByteRate: 524_288, requestPercentage: 50 },
    rotateAfter: 7_776_000_000,
  });
});

test("a rotated account logs in with what it was rotated to, whatever it began with", () => {
  const rotated = [{ mechanism: "SCRAM-SHA-512", generation: 2, since: "2026-11-21" }] as const;
  const declared = parse({ mechanism: "SCRAM-SHA-256" });
  const named = {
    name: "constructor",
    owner: "payments",
    grants: ownGrants(declared),
    groupGrants: {},
  };
  const account = { ...declared, ...named };
  expect(accountAccess(account, { credentials: { constructor: rotated } }).credentials).toEqual(
    rotated,
  );
  expect(accountAccess(account).credentials).toEqual([
    { mechanism: "SCRAM-SHA-256", generation: 1 },
  ]);
});

test("what an environment says of an account holds there, and what it leaves out stays", () => {
  const declared = parse({
    hosts: ["10.0.0.7"],
    quota: { requestPercentage: 50 },
    environments: {
      dev: { hosts: ["172.20.0.1"], quota: { requestPercentage: 200 } },
      staging: { quota: undefined },
    },
  });
  const named = { name: "shop", owner: "o", grants: ownGrants(declared), groupGrants: {} };
  const access = (environment?: "dev" | "staging" | "prod") => {
    const stack = environment && { environment };
    const { hosts, quota } = accountAccess({ ...declared, ...named }, stack);
    return [hosts, quota?.requestPercentage];
  };
  expect(access()).toEqual([["10.0.0.7"], 50]);
  expect(access("dev")).toEqual([["172.20.0.1"], 200]);
  expect(access("staging")).toEqual([["10.0.0.7"], 50]);
  expect(access("prod")).toEqual([["10.0.0.7"], 50]);
  expect(faultOf({ environments: { dev: { produces: ["orders"] } } })).toContain("unknown key");
  expect(faultOf({ environments: { dev: { hosts: ["0.0.0.0"] } } })).toContain("leave `hosts` out");
});

test.each([
  ["10.0.0.7", "10.0.0.7"],
  ["::1", "0:0:0:0:0:0:0:1"],
  ["2001:DB8::00ff", "2001:db8:0:0:0:0:0:ff"],
  ["fe80:1:2:3:4:5:6:7", "fe80:1:2:3:4:5:6:7"],
  ["1::", "1:0:0:0:0:0:0:0"],
  ["::ffff:10.0.0.7", "10.0.0.7"],
])("the address %s is what Java prints: %s", (given, printed) => {
  expect(parse({ hosts: [given] }).hosts).toEqual([printed]);
});

test.each(["10.0.0.0/8", "10.0.0.*", "10.0.0.1-10.0.0.9", "10.0.0.1,10.0.0.2", "*"])(
  "the range %s is refused, with the place for it",
  (range) => {
    expect(faultOf({ hosts: [range] })).toMatch(/firewall rule or a NetworkPolicy$/);
  },
);

test.each(["shop.example.org", "10.0.0", "10.0.0.256", "fe80::1%eth0", ""])(
  "%j is no address",
  (text) => {
    expect(faultOf({ hosts: [text] })).toMatch(/^an IPv4 or IPv6 address/);
  },
);

test.each<[object, string]>([
  [{ produces: ["*"] }, "or the start of one with * at its end"],
  [{ produces: ["a*b"] }, "or the start of one with * at its end"],
  [{ produces: ["_*"] }, "or the start of one with * at its end"],
  [{ produces: ["__*"] }, "or the start of one with * at its end"],
  [{ quota: {} }, "at least one limit"],
  [{ quota: { requestPercentage: 0 } }, "a percentage from 0.01 to 100000"],
  [{ mechanism: "PLAIN" }, "SCRAM-SHA-512 or SCRAM-SHA-256"],
  [{ hosts: [] }, "leave it out to allow every address"],
])("%j is refused", (declared, message) => {
  expect(faultOf(declared)).toContain(message);
});

test("prefixes are accepted for topics and groups", () => {
  const consumes = [{ topics: ["shop.*", "shop*"], group: "spark-*" }];
  expect(parse({ consumes }).consumes).toEqual(consumes);
});

const at = (name: string, declared: object) => ({
  file: "a.ts",
  value: { ...parse(declared), name },
});
const topics = ["orders", "shop-orders"];
const app = { applicationId: "shop", consumes: ["orders"] };

test.each<[string, object, string[]]>([
  ["good references", { produces: ["orders", "shop*"], groups: ["readers"] }, []],
  [
    "a group that is nowhere",
    { groups: ["writers"] },
    ['a.ts: accounts.x: group "writers" is declared nowhere; the groups are: readers'],
  ],
  [
    "a group twice",
    { groups: ["readers", "readers"] },
    ['a.ts: accounts.x: group "readers" is named twice'],
  ],
  [
    "topics that are nowhere",
    {
      produces: ["order", "pay*"],
      connect: [{ group: "c", configTopic: "k", offsetTopic: "orders", statusTopic: "orders" }],
    },
    [
      'a.ts: accounts.x: topic "order" is declared nowhere; did you mean "orders"?',
      'a.ts: accounts.x: no declared topic starts as "pay*" says; is it misspelt?',
      'a.ts: accounts.x: topic "k" is declared nowhere; is it misspelt?',
    ],
  ],
  [
    "an application whose internal topics would be somebody's",
    { streams: [app] },
    [
      'a.ts: accounts.x: streams application "shop" would own topic "shop-orders", ' +
        "because its internal topics start so; give it another applicationId",
    ],
  ],
])("exactly the faults of an account with %s are told", (_, declared, faults) => {
  const groups = { readers: { description: "d", owner: "o" } };
  expect(accountFaults([at("x", declared)], topics, groups)).toEqual(faults);
});

test("faults of groups and of all accounts come together", () => {
  const streams = [{ ...app, applicationId: "jobs" }];
  const groups = {
    bad: { description: "", owner: "o" },
    lost: { description: "d", owner: "o", produces: ["gone"] },
  };
  const accounts = [at("entity-default", { streams }), at("y", { streams })];
  expect(accountFaults(accounts, topics, groups)).toEqual([
    'topics/account-groups.ts: bad.description: given ""; wanted some text',
    'topics/account-groups.ts: lost: topic "gone" is declared nowhere; is it misspelt?',
    "a.ts: accounts.entity-default: Kafka's provider reserves this name for the default user",
    'streams application "jobs" is declared twice: accounts.entity-default in a.ts and accounts.y in a.ts',
  ]);
});

test("groups and transactional ids of another owner are refused, unless both have agreed", () => {
  const domain = (owner: string, account: string, more: object) => ({
    owner,
    topics: {
      [`${owner}-events`]: event({
        ...{ description: "d", key: "k", classification: "internal", partitions: 1 },
        eventsPerHour: { from: 1, to: 2 },
      }),
    },
    accounts: {
      [account]: {
        description: "d",
        consumes: [{ topics: [`${owner}-events`], group: `${owner}_*` }],
        ...more,
      },
    },
  });
  const declared = (ofTda: object, ofShop: object) => ({
    domains: {
      "topics/tda.ts": domain("tda", "backup", { transactionalIds: ["flink_jobs"], ...ofTda }),
      "topics/shop.ts": domain("shop", "evil-reader", {
        consumes: [{ topics: ["shop-events"], group: "tda_*" }],
        transactionalIds: ["flink_*"],
        ...ofShop,
      }),
    },
  });
  const both =
    "accounts.backup of tda (topics/tda.ts) and accounts.evil-reader of shop (topics/shop.ts) may both";
  expect(() => loadCatalogue(declared({}, { sharesWith: ["backup"] }))).toThrow(
    [
      "The catalogue is not valid: 2 faults",
      `consumer group tda_*: ${both} join it, and would take each other's partitions; give each one of its own, or let each name the other in sharesWith`,
      `transactional id flink_jobs: ${both} use it, and would end each other's transactions; give each one of its own, or let each name the other in sharesWith`,
    ].join("\n  - "),
  );
  const agreed = declared({ sharesWith: ["evil-reader"] }, { sharesWith: ["backup"] });
  expect(loadCatalogue(agreed).accounts.map(({ name }) => name)).toEqual(["backup", "evil-reader"]);
  expect(() => loadCatalogue(declared({ sharesWith: ["backup", "nobody"] }, {}))).toThrow(
    /accounts\.backup\.sharesWith: "backup" is the account itself\n.*account "nobody" is declared nowhere/,
  );
});

test("an account is its domain's unless it says whose it is", () => {
  const domain = {
    owner: "shop",
    topics: {},
    accounts: { a: { description: "d" }, b: { description: "d", owner: "fraud" } },
  };
  const { accounts } = loadCatalogue({ domains: { "a.ts": domain } });
  expect(accounts.map(({ name, owner }) => [name, owner])).toEqual([
    ["a", "shop"],
    ["b", "fraud"],
  ]);
});

test("a group that does not fit its schema gives nobody anything", () => {
  const bad = { writers: { description: "", owner: "o" } };
  expect(() => groupGrants({ groups: ["writers"] }, bad)).toThrow(
    'writers.description: given ""; wanted some text',
  );
});
