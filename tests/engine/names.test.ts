import { expect, test } from "vitest";
import { formerUrns } from "../../engine/plan/aliases.ts";
import { Drivers } from "../../engine/drivers/registry.ts";
import { ignoreChanges, parsePath } from "../../engine/plan/ignore-changes.ts";
import { SecretMasker } from "../../engine/values/secret-masker.ts";
import {
  makeUrn,
  parseUrn,
  providerPackage,
  urnOfProviderReference,
} from "../../engine/values/urn.ts";
import { inReverseDependencyOrder } from "../../engine/run/delete-order.ts";
import { secret } from "../../engine/values/property-values.ts";
import { fakeProvider } from "../support/pulumi/fake-provider.ts";

test("URNs are Pulumi's", () => {
  const root = makeUrn("dev", "p", "", "pulumi:pulumi:Stack", "p-dev");
  expect(root).toBe("urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev");
  const outer = makeUrn("dev", "p", root, "m:i:Outer", "o");
  expect(outer).toBe("urn:pulumi:dev::p::m:i:Outer::o");
  const inner = makeUrn("dev", "p", outer, "m:i:Inner", "i");
  const leaf = makeUrn("dev", "p", inner, "kafka:index/acl:Acl", "User:a::b");
  expect(leaf).toBe("urn:pulumi:dev::p::m:i:Outer$m:i:Inner$kafka:index/acl:Acl::User:a::b");
  expect(parseUrn(leaf)).toEqual({
    stack: "dev",
    project: "p",
    qualifiedType: "m:i:Outer$m:i:Inner$kafka:index/acl:Acl",
    type: "kafka:index/acl:Acl",
    name: "User:a::b",
  });
  expect(() => parseUrn("urn:pulumi:dev::p::t")).toThrow('"urn:pulumi:dev::p::t" is not a URN');
  expect(urnOfProviderReference(`${leaf}::some-id`)).toBe(leaf);
  expect(urnOfProviderReference("")).toBe("");
  expect(providerPackage("pulumi:providers:kafka")).toBe("kafka");
  expect(providerPackage("kafka:index/acl:Acl")).toBeUndefined();
});

test("aliases give every URN a resource may have had", () => {
  const identity = {
    stack: "s",
    project: "p",
    parent: "urn:pulumi:s::p::t:i:Group::new",
    type: "t:i:Leaf",
    name: "new-leaf",
  };
  const none = { name: "", type: "", stack: "", project: "", parent: "", noParent: false };
  expect(
    formerUrns(
      identity,
      [{ urn: "urn:x" }, { ...none, name: "was" }, { ...none, noParent: true }],
      () => undefined,
    ),
  ).toEqual([
    "urn:x",
    "urn:pulumi:s::p::t:i:Group$t:i:Leaf::was",
    "urn:pulumi:s::p::t:i:Leaf::new-leaf",
  ]);
  const parentWas = "urn:pulumi:s::p::t:i:Old::old";
  expect(formerUrns(identity, [{ ...none, type: "t:i:Was" }], () => parentWas)).toEqual([
    "urn:pulumi:s::p::t:i:Group$t:i:Was::new-leaf",
    "urn:pulumi:s::p::t:i:Old$t:i:Leaf::old-leaf",
    "urn:pulumi:s::p::t:i:Old$t:i:Was::old-leaf",
  ]);
});

test("ignoreChanges puts back what it names, and only that", () => {
  const old = { a: 1, b: { c: 1, "d.e": 1 }, f: [{ g: 1 }, 2], gone: 1 };
  const now = { a: 2, b: { c: 2, "d.e": 2 }, f: [{ g: 2 }, 3], extra: 1 };
  expect(ignoreChanges(now, old, ["a", 'b["d.e"]', "f[0].g", "gone", "extra"])).toEqual({
    a: 1,
    b: { c: 2, "d.e": 1 },
    f: [{ g: 1 }, 3],
    gone: 1,
  });
  expect(ignoreChanges(now, old, ["b"])).toEqual({ ...now, b: old.b });
  expect(ignoreChanges(now, {}, ["b.c"])).toEqual(now);
  expect(parsePath('a.b[3]["x\\"y"].c')).toEqual(["a", "b", 3, 'x"y', "c"]);
  expect(() => parsePath("a[*]")).toThrow('cannot read the property path "a[*]" in ignoreChanges');
});

