import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ResourceState } from "../../../../engine/drivers/driver.ts";
import { type Properties, UNKNOWN } from "../../../../engine/values/value.ts";
import { certRequestDriver } from "../../../../engine/drivers/tls/cert-request.ts";
import { locallySignedCertDriver } from "../../../../engine/drivers/tls/locally-signed-cert.ts";
import { privateKeyDriver } from "../../../../engine/drivers/tls/private-key.ts";
import { tlsProvider } from "../../../../engine/drivers/tls/provider.ts";
import {
  checked,
  created,
  failureOf,
  recordingContext,
} from "../../../support/pulumi/driver-run.ts";

/** Everything is judged by OpenSSL, and the CA is made by it, as `npm run init` makes one elsewhere. */
const run = promisify(execFile);
const context = recordingContext();
const NOW = Date.parse("2026-03-01T12:00:00.500Z");
const certDriver = locallySignedCertDriver(() => NOW);

let folder: string;
let ca: { readonly caCertPem: string; readonly caPrivateKeyPem: string };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tls-driver-"));
  ca = await opensslCa("ca", "/C=DE/O=Ünit tests/CN=test CA");
});
afterAll(() => rm(folder, { recursive: true }));

async function opensslCa(name: string, subject: string): Promise<typeof ca> {
  const [keyFile, certFile] = [path.join(folder, `${name}.key`), path.join(folder, `${name}.pem`)];
  await run("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-utf8"],
    ...["-addext", "keyUsage=critical,keyCertSign,cRLSign"],
    ...["-subj", subject, "-days", "3650", "-keyout", keyFile, "-out", certFile],
  ]);
  const [key, certificate] = await Promise.all(
    [keyFile, certFile].map(async (file) => (await run("cat", [file])).stdout),
  );
  return { caCertPem: String(certificate), caPrivateKeyPem: String(key) };
}

function textOf({ outputs }: Pick<ResourceState, "outputs">, name: string): string {
  const value = outputs[name];
  if (typeof value !== "string") throw new Error(`${name} is no text`);
  return value;
}

/** What OpenSSL says to a PEM given as a file. */
async function openssl(pem: unknown, ...command: string[]): Promise<string> {
  const file = path.join(folder, "subject.pem");
  await writeFile(file, String(pem));
  return (await run("openssl", [...command, "-in", file, "-noout"])).stdout;
}

const key = (inputs: Properties = { algorithm: "ECDSA", ecdsaCurve: "P256" }) =>
  created(privateKeyDriver, undefined, inputs);

async function request(inputs: Properties = {}, from?: ResourceState): Promise<ResourceState> {
  const { privateKeyPem = "" } = (from ?? (await key())).outputs;
  return created(certRequestDriver, undefined, { privateKeyPem, ...inputs });
}

async function certificate(
  of: ResourceState,
  inputs: Properties = {},
  by = ca,
): Promise<ResourceState> {
  const certRequestPem = textOf(of, "certRequestPem");
  const args = { certRequestPem, ...by, validityPeriodHours: 24, allowedUses: ["server_auth"] };
  return created(certDriver, undefined, { ...args, ...inputs });
}

describe("a private key", () => {
  test.each([
    [{ algorithm: "RSA" }, "RSA PRIVATE KEY", "Public-Key: (2048 bit)"],
    [{ algorithm: "RSA", rsaBits: 3072 }, "RSA PRIVATE KEY", "Public-Key: (3072 bit)"],
    [{ algorithm: "ECDSA", ecdsaCurve: "P256" }, "EC PRIVATE KEY", "NIST CURVE: P-256"],
    [{ algorithm: "ECDSA", ecdsaCurve: "P384" }, "EC PRIVATE KEY", "NIST CURVE: P-384"],
    [{ algorithm: "ECDSA", ecdsaCurve: "P521" }, "EC PRIVATE KEY", "NIST CURVE: P-521"],
    [{ algorithm: "ED25519" }, "PRIVATE KEY", "ED25519 Public-Key"],
  ])("%j is one OpenSSL agrees with", async (inputs, label, text) => {
    const { id, outputs } = await key(inputs);
    expect(id).toMatch(/^[0-9a-f]{40}$/);
    expect(outputs["privateKeyPem"]).toMatch(new RegExp(`^-----BEGIN ${label}-----\n`));
    expect(outputs["privateKeyPemPkcs8"]).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    const shown = await openssl(outputs["publicKeyPem"], "pkey", "-pubin", "-text");
    expect(shown).toContain(text);
    for (const form of ["privateKeyPem", "privateKeyPemPkcs8"]) {
      const file = path.join(folder, "key.pem");
      await writeFile(file, textOf({ outputs }, form));
      const { stdout } = await run("openssl", ["pkey", "-in", file, "-pubout"]);
      expect(stdout).toBe(outputs["publicKeyPem"]);
    }
  });

  test("has the provider's defaults, replaces for every change, and is secret", () => {
    expect(checked(privateKeyDriver, { algorithm: "RSA" })).toEqual({
      algorithm: "RSA",
      ecdsaCurve: "P256",
      rsaBits: 2048,
    });
    const old = { id: "x", inputs: checked(privateKeyDriver, { algorithm: "RSA" }), outputs: {} };
    const inputs = checked(privateKeyDriver, { algorithm: "ED25519", rsaBits: 4096 });
    expect(privateKeyDriver.diff(old, inputs)).toEqual({
      changed: ["algorithm", "rsaBits"],
      replace: ["algorithm", "rsaBits"],
    });
    expect(privateKeyDriver.secretOutputs).toEqual(["privateKeyPem", "privateKeyPemPkcs8"]);
  });

  test("of a kind no certificate can be made with is refused", () => {
    const { failures } = privateKeyDriver.check({ algorithm: "ECDSA", ecdsaCurve: "P224" });
    expect(failures).toEqual([
      { property: "ecdsaCurve", reason: 'ecdsaCurve must be one of P256, P384, P521, not "P224"' },
    ]);
  });
});

