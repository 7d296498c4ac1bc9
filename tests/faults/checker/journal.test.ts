import { describe, expect, it } from "vitest";
import { parseConsole, parseLoadJournal, parseReadBack } from "./journal.ts";

describe("the journal of a load", () => {
  it("is read line by line", () => {
    const lines = [
      "acknowledged 1 7 t-a 2 40 1764000000123 12",
      "failed 0 3 _MSG_TIMED_OUT",
      "isr 1764000000500 2 1",
      "sent 0 4",
      "sent 1 8",
    ];
    expect(parseLoadJournal(`${lines.join("\n")}\n`)).toEqual({
      sent: [4, 8],
      acknowledged: [
        {
          ...{ producer: 1, sequence: 7, topic: "t-a", partition: 2, offset: 40 },
          ...{ sentMs: 1764000000123, latencyMs: 12 },
        },
      ],
      failures: ["_MSG_TIMED_OUT"],
      samples: [{ atMs: 1764000000500, underMinIsr: 2, leaderless: 1 }],
    });
  });

  it("is refused where a line is cut off or of another kind", () => {
    expect(() => parseLoadJournal("acknowledged 1 7 t-a 2")).toThrow(
      '"" in "acknowledged 1 7 t-a 2"',
    );
    expect(() => parseLoadJournal("hello")).toThrow('not a line of a load\'s journal: "hello"');
  });
});

describe("what was read back", () => {
  const found = { topic: "t", partition: 3, offset: 9, producer: 2, sequence: 5 };

  it("names the record and its place, by either reader", () => {
    expect(parseReadBack("t 3 9 t 2 5 xxx\n")).toEqual([found]);
    expect(parseConsole("Partition:3\tOffset:9\tt 2 5 xxx\n", "t")).toEqual([found]);
  });

  it("is refused where the record is no record of ours, or of another topic", () => {
    expect(() => parseReadBack("t 3 9 hello")).toThrow('"" in "hello" is not a whole number');
    expect(() => parseReadBack("t 3 9 u 2 5 xxx")).toThrow("of topic u was read from t");
    expect(() => parseConsole("[WARN] something", "t")).toThrow("not a line of the console");
  });
});