test("secrets are taken out of any text, the longest first, line by line too", () => {
  const masker = new SecretMasker();
  const pem = "-----BEGIN KEY-----\nabcdefghijklmnopqrstuvwxyz\nshort\n-----END KEY-----";
  masker.learn({ a: [secret("swordfish"), { b: secret({ c: "sword", d: 12345, e: "ab" }) }] });
  masker.learn({ pem: secret(pem), open: "visible" });
  expect(masker.mask("swordfish, swords and 12345 are visible, ab too")).toBe(
    "[secret], [secret]s and [secret] are visible, ab too",
  );
  expect(masker.mask(`x ${pem} y`)).toBe("x [secret] y");
  expect(masker.mask(JSON.stringify({ pem }))).toBe('{"pem":"[secret]"}');
  expect(masker.mask("  abcdefghijklmnopqrstuvwxyz\n  short")).toBe("  [secret]\n  short");
});

test("deletes run after everything that depends on them, and as parallel as that allows", async () => {
  const needs: Record<string, string[]> = { a: [], b: ["a"], c: ["a"], d: ["b", "c"], e: [] };
  const done: string[] = [];
  let running = 0;
  let most = 0;
  await inReverseDependencyOrder(
    Object.keys(needs),
    (item) => item,
    (item) => needs[item] ?? [],
    () => false,
    async (item) => {
      most = Math.max(most, (running += 1));
      await Promise.resolve();
      running -= 1;
      done.push(item);
    },
  );
  expect(done.indexOf("d")).toBeLessThan(Math.min(done.indexOf("b"), done.indexOf("c")));
  expect(done.at(-1)).toBe("a");
  expect(done).toHaveLength(5);
  expect(most).toBe(2);
});

test("a circle among deletes is cut, and a failure spares what it held", async () => {
  const done: string[] = [];
  const run = (needs: Record<string, string[]>) =>
    inReverseDependencyOrder(
      Object.keys(needs),
      (item) => item,
      (item) => needs[item] ?? [],
      () => false,
      (item) => {
        if (item === "bad") return Promise.reject(new Error("stuck"));
        done.push(item);
        return Promise.resolve();
      },
    );
  await run({ a: ["b"], b: ["c"], c: ["a"], self: ["self"] });
  expect(done.sort()).toEqual(["a", "b", "c", "self"]);
  done.length = 0;
  await expect(run({ base: [], bad: ["base"] })).rejects.toThrow("stuck");
  expect(done).toEqual([]);
});

test("ten thousand deletes in a chain and a fan take linear time", async () => {
  const items = Array.from({ length: 10_000 }, (_, index) => index);
  const done: number[] = [];
  const started = performance.now();
  await inReverseDependencyOrder(
    items,
    String,
    (item) => (item === 0 ? [] : item < 5_000 ? [String(item - 1)] : ["0"]),
    () => false,
    (item) => {
      done.push(item);
      return Promise.resolve();
    },
  );
  expect(done).toHaveLength(10_000);
  expect(done.at(-1)).toBe(0);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test("a type or package without a driver is refused by name", () => {
  const drivers = new Drivers([fakeProvider()]);
  expect(() => drivers.resource("aws:s3/bucket:Bucket")).toThrow(
    'the embedded engine does not support the package "aws" (type aws:s3/bucket:Bucket); it has "fake"; use the Pulumi CLI, or do without',
  );
  expect(() => drivers.resource("fake:index:Other")).toThrow("the resource type fake:index:Other");
  expect(() => drivers.check("pulumi:providers:aws", {})).toThrow(
    'the package "aws"; it has "fake"',
  );
});
