import { expect, test } from "vitest";
import { declaredData, readDeclaredData } from "../../../model/catalogue/declared-data.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { SettingsError } from "../../../model/values/faults.ts";
import { DECLARATIONS } from "../../../topics/index.ts";

/** The faults that work ends with. */
function faultsOf(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

const declaring = (domain: unknown, accountGroups = {}) =>
  declaredData({ domains: { "topics/a.ts": domain }, accountGroups });

test("what is declared comes to the same catalogue after it was handed over", () => {
  const read = readDeclaredData(JSON.stringify(declaredData(DECLARATIONS)));
  expect(loadCatalogue(read as typeof DECLARATIONS)).toEqual(loadCatalogue(DECLARATIONS));
});

test("a function that makes a domain is called", () => {
  expect(declaring(() => ({ owner: "team" })).domains).toEqual({
    "topics/a.ts": { owner: "team" },
  });
});

const itself: Record<string, unknown> = {};
itself["again"] = { itself };

test.each<[string, unknown, string]>([
  ["a function", { owner: () => "team" }, "owner: a function; wanted data"],
  ["no number", { partitions: NaN }, "partitions: NaN; wanted a number"],
  [
    "a number without end",
    { partitions: [1, Infinity] },
    "partitions[1]: Infinity; wanted a number",
  ],
  ["a hole in a list", { hosts: [undefined] }, "hosts[0]: undefined; wanted data"],
  ["a date", { until: new Date(0) }, "until: an object of a class; wanted data"],
  ["its own text", { toJSON: "other" }, "an object of a class; wanted data"],
  ["a symbol", { owner: Symbol("team") }, "owner: a symbol; wanted data"],
  ["a great number", { partitions: 3n }, "partitions: a bigint; wanted data"],
  ["a circle", itself, "again.itself: contains itself; wanted data"],
])(
  "%s is refused, since it would be missing or another where the data is read",
  (_, domain, fault) => {
    const [found = "", ...others] = faultsOf(() => declaring(domain));
    expect(others).toEqual([]);
    expect(found).toContain("topics/a.ts: ");
    expect(found).toContain(fault);
  },
);

test("account groups are looked at, too", () => {
  expect(faultsOf(() => declaring({}, { all: () => 1 }))).toEqual([
    "account groups: all: a function; wanted data",
  ]);
});

test("a key that JavaScript gives a meaning to is a key", () => {
  const text = '{"domains":{"topics/a.ts":{"__proto__":{"owner":"team"}}},"accountGroups":{}}';
  const { domains } = readDeclaredData(text);
  expect(Object.keys(domains["topics/a.ts"] as object)).toEqual(["__proto__"]);
});

test.each([
  ["nothing", ""],
  ["a report", "Nothing stands in the way."],
  ["a list", "[]"],
  ["null", "null"],
  ["domains in a list", '{"domains":[],"accountGroups":{}}'],
  ["half of it", '{"domains":{}}'],
  ["something besides", '{"domains":{},"accountGroups":{},"code":""}'],
])("%s is no declarations", (_, text) => {
  expect(faultsOf(() => readDeclaredData(text))).toEqual([
    "wanted one JSON object with domains and accountGroups",
  ]);
});
