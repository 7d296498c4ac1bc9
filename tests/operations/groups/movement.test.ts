import { expect, it } from "vitest";
import { movement, type Standing } from "../../../operations/groups/movement.ts";

const standing = (own: Partial<Standing> = {}): Standing => ({
  ...{ members: 2, lag: 10, committed: 100 },
  ...own,
});

it.each([
  ["caught up", standing({ lag: 0 }), true],
  ["moving", standing({ committed: 101 }), true],
  // Somebody has set it back: that is a movement, too.
  ["moving", standing({ committed: 50, members: 0 }), true],
  ["stuck", standing(), true],
  ["nobody reads", standing({ members: 0 }), true],
  ["nobody reads", standing({ members: 0 }), false],
  ["unknown", standing(), false],
  ["unknown", standing({ members: undefined }), true],
  ["unknown", standing({ lag: undefined }), true],
] as const)("a group is %s with %j (waited for long enough: %s)", (wanted, now, sure) => {
  expect(movement(standing(), now, sure)).toBe(wanted);
});
