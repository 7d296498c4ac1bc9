import { expect, it } from "vitest";
import {
  changes,
  type PartitionFacts,
  planId,
  planReset,
  planRestore,
} from "../../../operations/offsets/reset-plan.ts";
import type { ResetTarget } from "../../../operations/offsets/reset-target.ts";
import {
  outcomeOf,
  recordOf,
  stepsOf,
  undoRecord,
} from "../../../operations/offsets/undo-record.ts";

const position = (offset: number, partition = 0) => ({
  ...{ topic: "t", partition, offset, leaderEpoch: 3, metadata: "said" },
});
const facts = (more: Partial<PartitionFacts> = {}): PartitionFacts => ({
  ...{ topic: "t", partition: 0, start: 10, end: 20, position: position(15), ...more },
});
const goes = (target: ResetTarget, more: Partial<PartitionFacts> = {}) => {
  const { steps, left } = planReset("g", target, [facts(more)]);
  return [steps[0]?.after?.offset, steps[0]?.asked, left[0]?.why];
};

it("never leaves the partition, and says what was asked for instead", () => {
  expect(goes({ to: "offset", offset: 3 })).toEqual([10, 3, undefined]);
  expect(goes({ to: "offset", offset: 21 })).toEqual([20, 21, undefined]);
  expect(goes({ to: "offset", offset: 20 })).toEqual([20, undefined, undefined]);
  expect(goes({ to: "by", by: -6 })).toEqual([10, 9, undefined]);
  expect(goes({ to: "like", group: "o" }, { found: 4 })).toEqual([10, 4, undefined]);
});

it("takes the end where no record is as late as the time", () => {
  expect(goes({ to: "time", at: 1 }, { found: -1 })).toEqual([20, undefined, undefined]);
  expect(goes({ to: "time", at: 1 }, { found: 12 })).toEqual([12, undefined, undefined]);
});

it("leaves out what has nothing to go by, and says so", () => {
  expect(goes({ to: "by", by: 1 }, { position: undefined })[2]).toContain("no position to go on");
  expect(goes({ to: "like", group: "o" })[2]).toBe("group o has no position in it");
});

it("does not write what stays where it is, with what clients told beside it", () => {
  const plan = planReset("g", { to: "offset", offset: 15 }, [facts()]);
  expect(changes(plan)).toEqual([]);
  expect(plan.steps[0]?.after).toEqual(position(15));
});

it("has another id for each other plan, and the same for the same", () => {
  const plan = (offset: number) => planReset("g", { to: "offset", offset }, [facts()]);
  expect(planId(plan(12))).toBe(planId(plan(12)));
  expect(planId(plan(12))).not.toBe(planId(plan(13)));
});

it("keeps positions so that they come back the same, and tells how far a change got", () => {
  const first = planReset("g", { to: "latest" }, [
    facts(),
    facts({ partition: 1, position: undefined }),
  ]).steps;
  const about = { clusterId: "c", group: "g", at: "2026-11-01T00:00:00Z", state: "begun" } as const;
  const record = undoRecord.parse(JSON.parse(JSON.stringify(recordOf(first, about))));
  expect(stepsOf(record)).toEqual(
    first.map(({ topic, partition, before, after }) => {
      return { topic, partition, before, after };
    }),
  );
  const after = first.flatMap((step) => (step.after ? [step.after] : []));
  expect(outcomeOf(record, after)).toBe("done");
  expect(outcomeOf(record, [position(15)])).toBe("not done");
  expect(outcomeOf(record, after.slice(0, 1))).toBe("half");
  expect(outcomeOf(record, [position(17)])).toBe("moved");
  const back = planRestore("g", stepsOf(record), after);
  expect(back.steps.map((step) => step.after)).toEqual([position(15), undefined]);
});
