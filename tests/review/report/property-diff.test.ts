import { expect, test } from "vitest";
import { secretValue, UNKNOWN } from "../../../policy/resource.ts";
import { propertyDiffs } from "../../../review/report/property-diff.ts";
import { change } from "../changes.ts";

const diffs = (
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  replaceKeys: string[] = [],
) =>
  propertyDiffs(
    change(
      "update",
      "kafka:index/topic:Topic",
      "t",
      { before: { inputs: before }, after: { inputs: after } },
      { replaceKeys },
    ),
  );

test("single values are told by path, in order, with their meaning", () => {
  expect(
    diffs(
      {
        partitions: 6,
        config: { "retention.ms": "604800000", "segment.ms": "1" },
        list: [1, { a: 1 }],
      },
      {
        partitions: 9,
        config: { "retention.ms": "86400000", "flush.ms": "5000" },
        list: [1, { a: 2 }],
      },
    ),
  ).toEqual([
    { path: "config.flush.ms", after: { raw: "5000", human: "5s" }, replaces: false },
    {
      path: "config.retention.ms",
      before: { raw: "604800000", human: "7d" },
      after: { raw: "86400000", human: "1d" },
      replaces: false,
    },
    { path: "config.segment.ms", before: { raw: "1", human: "1ms" }, replaces: false },
    { path: "list[1].a", before: { raw: 1 }, after: { raw: 2 }, replaces: false },
    { path: "partitions", before: { raw: 6 }, after: { raw: 9 }, replaces: false },
  ]);
});

test("of lists of another length what one side has is told", () => {
  expect(diffs({ list: [1, 3, 3] }, { list: [3, 1, 2] })).toHaveLength(3);
  expect(diffs({ list: [1, 3] }, { list: [1, 2, 4] })).toEqual([
    { path: "list[]", before: { raw: 3 }, replaces: false },
    { path: "list[]", after: { raw: 2 }, replaces: false },
    { path: "list[]", after: { raw: 4 }, replaces: false },
  ]);
});

const LONG = Array.from({ length: 40 }, (_, at) => `key.${String(at)}=${String(at)}`);

test("one property among many is told by itself, and so is a variable and an option of Java", () => {
  const variables = (options: string) => [
    { name: "A", value: "1" },
    { name: "KAFKA_OPTS", value: options },
  ];
  const options = "-Xlog:gc ".repeat(20);
  expect(
    diffs(
      {
        data: { "broker.properties": `${LONG.join("\n")}\n` },
        env: variables(`${options}-XX:+UseG1GC`),
      },
      {
        data: {
          "broker.properties": `${LONG.join("\n").replace("=7", "=8")}\nmax.connections=1\n`,
        },
        env: variables(`${options}-Dcom.sun.management.jmxremote.port=9999 -XX:+UseG1GC`),
      },
    ),
  ).toEqual([
    {
      path: "data.broker.properties[key.7]",
      ...{ before: { raw: "7" }, after: { raw: "8" }, replaces: false },
    },
    { path: "data.broker.properties[max.connections]", after: { raw: "1" }, replaces: false },
    {
      path: "env[KAFKA_OPTS].value[part]",
      ...{ after: { raw: "-Dcom.sun.management.jmxremote.port=9999" }, replaces: false },
    },
  ]);
});

test("a line that one side has is told, and a text whose order alone differs is told whole", () => {
  expect(diffs({ text: "a b\nc d\n" }, { text: "a b\nd c\n" })).toEqual([
    { path: "text[line]", before: { raw: "c d" }, replaces: false },
    { path: "text[line]", after: { raw: "d c" }, replaces: false },
  ]);
  expect(diffs({ text: "a b\nc d" }, { text: "c d\na b" })).toHaveLength(1);
});

test("what replaces is marked, and only that", () => {
  const [spec, specification] = diffs(
    { spec: { selector: "a" }, specification: 1 },
    { spec: { selector: "b" }, specification: 2 },
    ["spec.selector", "spec"],
  );
  expect([spec?.replaces, specification?.replaces]).toEqual([true, false]);
});

test("a secret is never shown, not even inside a list or an object", () => {
  const hidden = { deep: [secretValue("hunter2")], plain: secretValue({ a: "hunter2" }) };
  const shown = diffs(hidden, {
    deep: [secretValue("hunter3")],
    plain: "open",
    more: [secretValue("hunter4")],
  });
  expect(shown).toEqual([
    {
      path: "deep[0]",
      before: { raw: "[secret]" },
      after: { raw: "[another secret]" },
      replaces: false,
    },
    { path: "more", after: { raw: ["[secret]"] }, replaces: false },
    { path: "plain", before: { raw: "[secret]" }, after: { raw: "open" }, replaces: false },
  ]);
  expect(JSON.stringify(shown)).not.toContain("hunter");
});

test("unknown on both sides is no difference, unknown on one is", () => {
  expect(diffs({ a: UNKNOWN, b: "x" }, { a: UNKNOWN, b: UNKNOWN })).toEqual([
    { path: "b", before: { raw: "x" }, after: { raw: "[unknown]" }, replaces: false },
  ]);
});

test("equal secrets are no difference, nor is a secret whose mark alone is gone told as equal", () => {
  expect(diffs({ a: secretValue(UNKNOWN) }, { a: secretValue(UNKNOWN) })).toEqual([]);
  expect(diffs({ a: secretValue("x") }, { a: "x" })).toHaveLength(1);
});
