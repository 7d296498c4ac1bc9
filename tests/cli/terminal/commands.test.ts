import { X509Certificate } from "node:crypto";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { runCommandIn } from "../run-command.ts";

/** The commands as a user calls them, with a home of their own. No server is needed. */

let home = "";

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "kafka-platform-"));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const cli = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCommandIn({ PATH: "/usr/bin:/bin", KAFKA_PLATFORM_HOME: home, ...env }, ...args);

/** A copy of the dev stack's file, with `change` made to its text. */
function stackFile(change: (text: string) => string): string {
  const file = path.join(home, "Pulumi.test.yaml");
  writeFileSync(file, change(readFileSync("Pulumi.dev.yaml", "utf8")));
  return file;
}

const DECLARED = [
  "+ docker:RemoteImage broker-image",
  "+ kafka:Topic _schemas",
  "+ kafka:Acl User:schema-registry|*|Read|Allow|Group|schema-registry|Literal",
];

test("preview shows the plan with no CLI, no Docker, no broker, and no secret", async () => {
  expect((await cli(["init"])).status).toBe(0);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["cli/main.ts", "preview", "--stack", "dev"],
    { encoding: "utf8", env: { PATH: "/usr/bin:/bin", KAFKA_PLATFORM_HOME: home } },
  );
  expect(stderr).toContain("preview dev: succeeded");
  expect(status).toBe(0);
  for (const line of DECLARED) expect(stdout).toContain(line);
  expect(stderr).toMatch(/^preview dev: succeeded, \d+ to create/m);
});

test("init makes the secret once, encrypted, in a file for its owner only", async () => {
  expect(await cli(["init", "--stack", "dev"])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("Made stackSecret of stack dev") as string,
  });
  const file = path.join(home, "dev", "Pulumi.dev.yaml");
  const first = readFileSync(file, "utf8");
  expect(first).toMatch(/kafka-platform:stackSecret:\n +secure: v1:/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(path.join(home, "passphrase")).mode & 0o777).toBe(0o600);

  expect((await cli(["init", "--stack", "dev"])).stdout).toContain("has everything already");
  expect(readFileSync(file, "utf8")).toBe(first);
});

const PASSPHRASE = { PULUMI_CONFIG_PASSPHRASE: "a passphrase" };

/** A stack file for Kubernetes as a person begins it. */
function kubernetesFile(more = ""): string {
  const file = path.join(home, "Pulumi.k8s.yaml");
  const cluster = `  kafka-platform:cluster:\n    kind: kubernetes # ours\n${more}`;
  writeFileSync(file, `config:\n${cluster}`);
  return file;
}

test("init makes the ids and the authority of a cluster once, the key encrypted", async () => {
  const file = kubernetesFile();
  const init = () => cli(["init", "--stack", "k8s", "--config-file", file], PASSPHRASE);
  expect((await init()).stdout).toBe(
    `Made stackSecret, clusterId, directoryIds, caCertificate, caKey of stack k8s in ${file}; ` +
      "secrets are encrypted with PULUMI_CONFIG_PASSPHRASE.\n" +
      "Commit the file: nobody can make the same ids and authority again.\n",
  );
  const text = readFileSync(file, "utf8");
  const { config } = parse(text) as { config: Record<string, Record<string, unknown>> };
  const { clusterId, directoryIds, caCertificate } = config["kafka-platform:cluster"] ?? {};
  const id = expect.stringMatching(/^[\w][\w-]{20}[AQgw]$/) as string;
  expect([clusterId, directoryIds]).toEqual([id, [id, id, id]]);
  expect(new Set([clusterId, ...(directoryIds as string[])]).size).toBe(4);
  expect(config["kafka-platform:caKey"]).toEqual({
    secure: expect.stringMatching(/^v1:/) as string,
  });
  expect(text).not.toContain("PRIVATE KEY");
  expect(text).toContain("kind: kubernetes # ours\n");
  const authority = new X509Certificate(caCertificate as string);
  expect(authority.subject).toBe("CN=kafka-platform k8s");
  expect([authority.ca, authority.verify(authority.publicKey)]).toEqual([true, true]);

  expect((await init()).stdout).toContain("has everything already");
  expect(readFileSync(file, "utf8")).toBe(text);
});

