import { expect, test } from "vitest";
import { z } from "zod";
import { accountGroupSchema } from "../../../model/access/account-declaration.ts";
import { domainSchema } from "../../../model/catalogue/domain-declaration.ts";
import { stackConfigSchema } from "../../../model/stack/stack-config.ts";
import { describeFaults } from "../../../model/values/faults.ts";
import { ANY_VALUE, examplesOf } from "../../support/schema-examples.ts";
import { changedAt, type Place, placesIn, WRONG_VALUES } from "../../support/wrong-values.ts";

// What is wrong with a file is told in words of ours, whatever is wrong, and wherever.

/** Of the library, and of JavaScript. */
const FOREIGN =
  /invalid|expected|received|\btoo (small|big)\b|unrecognized|must match|\bstring\b|\barray\b|\bboolean\b|NaN:|\[object/i;
const OURS =
  /: (given [^]+; wanted .|missing; wanted .|unknown key; .|the key does not fit; wanted .)/;

const SCHEMAS = { domains: domainSchema, groups: accountGroupSchema, stacks: stackConfigSchema };

/** What is longest there is shortened: with all of it in every place the test would take a minute. */
const WRONG = WRONG_VALUES.map((wrong) =>
  typeof wrong === "string" ? wrong.slice(0, 300) : wrong,
);

/** Values of a kind that a list or an object is wrong with as with another value of that kind. */
const isOther = (wrong: unknown) =>
  typeof wrong === "number" || (typeof wrong === "string" && wrong !== "");

/** Lines that are not as they should be, of one document. */
function badLines(schema: z.ZodType, document: unknown): string[] {
  const { error } = schema.safeParse(document);
  const lines = error ? describeFaults(error, document) : [];
  return lines.filter((line) => {
    const [, message = ""] = /(?:; wanted|: unknown key;) ([^]*)$/.exec(line) ?? [];
    return !OURS.test(line) || FOREIGN.test(message) || /\n/.test(line);
  });
}

/** What is in a place of a document. */
const valueAt = (document: unknown, place: Place) =>
  place.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], document);

/** A document with another value wherever it does not matter for the rest. */
const withEverywhere = (document: unknown, places: readonly Place[], wrong: unknown) =>
  places
    .filter((place) => valueAt(document, place) === ANY_VALUE)
    .reduce((changed, place) => changedAt(changed, place, wrong), document);

test.each(Object.entries(SCHEMAS))(
  "no field of %s answers a wrong value, or none, with words of a library",
  (_, schema) => {
    const done = new Set<string>();
    const documents = examplesOf(schema).flatMap((example) => {
      const places = placesIn(example);
      const alone = places.filter(
        (place) => valueAt(example, place) !== ANY_VALUE && !done.has(place.join(".")),
      );
      for (const place of places) done.add(place.join("."));
      return WRONG.flatMap((wrong) => [
        withEverywhere(example, places, wrong),
        ...(isOther(wrong) ? [] : alone.map((place) => changedAt(example, place, wrong))),
      ]);
    });
    const bad = new Set(documents.flatMap((document) => badLines(schema, document)));
    expect([...bad]).toEqual([]);
    // The walk has been everywhere, and not only at the top.
    expect(done.size).toBeGreaterThan(schema === accountGroupSchema ? 30 : 90);
  },
);

test("every kind of value has words of its own where a schema has none", () => {
  const schema = z.strictObject({
    text: z.string(),
    some: z.string().min(1),
    short: z.string().max(3),
    flag: z.boolean(),
    number: z.number(),
    whole: z.int(),
    positive: z.int().positive(),
    few: z.number().max(3),
    list: z.array(z.string()),
    full: z.array(z.number()).min(1),
    uses: z.array(z.strictObject({ topics: z.string(), group: z.string() })),
    names: z.record(z.string(), z.number()),
    choice: z.enum(["a", "b"]),
    form: z.string().regex(/^a/),
  });
  const given = {
    ...{ text: 1, some: "", short: "four", flag: "yes", number: "1", whole: 0.5, positive: 0 },
    ...{ few: 4, list: "t", full: [], uses: {}, names: [], choice: "c", form: "b", txt: 1 },
  };
  const { error } = schema.safeParse(given);
  expect(error && describeFaults(error, given)).toEqual([
    "text: given 1; wanted some text",
    'some: given ""; wanted some text',
    'short: given "four"; wanted at most 3 characters',
    'flag: given "yes"; wanted true or false',
    'number: given "1"; wanted a number',
    "whole: given 0.5; wanted a whole number",
    "positive: given 0; wanted a number, above 0",
    "few: given 4; wanted a number, at most 3",
    'list: given "t"; wanted a list of texts',
    "full: given []; wanted at least one entry",
    "uses: given {}; wanted a list of objects with topics, group",
    "names: given []; wanted entries by name",
    'choice: given "c"; wanted a or b',
    'form: given "b"; wanted a value of another form',
    'txt: unknown key; did you mean "text"?',
  ]);
});

test("of what may be two kinds of value, what is wrong inside the one that was meant is told", () => {
  const topic = { partitions: { throughputPerSecond: "5 MiB", consumer: 6, consumers: 0 } };
  const given = { owner: "o", topics: { orders: topic } };
  const { error } = domainSchema.safeParse(given);
  const lines = error ? describeFaults(error, given) : [];
  expect(lines).toContain(
    'topics.orders.partitions.consumer: unknown key; did you mean "consumers"?',
  );
  expect(lines).toContain(
    "topics.orders.partitions.consumers: given 0; wanted at least 1 consumer",
  );
});

test("whatever is given is shown, in one line", () => {
  const circle: Record<string, unknown> = {};
  circle["itself"] = circle;
  const shown = [Number.NaN, 10n, () => 1, Symbol("s"), circle, "a\u2028b", null].map((given) => {
    const { error } = z.strictObject({ a: z.string().max(0) }).safeParse({ a: given });
    return error && describeFaults(error, { a: given })[0]?.replace(/; wanted.*/, "");
  });
  expect(shown).toEqual([
    ...["a: given NaN", "a: given 10", "a: given a function", "a: given a symbol"],
    "a: given an object that JSON cannot hold",
    ...[String.raw`a: given "a\u2028b"`, "a: given null"],
  ]);
});

test("the check finds a schema that leaves its words to the library", () => {
  const leaking = z.strictObject({ a: z.string({ error: "Invalid input: expected string" }) });
  expect(badLines(leaking, { a: 1 })).toEqual([
    "a: given 1; wanted Invalid input: expected string",
  ]);
});
