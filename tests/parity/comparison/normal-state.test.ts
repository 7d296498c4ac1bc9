import { expect, test } from "vitest";
import { createCertificateAuthority } from "../../../cli/credentials/certificate-authority.ts";
import type { RecordedResource } from "../engines/engine.ts";
import { normalState, normalValue } from "./normal-state.ts";

const resource = (more: Partial<RecordedResource>): RecordedResource => ({
  type: "kafka:index/topic:Topic",
  custom: true,
  parent: "",
  provider: "",
  dependencies: [],
  propertyDependencies: {},
  protect: false,
  retainOnDelete: false,
  deletedWith: "",
  inputs: {},
  ...more,
});

test("the order of dependencies, and doubles, make no difference", () => {
  const one = resource({
    dependencies: ["b", "a", "a"],
    propertyDependencies: { name: ["d", "c"], config: [] },
  });
  const other = resource({ dependencies: ["a", "b"], propertyDependencies: { name: ["c", "d"] } });
  expect(normalState({ urn: one })).toEqual(normalState({ urn: other }));
});

test("what is protected, and where it hangs, does", () => {
  const plain = normalState({ urn: resource({}) });
  for (const other of [{ protect: true }, { parent: "urn" }, { deletedWith: "urn" }]) {
    expect(normalState({ urn: resource(other) })).not.toEqual(plain);
  }
});

test("a provider's bookkeeping is left out at any depth", () => {
  expect(normalValue({ a: 1, __defaults: [], b: [{ __defaults: ["c"], c: 2 }] })).toEqual({
    a: 1,
    b: [{ c: 2 }],
  });
});

test("keys and certificates are told by what they say, in base64 and in one line too", async () => {
  const said = async () => {
    const { certificate, key } = await createCertificateAuthority("test", new Date());
    const pem = `${key}${certificate}`;
    const properties = `ca=${certificate.trim().replaceAll("\n", "\\\n")}`;
    const json = JSON.stringify({ certificate });
    return { pem, data: Buffer.from(pem).toString("base64"), json, properties };
  };
  const [one, other] = [await said(), await said()];
  expect(one).not.toEqual(other);
  expect(normalValue(one)).toEqual(normalValue(other));
  const { pem, data, json, properties } = normalValue(one) as Record<string, string>;
  expect(pem).toMatch(/^<PRIVATE KEY>\n?<CERTIFICATE .*"subject":"CN=test"/);
  expect(data).toBe(`base64 of ${String(pem)}`);
  expect(json).toMatch(/^\{"certificate":"<CERTIFICATE .*>\\n"\}$/);
  expect(properties).toMatch(/^ca=<CERTIFICATE .*>$/);
});

test("certificates for different names differ", async () => {
  const made = async (name: string) =>
    normalValue((await createCertificateAuthority(name, new Date())).certificate);
  expect(await made("one")).not.toEqual(await made("other"));
});

test("checksums of random values are not compared, other annotations are", () => {
  expect(normalValue({ "checksum/tls": "ab", owner: "x" })).toEqual({
    "checksum/tls": "<checksum>",
    owner: "x",
  });
});

test("what has no order is put into one, under a mark of secrecy too", () => {
  const uploads = [
    { file: "b", content: "x" },
    { content: "y", file: "a" },
  ];
  const secret = (list: readonly unknown[]) => ({ uploads: { "[secret]": list } });
  expect(normalValue(secret(uploads))).toEqual(normalValue(secret(uploads.toReversed())));
  expect(normalValue({ tests: ["CMD", "x"] })).not.toEqual(normalValue({ tests: ["x", "CMD"] }));
});