test.each([
  ["    caCertificate: x\n", "has only half of the certificate authority"],
  ["  kafka-platform:caKey: {secure: v1:x}\n", "has only half of the certificate authority"],
  [
    "secretsprovider: awskms://x\n",
    "which only the Pulumi CLI can do: set kafka-platform:stackSecret",
  ],
])("init refuses to make up what %j lacks", async (more, message) => {
  const { status, stderr } = await cli(["init", "--config-file", kubernetesFile(more)], PASSPHRASE);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
});

test("a passphrase that does not fit is refused, and so is a key file that others can read", async () => {
  await cli(["init"]);
  const refresh = ["refresh", "--engine", "embedded"];
  const wrong = await cli(refresh, { PULUMI_CONFIG_PASSPHRASE: "wrong" });
  expect(wrong).toMatchObject({ status: 1 });
  expect(wrong.stderr).toContain("incorrect passphrase (from PULUMI_CONFIG_PASSPHRASE)");

  spawnSync("chmod", ["644", path.join(home, "passphrase")]);
  expect((await cli(refresh)).stderr).toContain("is readable by others: run `chmod 600");
});

test.each([
  [["preview", "--stak", "dev"], "Unknown option '--stak'"],
  [["preview", "--stack"], "--stack"],
  [["preview", "--stack", "nope"], "There is no stack file"],
  [["preview", "--stack", "../dev"], "cannot be the name of a stack"],
  [["preview", "--engine", "terraform"], "wanted auto, pulumi, embedded"],
  [["preview", "--engine", "pulumi"], "The Pulumi CLI is not on the PATH"],
  [["frobnicate"], 'There is no command "frobnicate"'],
  [["start", "--stack", "prod"], "npm run pulumi -- up --stack prod"],
  [["outputs"], "Stack dev is not up: run `npm start`"],
  [["destroy"], "There is no terminal to ask on: pass --yes"],
  [["pulumi", "version"], "The Pulumi CLI is not on the PATH"],
  [["init", "--stack", "prod"], "PULUMI_CONFIG_PASSPHRASE"],
])("%j fails with one clear message", async (args, message) => {
  const { status, stdout, stderr } = await cli(args);
  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each<[string, (text: string) => string, string[]]>([
  [
    "wrong values, all of them",
    (text) => text.replace("kind: docker", "kind: docker\n    clientPort: 80\n    memroy: 1 GiB"),
    [
      "kafka-platform:cluster.clientPort: given 80; wanted a port from 1024 to 65535",
      "kafka-platform:cluster.memroy: unknown key",
    ],
  ],
  ["broken YAML", (text) => `${text}\n  : :\n- x`, ["is not valid YAML"]],
  [
    "a key without a project",
    (text) => `${text}\n  environment: dev\n`,
    ["is not a stack file", "a key such as"],
  ],
])("a stack file with %s is refused before anything is started", async (_, change, messages) => {
  const { status, stderr } = await cli(["start", "--config-file", stackFile(change)]);
  expect(status).toBe(1);
  for (const message of messages) expect(stderr).toContain(message);
  // Neither a daemon that was installed or started for it, nor a secret that was made.
  expect(stderr).not.toMatch(/Docker|secret/);
  expect(existsSync(path.join(home, "dev"))).toBe(false);
});

test("a Node that is too old for the program is told in one sentence", () => {
  const pretend = "Object.defineProperty(process.versions, 'node', { value: '20.20.2' })";
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  const args = ["--import", preload, "--import", "./cli/require-node.mjs", "-e", "console.log(1)"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^kafka-platform needs Node 24 or newer and was started by .*\n$/);
});
