import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { declaredConfig } from "../../../cli/stack/effective-config.ts";
import { findStack } from "../../../cli/stack/project.ts";
import { readStackFile } from "../../../cli/stack/stack-file.ts";
import { UserError } from "../../../model/values/user-error.ts";

let file: string;
beforeAll(() => {
  file = path.join(mkdtempSync(path.join(tmpdir(), "bad-stack-files-")), "Pulumi.bad.yaml");
});
afterAll(() => rmSync(path.dirname(file), { recursive: true }));

/** The dev stack's file with the last lines in the place of its cluster's. */
const HEAD = `config:
  kafka-platform:environment: dev
  kafka-platform:protection: false
`;
const cluster = (settings: string, more = "") =>
  `${HEAD}  kafka-platform:cluster: { kind: docker, ${settings} }\n${more}`;
const more = (lines: string) => cluster("name: kafka", lines);
const quota = (share: string) =>
  more(`  kafka-platform:defaultQuota: { requestPercentage: ${share} }\n`);
const credentials = (account: string) =>
  more(
    `  kafka-platform:credentials:\n    ${account}: [{ mechanism: SCRAM-SHA-512, generation: 1 }]\n`,
  );
/** Every level repeats the one before ten times. */
const LAUGHS = `${HEAD}${Array.from({ length: 9 }, (_, level) => {
  const parts = level === 0 ? "lol" : `*a${level - 1}`;
  return `  kafka-platform:a${level}: &a${level} [${Array(10).fill(parts).join(", ")}]\n`;
}).join("")}`;
const SHARE = "a percentage from 0.01 to 100000";
const NO_ROTATION =
  "the key does not fit; wanted an account of a domain, admin, kafka-ui, kafka-exporter or kafka-operator: here the platform's others have no effect";

/** Each input, where it is wrong, and the rest of what is said of it. */
const FAULTS: readonly (readonly [what: string, text: string, fault: string])[] = [
  [
    "a name that is empty",
    cluster("name: "),
    "cluster.name: given null; wanted 1 to 40 characters: lower-case letters, digits and hyphens, starting with a letter",
  ],
  [
    "the client's port for the metrics, by default",
    cluster("clientPort: 9404"),
    "cluster.metricsPort: missing; wanted a port other than 9404, which cluster.clientPort has",
  ],
  [
    "one port for clients and metrics",
    cluster("clientPort: 9500, metricsPort: 9500"),
    "cluster.metricsPort: given 9500; wanted a port other than 9500, which cluster.clientPort has",
  ],
  [
    "the UI's port for clients",
    cluster("clientPort: 9500", "  kafka-platform:ui: { port: 9500 }\n"),
    "ui.port: given 9500; wanted a port other than 9500, which cluster.clientPort has",
  ],
  [
    "memory that no host has",
    cluster("memory: 4096 TiB"),
    'cluster.memory: given "4096 TiB"; wanted at most 1 TiB: no host has more for a broker',
  ],
  [
    "a share of nothing",
    quota("1e-300"),
    `defaultQuota.requestPercentage: given 1e-300; wanted ${SHARE}`,
  ],
  [
    "a share of anything",
    quota("1e308"),
    `defaultQuota.requestPercentage: given 1e+308; wanted ${SHARE}`,
  ],
  ["no share", quota("0"), `defaultQuota.requestPercentage: given 0; wanted ${SHARE}`],
  [
    "a rotation of the platform's anchor",
    credentials("scram-anchor-csh"),
    `credentials.scram-anchor-csh: ${NO_ROTATION}`,
  ],
  ["a rotation of a pair of users", credentials("broker"), `credentials.broker: ${NO_ROTATION}`],
];

describe("a stack file with", () => {
  it.each(FAULTS)("%s is refused in one line", (_, text, fault) => {
    writeFileSync(file, text);
    expect(() => declaredConfig(findStack("bad", file))).toThrow(
      new UserError(`${file} is not valid: 1 fault\n  - kafka-platform:${fault}`),
    );
  });

  it.each([
    [
      "aliases that stand for a billion words",
      LAUGHS,
      "its aliases (*name) repeat what they name too often; wanted at most 100 times in all. Write it out where it is needed.",
    ],
    [
      "an alias of what it is in",
      more("  kafka-platform:approvals: &a [*a]\n"),
      "config.kafka-platform:approvals.0 is an alias (*name) of what it is in; wanted a value without itself inside. Write it out.",
    ],
    [
      "a key that JavaScript keeps for itself",
      credentials("__proto__"),
      "config.kafka-platform:credentials.__proto__ cannot be a key. Remove it.",
    ],
  ])("%s is refused in one line", (_, text, message) => {
    writeFileSync(file, text);
    expect(() => readStackFile(file)).toThrow(new UserError(`${file}: ${message}`));
  });

  it("an alias of something else is read as what it stands for", () => {
    writeFileSync(file, more("  kafka-platform:a: &a [1]\n  kafka-platform:b: *a\n"));
    expect(readStackFile(file).config).toMatchObject({
      "kafka-platform:a": [1],
      "kafka-platform:b": [1],
    });
  });

  it("the UI's port for clients is fine where there is no UI", () => {
    writeFileSync(file, cluster("clientPort: 8080", "  kafka-platform:ui: { enabled: false }\n"));
    expect(declaredConfig(findStack("bad", file)).cluster).toMatchObject({ clientPort: 8080 });
  });
});

/** Every place of a value, with the value that `put` makes of the whole when it is there. */
function* places(value: unknown): Generator<(put: unknown) => unknown> {
  yield (put) => put;
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    for (const at of places(part)) {
      yield (put) =>
        Array.isArray(value)
          ? value.map((other: unknown, index) => (String(index) === key ? at(put) : other))
          : { ...value, [key]: at(put) };
    }
  }
}

it.each(["dev", "prod"])(
  "no place of the %s stack's file is refused in a library's words",
  (name) => {
    const { config } = readStackFile(`Pulumi.${name}.yaml`);
    let refused = 0;
    for (const at of places(config)) {
      for (const wrong of [null, true, 1.5, "", [], {}]) {
        writeFileSync(file, JSON.stringify({ config: at(wrong) }));
        try {
          declaredConfig(findStack("bad", file));
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          expect(error.message).not.toMatch(/Invalid|expected|received|undefined/);
          refused += 1;
        }
      }
    }
    expect(refused).toBeGreaterThan(20);
  },
);

it("a command ends with 1 and one line without a stack trace", () => {
  writeFileSync(file, LAUGHS);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["cli/main.ts", "preview", "--stack", "bad", "--config-file", file, "--base", "none"],
    { encoding: "utf8" },
  );
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^error: .*Pulumi\.bad\.yaml: its aliases .*\n$/);
});

it("a configuration that is too long for a program is refused with its longest key", () => {
  const long = "x".repeat(10 << 20);
  writeFileSync(file, `${readFileSync("Pulumi.dev.yaml", "utf8")}  other:long: ${long}\n`);
  const { status, stderr } = spawnSync(
    process.execPath,
    ["cli/main.ts", "preview", "--stack", "bad", "--config-file", file, "--base", "none"],
    { encoding: "utf8" },
  );
  expect(status).toBe(1);
  expect(stderr).toContain(
    "error: the configuration of stack bad is too long: 10,241 KiB, of which other:long is 10,240 KiB; " +
      "wanted less than 128 KiB in all, which is what Linux hands to a program. Shorten it.\n",
  );
  expect(stderr).not.toMatch(/^ +at /m);
});
