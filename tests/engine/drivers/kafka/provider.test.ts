import { describe, expect, it } from "vitest";

import { type Properties, UNKNOWN } from "../../../../engine/values/value.ts";
import { connectOptions, kafkaProvider } from "../../../../engine/drivers/kafka/provider.ts";

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const GIVEN = {
  bootstrapServers: '["a:9092","[::1]:9093"]',
  tlsEnabled: "false",
  saslMechanism: "scram-sha512",
  saslUsername: "admin",
  saslPassword: "adminspassword",
  timeout: "30",
};

function reasons(inputs: Properties): string[] {
  return kafkaProvider.check(inputs).failures.map(({ reason }) => reason);
}

describe("the provider's arguments", () => {
  it("are parsed from JSON, and filled with the real provider's defaults", () => {
    expect(kafkaProvider.check(GIVEN)).toEqual({
      inputs: {
        bootstrapServers: ["a:9092", "[::1]:9093"],
        tlsEnabled: false,
        saslMechanism: "scram-sha512",
        saslUsername: "admin",
        saslPassword: "adminspassword",
        timeout: 30,
      },
      failures: [],
    });
    expect(kafkaProvider.check({ bootstrapServers: ["a:1"], version: "3.13.2" })).toEqual({
      inputs: {
        bootstrapServers: ["a:1"],
        tlsEnabled: true,
        saslMechanism: "plain",
        timeout: 120,
      },
      failures: [],
    });
  });

  it("may include what the SDK always sends, and others left out", () => {
    expect(reasons({ ...GIVEN, skipTlsVerify: "false", kafkaVersion: null })).toEqual([]);
  });

  it("may be known only at an apply, whole or in part", () => {
    expect(reasons({ ...GIVEN, bootstrapServers: UNKNOWN, saslPassword: UNKNOWN })).toEqual([]);
    expect(reasons({ ...GIVEN, bootstrapServers: ["a:1", UNKNOWN] })).toEqual([]);
  });

  it.each<[Properties, string]>([
    [
      { bootstrapServers: "[]" },
      "bootstrapServers must be a list of at least 1, not an empty list",
    ],
    [{ bootstrapServers: "a:9092" }, 'bootstrapServers must be a list of at least 1, not "a:9092"'],
    [{ bootstrapServers: ["a"] }, 'bootstrapServers[0] must be "host:port", not "a"'],
    [{ tlsEnabled: "yes" }, 'tlsEnabled must be true or false, not "yes"'],
    [{ caCert: "/etc/ca.pem" }, 'caCert must be a certificate as PEM text, not "/etc/ca.pem"'],
    [
      { saslMechanism: "SCRAM-SHA-512" },
      'saslMechanism must be written "scram-sha512", not "SCRAM-SHA-512"',
    ],
    [
      { skipTlsVerify: "true" },
      "skipTlsVerify must be false: certificates are always verified; give the CA as caCert",
    ],
    [
      { clientCert: "PEM" },
      "clientCert is not supported by the embedded engine: leave it out, or use the Pulumi CLI (supported here: bootstrapServers, tlsEnabled, caCert, skipTlsVerify, saslMechanism, saslUsername, saslPassword, timeout)",
    ],
    [
      { saslPassword: null },
      "saslUsername is given alone; saslUsername and saslPassword go together",
    ],
    [{ saslPassword: ["adminspassword"] }, "saslPassword must be a text that is not empty"],
  ])("are refused with %j", (change, reason) => {
    expect(reasons({ ...GIVEN, ...change })).toEqual([reason]);
  });
});

describe("connectOptions", () => {
  it("translates the mechanism and the seconds", () => {
    expect(connectOptions(kafkaProvider.check(GIVEN).inputs)).toEqual({
      bootstrapServers: ["a:9092", "[::1]:9093"],
      deadlineMs: 30_000,
      sasl: { mechanism: "SCRAM-SHA-512", username: "admin", password: "adminspassword" },
    });
  });

  it("uses TLS unless it is off, with the certificate given", () => {
    const { inputs } = kafkaProvider.check({ bootstrapServers: ["a:1"], caCert: PEM });
    expect(connectOptions(inputs)).toEqual({
      bootstrapServers: ["a:1"],
      deadlineMs: 120_000,
      tls: { ca: PEM },
    });
  });
});

it("drives the four types of the package", () => {
  expect(kafkaProvider.name).toBe("kafka");
  expect(kafkaProvider.resources.map(({ type }) => type)).toEqual([
    "kafka:index/topic:Topic",
    "kafka:index/acl:Acl",
    "kafka:index/userScramCredential:UserScramCredential",
    "kafka:index/quota:Quota",
  ]);
});
