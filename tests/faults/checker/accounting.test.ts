import { describe, expect, it } from "vitest";
import { account, type FoundRecord } from "./accounting.ts";

const record = (
  sequence: number,
  offset: number,
  over: Partial<FoundRecord> = {},
): FoundRecord => ({
  ...{ topic: "t", partition: 0, offset, producer: 0, sequence },
  ...over,
});

const NOTHING = { lost: [], duplicated: [], reordered: [], displaced: [], unknown: [] };
const four = [0, 1, 2, 3].map((at) => record(at, at));

describe("account", () => {
  it("finds nothing wrong with records that are all there, each once, in order", () => {
    expect(account([4], four, four)).toEqual({ acknowledged: 4, found: 4, ...NOTHING });
  });

  it("finds nothing wrong with nothing", () => {
    expect(account([], [], [])).toEqual({ acknowledged: 0, found: 0, ...NOTHING });
  });

  it("names an acknowledged record that is not there", () => {
    const found = four.filter(({ sequence }) => sequence !== 2);
    expect(account([4], four, found)).toEqual({
      ...{ acknowledged: 4, found: 3 },
      ...{ ...NOTHING, lost: ["2 of producer 0"] },
    });
  });

  it("names a record that is there twice, in one partition or in two", () => {
    const again = [record(1, 4), record(3, 0, { partition: 1 })];
    expect(account([4], four, [...four, ...again])).toEqual({
      ...{ acknowledged: 4, found: 6 },
      ...{ ...NOTHING, duplicated: ["1 of producer 0", "3 of producer 0"] },
    });
  });

  it("names a record behind a later one of the same producer in the same partition", () => {
    const found = [record(0, 0), record(2, 1), record(1, 2), record(3, 3)];
    expect(account([4], found, found)).toEqual({
      ...{ acknowledged: 4, found: 4 },
      ...{ ...NOTHING, reordered: ["1 of producer 0"] },
    });
  });

  it("asks for no order between producers, or between partitions", () => {
    const found = [
      record(5, 0),
      record(0, 1, { producer: 1 }),
      record(3, 0, { partition: 1 }),
      record(4, 0, { topic: "u" }),
    ];
    expect(account([6, 1], found, found)).toEqual({ acknowledged: 4, found: 4, ...NOTHING });
  });

  it("names a record that lies elsewhere than its producer was told", () => {
    const told = [record(0, 7), record(1, 1, { partition: 1 }), record(2, -1), record(3, 3)];
    expect(account([4], told, four)).toEqual({
      ...{ acknowledged: 4, found: 4 },
      ...{ ...NOTHING, displaced: ["0 of producer 0", "1 of producer 0"] },
    });
  });

  it("names a record that nobody sent, and has nothing against one that was never acknowledged", () => {
    const found = [...four, record(4, 4), record(0, 5, { producer: 1 })];
    expect(account([4], four.slice(0, 2), found)).toEqual({
      ...{ acknowledged: 2, found: 6 },
      ...{ ...NOTHING, unknown: ["4 of producer 0", "0 of producer 1"] },
    });
  });
});
