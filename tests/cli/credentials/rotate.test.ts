import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCommandIn } from "../run-command.ts";
import { parse } from "yaml";

/** `npm run rotate` on a stack that a stand-in for the Pulumi CLI says is up. */

const TODAY = new Date().toISOString().slice(0, 10);
const OLD = { mechanism: "SCRAM-SHA-512", generation: 1 };
const NEW = { mechanism: "SCRAM-SHA-256", generation: 2, since: TODAY };

let home = "";
let overlay = "";

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "kafka-platform-"));
  mkdirSync(path.join(home, "bin"));
  overlay = path.join(home, "dev", "Pulumi.dev.yaml");
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

/** A `pulumi` that has applied these credentials. */
function applied(credentials: unknown): void {
  const script = [
    "#!/bin/sh",
    'case "$*" in',
    `*"stack ls"*) echo '[{"name":"dev","resourceCount":9},{"name":"team","resourceCount":9}]' ;;`,
    `*"stack output"*) echo '${JSON.stringify({ credentials })}' ;;`,
    "*version*) echo v3.270.0 ;;",
    "*) exit 1 ;;",
    "esac",
  ];
  writeFileSync(path.join(home, "bin", "pulumi"), script.join("\n"), { mode: 0o755 });
}

const rotate = (...args: string[]) =>
  runCommandIn(
    { PATH: `${path.join(home, "bin")}:/usr/bin:/bin`, KAFKA_PLATFORM_HOME: home },
    "rotate",
    ...args,
  );

test("a rotation has three steps, each taken after the one before was applied", async () => {
  applied({ shop: { live: [OLD] } });
  expect(await rotate("shop")).toEqual({
    status: 0,
    stdout: `set: shop has SCRAM-SHA-512 generation 1, SCRAM-SHA-256 generation 2, in ${overlay}.
Next: \`npm start\`. Clients keep working with the credential they have.
Then: \`npm run rotate -- shop\` hands the new one out.
`,
    stderr: "",
  });
  expect(readFileSync(overlay, "utf8")).toBe(`config:
  kafka-platform:credentials:
    shop:
      - mechanism: SCRAM-SHA-512
        generation: 1
      - mechanism: SCRAM-SHA-256
        generation: 2
        since: "${TODAY}"
`);

  applied({ shop: { live: [OLD, NEW] } });
  expect((await rotate("shop", "--step", "hand-out")).stdout)
    .toBe(`hand-out: shop has SCRAM-SHA-256 generation 2, SCRAM-SHA-512 generation 1, in ${overlay}.
Next: \`npm start\`, then give every client of shop the new credential: \`npm run client -- shop\`. The old one keeps working.
Then: when nobody uses the old one, \`npm run rotate -- shop\` retires it.
`);

  applied({ shop: { live: [NEW, OLD] } });
  const unasked = await rotate("shop");
  expect(unasked.status).toBe(1);
  expect(unasked.stderr).toBe(
    "error: Retire SCRAM-SHA-512 generation 1 of shop? Whoever still uses it can no longer log in. " +
      "There is no terminal to ask on: pass --yes.\n",
  );
  expect((await rotate("shop", "--yes")).stdout)
    .toBe(`retire: shop has SCRAM-SHA-256 generation 2, in ${overlay}.
Next: \`npm start\`. From then on nobody logs in with the old credential, and who is logged in with it is cut off when the session ends, within a quarter of an hour by default.
Sooner: docs/runbooks/leaked-password.md.
`);
});

test("as JSON a step says what is live now, where that was written, and what applies it", async () => {
  applied({ shop: { live: [OLD] } });
  expect(await rotate("shop", "--format", "yaml")).toMatchObject({ status: 1, stdout: "" });
  expect(JSON.parse((await rotate("shop", "--format", "json")).stdout)).toEqual({
    step: "set",
    account: "shop",
    live: [OLD, { ...NEW, since: TODAY }],
    file: overlay,
    apply: "npm start",
  });
  const { credentials } = JSON.parse((await rotate("--list", "--format", "json")).stdout) as {
    credentials: { account: string }[];
  };
  expect(credentials.map(({ account }) => account)).toEqual(["shop"]);
});

test("a step that was not applied yet keeps the next one from being taken", async () => {
  applied({ shop: { live: [OLD] } });
  await rotate("shop");
  const before = readFileSync(overlay, "utf8");
  const { status, stderr } = await rotate("shop");
  expect(status).toBe(1);
  expect(stderr).toBe(
    "error: The configuration says SCRAM-SHA-512 generation 1, SCRAM-SHA-256 generation 2 for shop, but " +
      "the stack has SCRAM-SHA-512 generation 1: a step counts once it is applied. Run `npm start` first.\n",
  );
  expect(readFileSync(overlay, "utf8")).toBe(before);
});

test.each<[string[], string]>([
  [["shop", "--step", "retire"], "the next step is set. None can be skipped"],
  [["shop", "--step", "delete"], "--step delete: wanted set, hand-out, retire."],
  [
    ["shp"],
    'There is no account "shp" in this stack. Did you mean "shop"? The accounts are: kafka-ui, shop.',
  ],
  [["toString"], 'There is no account "toString"'],
  [["health"], "health is an account of the platform itself, which is not rotated in this stack"],
  [["broker"], "broker is an account of the platform itself, which is not rotated in this stack"],
  [[], "Wanted ACCOUNT, given nothing.\nUsage: kafka-platform rotate ACCOUNT|--list [flags]"],
  [["shop", "--list"], "Wanted no argument with --list, given shop."],
])("%j fails with one clear message and writes nothing", async (args, message) => {
  applied({ shop: { live: [OLD] }, "kafka-ui": { live: [OLD] } });
  const { status, stdout, stderr } = await rotate(...args);
  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(existsSync(overlay)).toBe(false);
});

