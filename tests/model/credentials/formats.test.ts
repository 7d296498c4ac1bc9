import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { CLIENT_FORMAT_NAMES, CLIENT_FORMATS } from "../../../model/credentials/client-formats.ts";
import {
  type ClientConnection,
  clientSettings,
} from "../../../model/credentials/client-settings.ts";

/** Every format, read by what is to read it where that can be had here; librdkafka: tests/broker. */

const CA = "-----BEGIN CERTIFICATE-----\nAB+/\nCD==\n-----END CERTIFICATE-----\n";
const CONNECTION: ClientConnection = {
  bootstrapServers: "a.example:1,b.example:2",
  tlsEnabled: true,
  caCertificate: CA,
  username: "shop_backend",
  password: "Abc123",
  mechanism: "SCRAM-SHA-512",
  consumerGroups: ["shop"],
  topics: {
    writes: [{ topic: "orders", codec: "zstd", maxMessageSize: 2_097_152 }],
    reads: [],
  },
};
const CA_FILE = "/home/ada's files/ca.pem";
const JAAS =
  "org.apache.kafka.common.security.scram.ScramLoginModule required " +
  'username="shop_backend" password="Abc123";';

const written = (
  format: keyof typeof CLIENT_FORMATS,
  more: Partial<ClientConnection> = {},
): string =>
  CLIENT_FORMATS[format].render(clientSettings({ ...CONNECTION, ...more }, "durability"), CA_FILE);

/** As Java reads a properties file: comments left out, escapes resolved. */
const readProperties = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => {
        const [key = "", ...value] = line.split("=");
        return [
          key,
          value.join("=").replaceAll(/\\(.)/g, (_, one: string) => (one === "n" ? "\n" : one)),
        ];
      }),
  );

/** What a shell has in its environment once it has read a file. */
function readByShell(text: string): Record<string, string> {
  const folder = mkdtempSync(path.join(tmpdir(), "client-env-"));
  try {
    const file = path.join(folder, "client.env");
    writeFileSync(file, text);
    const script = 'set -a; . "$1"; env -0';
    const printed = execFileSync("sh", ["-euc", script, "sh", file], {
      env: {},
      stdio: "pipe",
    }).toString();
    return Object.fromEntries(
      printed
        .split("\0")
        .filter((line) => line.startsWith("STREAMING_KAFKA__"))
        .map((line) => {
          const at = line.indexOf("=");
          return [line.slice("STREAMING_KAFKA__".length, at), line.slice(at + 1)] as const;
        }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a shell reads the environment variables, lists and settings as JSON", () => {
  const { BOOTSTRAP_SERVERS, PRODUCER_CONFIG, CONSUMER_CONFIG, ...plain } = readByShell(
    written("env", { consumerGroups: ["it's $HOME"] }),
  );
  expect(plain).toEqual({
    SECURITY_PROTOCOL: "SASL_SSL",
    SASL_MECHANISM: "SCRAM-SHA-512",
    SASL_USERNAME: "shop_backend",
    SASL_PASSWORD: "Abc123",
    SSL_CA_LOCATION: CA_FILE,
  });
  expect(JSON.parse(BOOTSTRAP_SERVERS ?? "")).toEqual(["a.example:1", "b.example:2"]);
  expect(JSON.parse(PRODUCER_CONFIG ?? "")).toMatchObject({
    "compression.type": "zstd",
    "max.request.size": "2097152",
  });
  expect(JSON.parse(CONSUMER_CONFIG ?? "")).toMatchObject({ "group.id": "it's $HOME" });
});

test("a shell that reads an unquoted value finds it", () => {
  expect(() => readByShell("STREAMING_KAFKA__SSL_CA_LOCATION=/home/ada's files")).toThrow();
});

test("Spring Boot's YAML has the login, the trust and the settings of both roles", () => {
  expect(parse(written("spring"))).toEqual({
    spring: {
      kafka: {
        "bootstrap-servers": CONNECTION.bootstrapServers,
        security: { protocol: "SASL_SSL" },
        ssl: { "trust-store-type": "PEM", "trust-store-certificates": CA },
        properties: { "[sasl.mechanism]": "SCRAM-SHA-512", "[sasl.jaas.config]": JAAS },
        producer: {
          properties: expect.objectContaining({
            "[acks]": "all",
            "[compression.type]": "zstd",
          }) as unknown,
        },
        consumer: {
          "group-id": "shop",
          properties: expect.objectContaining({ "[enable.auto.commit]": "false" }) as unknown,
        },
      },
    },
  });
  const { spring } = parse(written("spring", { caCertificate: undefined })) as {
    spring: { kafka: object };
  };
  expect(spring.kafka).not.toHaveProperty("ssl");
});

test("a Secret for kubectl has the same files as one that the platform publishes", () => {
  const secret = parse(written("kubernetes")) as {
    metadata: { name: string };
    stringData: Record<string, string>;
  };
  expect(secret).toMatchObject({ apiVersion: "v1", kind: "Secret", type: "Opaque" });
  // No underscore is allowed in the name of an object of Kubernetes.
  expect(secret.metadata.name).toMatch(/^kafka-account-shop-backend-[0-9a-f]{8}$/);
  expect(secret.stringData).toEqual({
    "client.properties": written("properties"),
    "client.json": written("json"),
    "ca.pem": CA,
  });
});

test("Spark's options are Kafka's under a prefix, without those that Spark refuses", () => {
  const options = readProperties(written("spark"));
  expect(options).toMatchObject({
    "kafka.bootstrap.servers": CONNECTION.bootstrapServers,
    "kafka.sasl.jaas.config": JAAS,
    "kafka.ssl.truststore.certificates": CA.trim(),
    "kafka.compression.type": "zstd",
    "kafka.group.id": "shop",
    startingOffsets: "earliest",
  });
  expect(Object.keys(options).filter((key) => !/^(kafka\.|startingOffsets$)/.test(key))).toEqual(
    [],
  );
  expect(Object.keys(options).filter((key) => /auto/.test(key))).toEqual([]);
});

test.each([
  [["orders-*"], "groupIdPrefix=orders-"],
  [["a", "b"], "# kafka.group.id, or groupIdPrefix where it ends in *: one of a, b"],
])("for the groups %j Spark's file says how to choose one", (consumerGroups, line) => {
  expect(written("spark", { consumerGroups }).split("\n")).toContain(line);
});

test.each(["\n", "\r\n"])(
  "a properties file gives Java a certificate with lines that end in %j",
  (end) => {
    const caCertificate = CA.replaceAll("\n", end);
    expect(readProperties(written("properties", { caCertificate }))).toMatchObject({
      "sasl.jaas.config": JAAS,
      "ssl.truststore.certificates": CA.trim(),
    });
  },
);

test.each(CLIENT_FORMAT_NAMES)("%s has the password, the codec and the largest size", (format) => {
  const text = written(format);
  for (const wanted of ["Abc123", "zstd", "2097152"]) expect(text).toContain(wanted);
});
