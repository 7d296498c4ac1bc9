import { expect, it } from "vitest";
import fc from "fast-check";
import { EndOffsets } from "../../../model/lag/end-offsets.ts";

const looks = (...entries: readonly (readonly [at: number, offset: number])[]): EndOffsets => {
  const ends = new EndOffsets();
  for (const [at, offset] of entries) ends.note(offset, at);
  return ends;
};

it("says between which two looks a record was appended", () => {
  const ends = looks([0, 10], [2_000, 10], [4_000, 15], [6_000, 15]);
  expect(ends.appended(10)).toEqual({ from: 2_000, to: 4_000 });
  expect(ends.appended(14)).toEqual({ from: 2_000, to: 4_000 });
});

it("knows of records from before the first look only that they are older", () => {
  expect(looks([5_000, 10], [7_000, 12]).appended(9)).toEqual({ from: -Infinity, to: 5_000 });
});

it("says nothing of a record that is not there yet, and nothing before the first look", () => {
  expect(looks([0, 10]).appended(10)).toBeUndefined();
  expect(new EndOffsets().appended(0)).toBeUndefined();
  expect(new EndOffsets().end).toBeUndefined();
});

it("begins anew when the end goes back: the topic was made anew", () => {
  const ends = looks([0, 100], [2_000, 200], [4_000, 3]);
  expect(ends.end).toBe(3);
  expect(ends.appended(2)).toEqual({ from: -Infinity, to: 4_000 });
});

it("knows where the end was at a time", () => {
  const ends = looks([0, 10], [2_000, 20], [4_000, 30]);
  expect([-1, 0, 3_999, 9_000].map((at) => ends.endAt(at))).toEqual([undefined, 10, 20, 30]);
});

it("is never wrong however many looks there were, and exact for the last 32 of them", () => {
  const steps = fc.array(fc.nat(3), { minLength: 1, maxLength: 400, size: "max" });
  fc.assert(
    fc.property(steps, (growth) => {
      const ends = new EndOffsets();
      const appendedAt: number[] = [];
      let end = 0;
      ends.note(0, 0);
      growth.forEach((more, index) => {
        const at = (index + 1) * 2_000;
        // In the middle between two looks.
        for (let n = 0; n < more; n += 1) appendedAt.push(at - 1_000);
        end += more;
        ends.note(end, at);
      });
      appendedAt.forEach((truth, offset) => {
        const moment = ends.appended(offset);
        // The first look is never forgotten, so something is known of all that came after it.
        expect(moment?.from).toBeGreaterThanOrEqual(0);
        expect(moment?.from).toBeLessThan(truth);
        expect(moment?.to).toBeGreaterThan(truth);
        const young = truth > (growth.length - 32) * 2_000;
        if (young) expect(Number(moment?.to) - Number(moment?.from)).toBe(2_000);
      });
    }),
  );
});