describe("a certificate request", () => {
  test("carries the subject and the names, and proves its key", async () => {
    const made = await request({
      subject: {
        commonName: "kafka-0",
        organization: "Örganization",
        country: "DE",
        emailAddress: "a@b.de",
        serialNumber: "7",
        streetAddresses: ["First", "Second"],
      },
      dnsNames: ["kafka-0.kafka", "*.example.com"],
      ipAddresses: ["10.0.0.1", "::1"],
      uris: ["spiffe://x/y"],
    });
    expect(made.outputs["keyAlgorithm"]).toBe("ECDSA");
    const text = await openssl(
      made.outputs["certRequestPem"],
      "req",
      "-text",
      "-verify",
      "-nameopt",
      "utf8,sep_comma_plus",
    );
    expect(text).toContain(
      "C=DE,O=Örganization,street=First,street=Second,CN=kafka-0,serialNumber=7,emailAddress=a@b.de",
    );
    expect(text).toContain(
      "DNS:kafka-0.kafka, DNS:*.example.com, IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1, URI:spiffe://x/y",
    );
  });

  test("refuses what is no address, and shows no key in a message", () => {
    const { failures } = certRequestDriver.check({
      privateKeyPem: "s3cret",
      ipAddresses: ["10.0.0.300", UNKNOWN],
    });
    expect(failures).toEqual([
      { property: "privateKeyPem", reason: "privateKeyPem must be a private key in PEM form" },
      {
        property: "ipAddresses[0]",
        reason: 'ipAddresses[0] must be an IP address, not "10.0.0.300"',
      },
    ]);
  });

  test("with a broken key fails without showing it", async () => {
    const broken = "-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----\n";
    const making = created(certRequestDriver, undefined, { privateKeyPem: broken });
    expect(await failureOf(making)).toBe(
      "privateKeyPem cannot be read: wanted an unencrypted private key in PEM form",
    );
  });
});