test("an account that began with the other mechanism goes the other way", async () => {
  applied({ shop: { live: [{ mechanism: "SCRAM-SHA-256", generation: 1 }] } });
  expect((await rotate("shop")).stdout).toContain(
    "SCRAM-SHA-256 generation 1, SCRAM-SHA-512 generation 2",
  );
});

test("the UI takes its new credential by itself", async () => {
  mkdirSync(path.dirname(overlay));
  const config = { "kafka-platform:credentials": { "kafka-ui": [OLD, NEW] } };
  writeFileSync(overlay, JSON.stringify({ config }));
  applied({ "kafka-ui": { live: [OLD, NEW] } });
  expect((await rotate("kafka-ui")).stdout).toContain(
    "Next: `npm start`, which restarts Kafka UI with the new credential.",
  );
});

test("a stack that a team shares is changed in its own file, comments kept, and says how to apply it", async () => {
  const file = path.join(home, "Pulumi.team.yaml");
  const text = `# ours
config:
  kafka-platform:environment: prod # for real
  kafka-platform:protection: true
  kafka-platform:cluster:
    kind: kubernetes
    context: prod
    storage: {class: fast, size: 10 GiB}
    access: {type: none}
`;
  writeFileSync(file, text);
  applied({ shop: { live: [OLD] } });
  const { stdout } = await rotate("shop", "--stack", "team", "--config-file", file);
  expect(stdout).toContain(`Next: \`npm run pulumi -- up --stack team --config-file ${file}\`.`);
  expect(stdout).toContain(
    `Then: \`npm run rotate -- shop --stack team --config-file ${file}\` hands`,
  );
  const changed = readFileSync(file, "utf8");
  expect(changed.startsWith(text)).toBe(true);
  expect(changed.slice(text.length)).toContain("  kafka-platform:credentials:\n    shop:\n");
});

test("the list shows what is live, since when, and what is overdue; and changes nothing", async () => {
  const days = (count: number) => count * 86_400_000;
  applied({
    late: { live: [{ ...NEW, since: "2026-01-01" }], rotateAfter: days(90) },
    shop: { live: [OLD, { ...NEW, since: "2026-01-01" }], rotateAfter: days(90) },
    plain: { live: [{ ...NEW, since: "2026-01-01" }, OLD] },
  });
  const { status, stdout } = await rotate("--list");
  expect(status).toBe(0);
  expect(stdout)
    .toBe(`ACCOUNT  HANDED OUT                  ALSO LIVE                   SINCE          DUE                      NEXT STEP
late     SCRAM-SHA-256 generation 2  -                           2026-01-01     2026-04-01, overdue      set
plain    SCRAM-SHA-256 generation 2  SCRAM-SHA-512 generation 1  2026-01-01     -                        retire
shop     SCRAM-SHA-512 generation 1  SCRAM-SHA-256 generation 2  its first day  90 days after its first  hand-out
`);
  expect(existsSync(overlay)).toBe(false);
});

test("a stack that is not up, or was put up before there was a rotation, says what to do", async () => {
  expect((await rotate("shop")).stderr).toContain("Stack dev is not up: run `npm start`");
  applied("none");
  expect((await rotate("shop")).stderr).toContain(
    "another version of the program: run `npm start` first",
  );
});

test("users that nodes log in to each other as go from one to the other, in the cluster's settings", async () => {
  const file = path.join(home, "Pulumi.team.yaml");
  const stack = ["--stack", "team", "--config-file", file];
  const cluster = {
    kind: "kubernetes",
    context: "lab",
    storage: { class: "fast", size: "1 GiB" },
    access: { type: "none" },
  };
  const settings = { environment: "prod", protection: false, cluster };
  const config = Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [`kafka-platform:${key}`, value]),
  );
  writeFileSync(file, JSON.stringify({ config }));
  applied({ broker: { live: [{ user: "a", generation: 1 }] } });
  expect(await rotate("broker", ...stack)).toEqual({
    status: 0,
    stdout: `set: broker has user a generation 1, user b generation 2, in ${file}.
Next: \`npm run pulumi -- up --stack team --config-file ${file}\`. Clients keep working with the credential they have.
Then: \`npm run rotate -- broker --stack team --config-file ${file}\` hands the new one out.
`,
    stderr: "",
  });
  const written = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
  const brokerUsers = [
    { user: "a", generation: 1 },
    { user: "b", generation: 2, since: TODAY },
  ];
  expect(written.config["kafka-platform:cluster"]).toEqual({ ...cluster, brokerUsers });

  applied({ broker: { live: brokerUsers } });
  expect((await rotate("broker", ...stack)).stdout).toContain(
    `Next: \`npm run pulumi -- up --stack team --config-file ${file}\`, which restarts the brokers one by one with the new user.`,
  );
  expect((await rotate("broker", "--list", ...stack)).stderr).toContain(
    "Wanted no argument with --list",
  );
  expect((await rotate("--list", ...stack)).stdout).toContain(
    "broker   user a generation 1  user b generation 2  its first day  -    hand-out",
  );
});

test("the admin is rotated as accounts are, and the program follows by itself", async () => {
  applied({ admin: { live: [OLD] } });
  expect((await rotate("admin")).stdout).toContain(
    "set: admin has SCRAM-SHA-512 generation 1, SCRAM-SHA-",
  );
  applied({ admin: { live: [OLD, NEW] } });
  expect((await rotate("admin")).stdout).toContain(
    "Next: `npm start`, which itself logs in with the new",
  );
});
