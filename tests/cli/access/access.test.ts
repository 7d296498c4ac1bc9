import { expect, test } from "vitest";
import { EXAMPLE_DOMAINS } from "../example-catalogue.ts";
import { runOn } from "../run-command.ts";

/** `kafka-platform access` on the catalogue. */
const access = (...args: readonly string[]) => runOn(EXAMPLE_DOMAINS)("access", ...args);

test("whether an account may do something is answered: yes with the reason, no with exit code 1", async () => {
  expect(await access("shop-backend", "write", "topic:transactions")).toEqual({
    status: 0,
    stdout:
      "yes: User:shop-backend|*|Write|Allow|Topic|transactions|Literal: produces transactions\n",
    stderr: "",
  });
  expect(await access("shop-backend", "Read", "topic:transactions")).toEqual({
    status: 1,
    stdout: "no: nothing that is declared grants it\n",
    stderr: "",
  });
  expect((await access("monitor", "describe-configs", "cluster")).stdout).toBe(
    "yes: User:monitor|*|DescribeConfigs|Allow|Cluster|kafka-cluster|Literal: group operators: inspects\n",
  );
  expect((await access("spark-streaming", "write", "transactional-id:spark-3")).status).toBe(0);
  expect((await access("admin", "delete", "topic:whatever")).stdout).toBe(
    "yes: User:admin is a super user\n",
  );
  const json = await access("cdc-consumer", "read", "group:cdc_consumer_1", "--format", "json");
  expect(JSON.parse(json.stdout)).toEqual({
    ...{ allowed: true, principal: "User:cdc-consumer", host: "0.0.0.0", operation: "Read" },
    ...{ resourceType: "Group", resourceName: "cdc_consumer_1" },
    reason:
      "User:cdc-consumer|*|Read|Allow|Group|cdc_consumer_|Prefixed: " +
      "consumes as cdc_consumer_*",
  });
});

test("everything that an account may do is told, without what says nothing new", async () => {
  expect((await access("cdc-consumer")).stdout).toBe(`cdc-consumer, from every address:

TOPIC  Read  Write  Create  Delete  Alter  Describe  AlterConfigs  DescribeConfigs
db.*   yes   -      -       -       -      yes       -             -

CONSUMER GROUP  Read  Delete  Describe  AlterConfigs  DescribeConfigs
cdc_consumer_*  yes   -       yes       -             -

Everything else is denied; of 5 declared topics 3 altogether.
`);
});

test("as JSON every declared topic is told, allowed or denied", async () => {
  const { stdout } = await access("shop-backend", "--format", "json");
  const { resources } = JSON.parse(stdout) as { resources: { name: string; operations: object }[] };
  const operationsOn = (name: string) => resources.find((row) => row.name === name)?.operations;
  const nothing = {
    ...{ Read: false, Write: false, Create: false, Delete: false, Alter: false },
    ...{ Describe: false, AlterConfigs: false, DescribeConfigs: false },
  };
  expect(operationsOn("db.users")).toEqual(nothing);
  expect(operationsOn("transactions")).toEqual({ ...nothing, Write: true, Describe: true });
});

test("everybody who may do anything on one topic is told", async () => {
  expect((await access("--topic", "transactions")).stdout).toBe(
    `ACCOUNT          Read  Write  Create  Delete  Alter  Describe  AlterConfigs  DescribeConfigs
monitor          -     -      -       -       -      yes       -             yes
shop-backend     -     yes    -       -       -      yes       -             -
spark-streaming  yes   -      -       -       -      yes       -             -
kafka-ui         yes   -      -       -       -      yes       -             yes
kafka-operator   yes   -      -       -       -      yes       -             yes

Super users (admin, broker, controller) may do everything; everybody else nothing.
`,
  );
});

test("for every topic it is told who writes and who reads it", async () => {
  const { stdout } = await access();
  expect(stdout.split("\n").map((line) => line.split(/ {2,}/))).toContainEqual([
    ...["transactions", "shop-backend", "spark-streaming, kafka-ui, kafka-operator"],
  ]);
  expect(stdout).not.toContain("warning");
});

test("the super users are those of the stack that is named", async () => {
  expect((await access("broker-a", "alter", "cluster")).stderr).toContain(
    'There is no account "broker-a". Did you mean "broker"? The accounts are: admin, broker, capture',
  );
  expect((await access("broker-a", "alter", "cluster", "--stack", "prod")).status).toBe(0);
});

test.each([
  [
    ["shop-backend", "frob", "topic:x"],
    '"frob" is no operation on a topic: wanted Read, Write, Create, Delete, Alter, Describe, AlterConfigs, DescribeConfigs.',
  ],
  [
    ["shop-backend", "write", "transactions"],
    '"transactions" is no resource: wanted topic:NAME, group:NAME, transactional-id:NAME or cluster. Did you mean "topic:transactions"?',
  ],
  [
    ["shop-backend", "read", "x"],
    '"x" is no resource: wanted topic:NAME, group:NAME, transactional-id:NAME or cluster.',
  ],
  [["shop-backend", "read"], "Wanted [ACCOUNT [OPERATION RESOURCE]], given shop-backend read."],
  [["--topic", "nope"], 'There is no topic "nope". The topics are: analytics-events, db.orders,'],
  [["x", "--topic", "nope"], "--topic asks about every account: leave the account out."],
])("%j is refused", async (args, message) => {
  const { status, stderr } = await access(...args);
  expect(status).toBe(1);
  expect(stderr).toContain(`error: ${message}`);
});

test("an account is asked about as it is in the environment of the stack", async () => {
  const [[file, domain] = ["", {}]] = Object.entries(EXAMPLE_DOMAINS) as [string, object][];
  const backend = {
    ...{ description: "d", produces: ["transactions"] },
    environments: { prod: { hosts: ["10.0.0.7"] } },
  };
  const domains = { [file]: { ...domain, accounts: { "shop-backend": backend } } };
  const may = async (...args: readonly string[]) =>
    (await runOn(domains)("access", "shop-backend", "write", "topic:transactions", ...args)).status;
  expect(await may("--from", "10.0.0.8")).toBe(0);
  expect(await may("--from", "10.0.0.8", "--stack", "prod")).toBe(1);
  expect(await may("--stack", "prod")).toBe(0);
});
