import fc from "fast-check";
import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { expect, test } from "vitest";
import { UNKNOWN } from "../../engine/values/value.ts";
import {
  containsSecret,
  display,
  equal,
  isSecret,
  mapValues,
  markAllLike,
  markLike,
  type PropertyMap,
  type PropertyValue,
  reveal,
  secret,
} from "../../engine/values/property-values.ts";
import { fromStored, toStored } from "../../engine/values/encoding.ts";
import { fromWire, toWire } from "../../engine/values/wire.ts";

const reversing = {
  encrypt: (text: string) => Buffer.from(text).reverse().toString("hex"),
  decrypt: (text: string) => Buffer.from(text, "hex").reverse().toString(),
};

/** Protobuf's own conversion of a Struct loses this one key. */
const key = (constraints: fc.StringConstraints = {}) =>
  fc.string(constraints).filter((name) => name !== "__proto__");

const { value: anyValue } = fc.letrec<{ value: PropertyValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((number) => (number === 0 ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    fc.constant(UNKNOWN),
    tie("value").map(secret),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key(), tie("value"), { maxKeys: 3 }).map((map) => mapValues(map, (v) => v)),
  ),
}));
const anyMap: fc.Arbitrary<PropertyMap> = fc
  .dictionary(key({ minLength: 1 }), anyValue, { maxKeys: 4 })
  .map((map) => mapValues(map, (value) => value));

test("values survive the way to the SDK and into the state", () => {
  fc.assert(
    fc.property(anyMap, (map) => {
      expect(equal(fromWire(toWire(map)), map)).toBe(true);
      expect(equal(fromStored(toStored(map, reversing), reversing), map)).toBe(true);
    }),
  );
});

test("a secret leaves nothing of itself in what is shown or stored", () => {
  const map = { a: { b: [secret({ c: "hunter2" })] } };
  expect(display(map)).toEqual({ a: { b: ["[secret]"] } });
  expect(display(map, true)).toEqual({ a: { b: [{ c: "hunter2" }] } });
  expect(JSON.stringify(toStored(map, reversing))).not.toContain("hunter2");
  expect(fromStored(toStored(map, reversing), reversing)).toEqual(map);
  expect(reveal(map)).toEqual({ a: { b: [{ c: "hunter2" }] } });
  expect(isSecret(secret(secret("x"))) && reveal(secret(secret("x")))).toBe("x");
});

test("the wire format is the SDK's", () => {
  const signature = "4dabf18193072939515e22adb298388d";
  expect(toWire({ a: secret("s"), b: UNKNOWN }).toJavaScript()).toEqual({
    a: { [signature]: "1b47061264138c4ac30d75fd1eb44270", value: "s" },
    b: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  });
  const asset = { [signature]: "c44067f5952c0a294b673a41bacd8c17", text: "x" };
  expect(() => fromWire(structs.Struct.fromJavaScript({ asset }))).toThrow(
    "the embedded engine does not support an asset as a property; use the Pulumi CLI",
  );
});

test("marks follow what a driver did to the values", () => {
  const pattern = { a: secret(1), b: { c: secret(2), d: 3 }, e: [secret("x"), "y"] };
  const marked = markAllLike({ a: 1, b: { c: 2, d: 3, f: 4 }, e: ["y", "x"], g: 5 }, pattern);
  expect(display(marked)).toEqual({
    a: "[secret]",
    b: { c: "[secret]", d: 3, f: 4 },
    e: "[secret]",
    g: 5,
  });
  // The key its secret was under is gone: it may be anywhere.
  expect(isSecret(markLike({ renamed: 2 }, pattern.b))).toBe(true);
  expect(markLike({ renamed: 2 }, { c: 2 })).toEqual({ renamed: 2 });
});

test("whatever contained a secret still does after marking the revealed value", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(containsSecret(markLike(reveal(value), value))).toBe(containsSecret(value));
    }),
  );
});

test("equality is deep, and tells a secret from its value", () => {
  expect(equal({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toBe(true);
  expect(equal({ a: 1 }, { a: 1, b: 1 })).toBe(false);
  expect(equal({ a: 1, b: 1 }, { a: 1, c: 1 })).toBe(false);
  expect(equal([1, 2], [1])).toBe(false);
  expect(equal(secret("a"), "a")).toBe(false);
  expect(equal("a", secret("a"))).toBe(false);
  expect(equal(undefined, null)).toBe(false);
});
