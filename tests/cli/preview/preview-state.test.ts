import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { openSalt } from "../../../engine/index.ts";
import { runCommandIn } from "../run-command.ts";
import { declaringOnly, TEST_DOMAINS } from "../../support/catalogue.ts";
import { prodStack } from "../../support/kubernetes/prod-stack.ts";
import { stackExport } from "../../support/pulumi/stack-export.ts";

/** Reports against an export of the prod stack, by somebody who has the passphrase and by one who has not. */

const PASSPHRASE = "a passphrase";
const CATALOGUE = new URL("../../support/declare-test-catalogue.ts", import.meta.url).href;
const SECRETS = ["kafka-platform:stackSecret", "kafka-platform:caKey"];

let home = "";
let stackFile = "";
let exported = "";
let values: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), "kafka-platform-"));
  values = await prodStack();
  exported = await stackExport(
    { values, secretKeys: SECRETS },
    { passphrase: PASSPHRASE, stack: "prod", nodeArgs: ["--import", CATALOGUE] },
  );
  writeFileSync(path.join(home, "state.json"), exported);
  stackFile = await encryptedStackFile();
}, 180_000);
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

/** The stack's configuration as it is in git: secrets encrypted. */
async function encryptedStackFile(): Promise<string> {
  const { deployment } = JSON.parse(exported) as {
    deployment: { secrets_providers: { state: { salt: string } } };
  };
  const { salt } = deployment.secrets_providers.state;
  const cipher = await openSalt(salt, { value: PASSPHRASE, source: "the test" });
  const config = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      SECRETS.includes(key)
        ? { secure: cipher.encrypt(value) }
        : value.startsWith("{") || value.startsWith("[")
          ? (JSON.parse(value) as unknown)
          : value === "true"
            ? true
            : value,
    ]),
  );
  const file = path.join(home, "Pulumi.prod.yaml");
  writeFileSync(file, stringify({ encryptionsalt: salt, config }, { compat: "yaml-1.1" }));
  return file;
}

const preview = (state: string, env: Readonly<Record<string, string>> = {}) =>
  declaringOnly(TEST_DOMAINS, () =>
    runCommandIn(
      {
        ...{ PATH: "/usr/bin:/bin", KAFKA_PLATFORM_HOME: path.join(home, "home") },
        // For the program, which is a process of its own.
        NODE_OPTIONS: `--import ${CATALOGUE}`,
        ...env,
      },
      "preview",
      ...["--stack", "prod", "--config-file", stackFile],
      ...["--state", state, "--format", "json"],
    ),
  );

interface ReportJson {
  readonly comparedWith: unknown;
  readonly notes: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly changes: readonly {
    readonly verb: string;
    readonly name: string;
    readonly properties: readonly { readonly path: string }[];
  }[];
}

test("without the passphrase nothing derived from a secret looks changed, and what did change does", async () => {
  const file = path.join(home, "changed.json");
  const before = exported.replace(
    '"name":"batch_jobs","partitions":6,"replicationFactor":3',
    '"name":"batch_jobs","partitions":6,"replicationFactor":2',
  );
  expect(before).not.toBe(exported);
  writeFileSync(file, before);
  const { stdout, stderr } = await preview(file);
  expect(stderr).not.toContain("error:");
  const { changes, counts, comparedWith, notes } = JSON.parse(stdout) as ReportJson;
  expect(comparedWith).toEqual({ kind: "state", file });
  expect(
    changes.map(({ verb, name, properties }) => [verb, name, properties.map((one) => one.path)]),
  ).toEqual([["update", "batch_jobs", ["replicationFactor"]]]);
  expect(counts).toMatchObject({ create: 0, update: 1, replace: 0, delete: 0 });
  expect(notes[0]).toBe("There is no passphrase here: secrets were not compared.");
  expect(notes.filter((note) => note.includes("comes from secrets")).length).toBeGreaterThan(0);
  for (const key of SECRETS) expect(stdout).not.toContain(values[key]?.slice(-30, -2));
}, 120_000);

test("with the passphrase everything is compared, checksums of secrets included", async () => {
  const { stdout, stderr } = await preview(path.join(home, "state.json"), {
    PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
  });
  expect(stderr).not.toContain("error:");
  const { changes, notes } = JSON.parse(stdout) as ReportJson;
  expect([changes, notes]).toEqual([[], []]);
}, 120_000);

test.each<[string, string, Readonly<Record<string, string>>, string]>([
  ["broken JSON", "{", {}, "is not JSON"],
  [
    "another stack",
    "STAGING",
    {},
    "is the state of stack staging of project kafka-platform; wanted stack prod",
  ],
  [
    "a wrong passphrase",
    "SAME",
    { PULUMI_CONFIG_PASSPHRASE: "wrong" },
    "incorrect passphrase (from PULUMI_CONFIG_PASSPHRASE)",
  ],
])("%s is refused in one sentence", async (_, content, env, message) => {
  const file = path.join(home, "bad.json");
  const texts: Record<string, string> = {
    SAME: exported,
    STAGING: exported.replaceAll("pulumi:prod::", "pulumi:staging::"),
  };
  writeFileSync(file, texts[content] ?? content);
  const { status, stdout, stderr } = await preview(file, env);
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});