describe("a certificate", () => {
  test("is accepted by OpenSSL under its CA, with every field in place", async () => {
    const made = await certificate(
      await request({ subject: { commonName: "kafka-0" }, dnsNames: ["kafka-0.kafka"] }),
      {
        allowedUses: ["digital_signature", "key_encipherment", "server_auth", "client_auth"],
        setSubjectKeyId: true,
        earlyRenewalHours: 6,
      },
    );
    expect(made.outputs).toMatchObject({
      caKeyAlgorithm: "ECDSA",
      readyForRenewal: false,
      validityStartTime: "2026-03-01T12:00:00Z",
      validityEndTime: "2026-03-02T12:00:00Z",
    });
    const { certPem } = made.outputs;
    const text = await openssl(
      certPem,
      "x509",
      "-text",
      "-serial",
      "-nameopt",
      "utf8,sep_comma_plus",
    );
    expect(text).toContain("Issuer: C=DE,O=Ünit tests,CN=test CA");
    expect(text).toContain("Subject: CN=kafka-0");
    expect(text).toContain("DNS:kafka-0.kafka");
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature, Key Encipherment/);
    expect(text).toContain("TLS Web Server Authentication, TLS Web Client Authentication");
    expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE/);
    expect(text).toContain("Subject Key Identifier");
    expect(text).toContain("Authority Key Identifier");
    const serial = /serial=([0-9A-F]+)/.exec(text)?.[1] ?? "";
    expect(BigInt(`0x${serial}`).toString()).toBe(made.id);
    await verify(certPem, ca.caCertPem);
  });

  test.each([
    { algorithm: "RSA" },
    { algorithm: "ED25519" },
    { algorithm: "ECDSA", ecdsaCurve: "P384" },
  ])("of a CA made here with %j, for a key of the same kind, is accepted, too", async (inputs) => {
    const own = await key(inputs);
    const caRequest = await request({ subject: { commonName: "own CA" } }, own);
    const root = await certificate(caRequest, {
      isCaCertificate: true,
      maxPathLength: 1,
      allowedUses: ["cert_signing", "crl_signing"],
    });
    const by = {
      caCertPem: textOf(root, "certPem"),
      caPrivateKeyPem: textOf(own, "privateKeyPem"),
    };
    const leaf = await certificate(await request({ dnsNames: ["a.b"] }, own), {}, by);
    await verify(leaf.outputs["certPem"], ca.caCertPem, by.caCertPem);
    const text = await openssl(by.caCertPem, "x509", "-text");
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:1/);
    // A request without a subject: its names are all there is.
    expect(await openssl(leaf.outputs["certPem"], "x509", "-text")).toContain(
      "X509v3 Subject Alternative Name: critical",
    );
  });

  test("is signed by the first of a bundle", async () => {
    const other = await opensslCa("other", "/CN=other CA");
    const bundle = { ...ca, caCertPem: `${ca.caCertPem}${other.caCertPem}` };
    const made = await certificate(await request({ dnsNames: ["a.b"] }), {}, bundle);
    await verify(made.outputs["certPem"], ca.caCertPem);
    const mixed = { ...bundle, caCertPem: `${other.caCertPem}${ca.caCertPem}` };
    expect(await failureOf(certificate(await request(), {}, mixed))).toBe(
      "caPrivateKeyPem is not the key of the first certificate in caCertPem (CN=other CA); give the pair that belongs together",
    );
  });

  async function verify(certPem: unknown, root: string, intermediate?: string): Promise<void> {
    const files = { leaf: String(certPem), root, chain: intermediate ?? root };
    const at = (name: string) => path.join(folder, `verify-${name}.pem`);
    for (const [name, content] of Object.entries(files)) await writeFile(at(name), content);
    // The CA was made today, what it signed at another time.
    const { stdout } = await run("openssl", [
      ...["verify", "-x509_strict", "-no_check_time"],
      ...["-CAfile", at("root"), "-untrusted", at("chain"), at("leaf")],
    ]);
    expect(stdout).toBe(`${at("leaf")}: OK\n`);
  }
});

describe("renewal", () => {
  const state = (inputs: Properties): ResourceState => ({
    id: "1",
    inputs,
    outputs: { ...inputs, validityEndTime: "2026-03-02T12:00:00Z", readyForRenewal: false },
  });
  const at = (time: string) => locallySignedCertDriver(() => Date.parse(time));

  test("is planned by the first run inside the window, not before", async () => {
    const inputs = { earlyRenewalHours: 6 };
    const old = state(inputs);
    const early = at("2026-03-02T05:59:59Z");
    expect(early.diff(old, inputs)).toEqual({ changed: [], replace: [] });
    expect(await early.read(undefined, old, context)).toEqual(old);
    const due = at("2026-03-02T06:00:00Z");
    expect(due.diff(old, inputs)).toEqual({
      changed: ["readyForRenewal"],
      replace: ["readyForRenewal"],
    });
    expect((await due.read(undefined, old, context))?.outputs["readyForRenewal"]).toBe(true);
  });

  test("a wider window is an update, every other change a new certificate", async () => {
    const old = state({ earlyRenewalHours: 6, validityPeriodHours: 24 });
    const driver = at("2026-03-01T13:00:00Z");
    const wider = { ...old.inputs, earlyRenewalHours: 7 };
    expect(driver.diff(old, wider)).toEqual({ changed: ["earlyRenewalHours"], replace: [] });
    expect((await driver.update(undefined, old, wider, context))["earlyRenewalHours"]).toBe(7);
    const longer = { ...old.inputs, validityPeriodHours: 48 };
    expect(driver.diff(old, longer).replace).toEqual(["validityPeriodHours"]);
  });
});

test("the provider has no arguments, and says so", () => {
  expect(tlsProvider.check({ version: "5.6.1" })).toEqual({ inputs: {}, failures: [] });
  expect(tlsProvider.check({ proxy: { fromEnv: true } }).failures).toMatchObject([
    { property: "proxy" },
  ]);
});
