import { expect, test } from "vitest";
import {
  changeStreams,
  type Selection,
  type Source,
} from "../../../model/catalogue/change-streams.ts";

const SOURCES: readonly Source[] = [
  { server: "a", database: "x", tables: { t: { changesPerDay: 24 }, u: { changesPerDay: 0 } } },
  { server: "b", database: "x", tables: { t: { changesPerDay: 24 } } },
];

test.each<[Selection, string[]]>([
  ["all", ["a.x.t", "a.x.u", "b.x.t"]],
  [{ server: "b" }, ["b.x.t"]],
  [{ tables: ["b.x.t", "a.x.u"] }, ["a.x.u", "b.x.t"]],
  [{ tables: [] }, []],
])("selection %j takes exactly the tables that it names", (selection, names) => {
  expect(Object.keys(changeStreams(SOURCES, selection))).toEqual(names);
});

test("the expected volume is ten times the average hour, and never nothing", () => {
  const streams = changeStreams(SOURCES);
  expect(streams["a.x.t"]?.eventsPerHour).toEqual({ from: 0, to: 10, average: 1 });
  expect(streams["a.x.u"]?.eventsPerHour).toEqual({ from: 0, to: 1, average: 0 });
});

test.each<[readonly Source[], Selection, string]>([
  [SOURCES, { server: "c" }, 'selection: server "c" is no source; is it misspelt?'],
  [
    SOURCES,
    { tables: ["a.x.v"] },
    'selection: table "a.x.v" is in no source; did you mean "a.x.t"?',
  ],
  [[...SOURCES, ...SOURCES.slice(1)], "all", "table b.x.t: listed 2 times; wanted once"],
])("what cannot be selected is a fault", (sources, selection, fault) => {
  expect(() => changeStreams(sources, selection)).toThrow(fault);
});
