import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bash, SCRIPTS } from "./scripts.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "checks-"));
  const certificate = "-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n";
  const files = {
    "ca.pem": certificate,
    "broker-0.pem": `-----BEGIN PRIVATE KEY-----\nMII=\n-----END PRIVATE KEY-----\n${certificate}`,
    "ec.pem": `-----BEGIN EC PRIVATE KEY-----\nMII=\n-----END EC PRIVATE KEY-----\n${certificate}`,
    "key.pem": "-----BEGIN PRIVATE KEY-----\nMII=\n-----END PRIVATE KEY-----\n",
    "empty.pem": "",
    "broker.p12": "binary",
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), content);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const CHECK = `
set -euo pipefail
fail() { echo "$*" >&2; exit 1; }
config=$FOLDER/broker.properties
source "$SCRIPTS/checks.sh"
check_certificates`;

function check(properties: string) {
  writeFileSync(path.join(folder, "broker.properties"), properties.replaceAll("@", folder));
  return bash(["-c", CHECK], { FOLDER: folder, SCRIPTS }).done;
}

describe("certificates named in the configuration", () => {
  it.each([
    ["none", "node.id=0\n"],
    ["both", "ssl.keystore.location=@/broker-0.pem\nssl.truststore.location = @/ca.pem\n"],
    ["of one listener", "listener.name.client.ssl.keystore.location=@/broker-0.pem\n"],
    ["a binary keystore, which Kafka judges", "ssl.keystore.location=@/broker.p12\n"],
    ["one in a comment", "# ssl.keystore.location=@/nowhere.pem\n"],
  ])("are as they must be: %s", async (_case, properties) => {
    expect(await check(properties)).toMatchObject({ code: 0, stdout: "", stderr: "" });
  });

  it.each([
    [
      "missing",
      "ssl.keystore.location=@/broker-9.pem\n",
      /names the keystore \S+\/broker-9\.pem, which is missing, empty or not readable by uid \d+\.$/,
    ],
    [
      "empty",
      "listener.name.broker.ssl.truststore.location=@/empty.pem\n",
      /names the truststore \S+\/empty\.pem, which is missing, empty or not readable by uid \d+\.$/,
    ],
    [
      "a keystore with its key in another form",
      "ssl.keystore.location=@/ec.pem\n",
      /^the keystore \S+\/ec\.pem holds no private key in PKCS#8 \(BEGIN PRIVATE KEY\)\.$/,
    ],
    [
      "a key alone",
      "ssl.keystore.location=@/key.pem\n",
      /^the keystore \S+\/key\.pem holds no certificate \(BEGIN CERTIFICATE\); wanted: PEM text\.$/,
    ],
  ])("are refused in one message: %s", async (_case, properties, message) => {
    const { code, stderr } = await check(properties);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });
});
