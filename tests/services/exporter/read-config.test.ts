import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { connectOptions, readConfig } from "../../../services/exporter/read-config.ts";

const folder = mkdtempSync(path.join(tmpdir(), "exporter-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

const passwordFile = written("password", "s3cret\n");
const caFile = written("ca.pem", "-----BEGIN CERTIFICATE-----");
const GOOD = {
  cluster: "dev",
  bootstrapServers: ["kafka:9092"],
  login: { username: "kafka-exporter", mechanism: "SCRAM-SHA-512", passwordFile },
};

it("reads the password and the certificates from their files", () => {
  const config = readConfig(written("good.json", JSON.stringify({ ...GOOD, caFile })));
  expect(connectOptions(config, 5_000)).toEqual({
    bootstrapServers: ["kafka:9092"],
    deadlineMs: 5_000,
    sasl: { mechanism: "SCRAM-SHA-512", username: "kafka-exporter", password: "s3cret" },
    tls: { ca: "-----BEGIN CERTIFICATE-----" },
  });
});

it("does not encrypt where there are no certificates", () => {
  const config = readConfig(written("plain.json", JSON.stringify(GOOD)));
  expect(connectOptions(config, 5_000)).not.toHaveProperty("tls");
});

it("says of every fault which key it is, in one message", () => {
  const file = written("bad.json", JSON.stringify({ ...GOOD, cluster: "", intervalSeconds: 0 }));
  expect(() => readConfig(file)).toThrow(
    `${file} is not what the exporter takes:\n  cluster: some text\n  intervalSeconds: a number of seconds from 1 to 300`,
  );
});

it("tells a file that is not there from one that is not JSON", () => {
  expect(() => readConfig("/not/there.json")).toThrow("/not/there.json cannot be read: ENOENT");
  expect(() => readConfig(written("text.json", "cluster: dev"))).toThrow("is not JSON");
  const config = readConfig(
    written("lost.json", JSON.stringify({ ...GOOD, caFile: "/not/there.pem" })),
  );
  expect(() => connectOptions(config, 5_000)).toThrow("/not/there.pem cannot be read: ENOENT");
});
