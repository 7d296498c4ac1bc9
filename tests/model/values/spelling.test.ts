import { expect, test } from "vitest";
import { didYouMean, nearest, noSuch } from "../../../model/values/spelling.ts";

test.each([
  ["prev", "preview"],
  ["prnue", "prune"],
  ["strat", "start"],
  ["prunes", "prune"],
  ["START", "start"],
  ["frobnicate", undefined],
  ["", undefined],
  ["abc", undefined],
])("of three commands %j is %j", (given, meant) => {
  expect(nearest(given, ["preview", "prune", "start"])).toBe(meant);
});

test("of short words every letter counts", () => {
  expect(nearest("ab", ["ac"])).toBeUndefined();
  expect(nearest("abc", ["abd"])).toBe("abd");
  expect(nearest("abc", ["acd"])).toBeUndefined();
});

test("who named what there is not is asked about the nearest, or told all there are", () => {
  expect(didYouMean("order", ["orders"], "is it misspelt?")).toBe('did you mean "orders"?');
  expect(didYouMean("x", ["orders"], "is it misspelt?")).toBe("is it misspelt?");
  expect(noSuch("topic", "order", ["payments", "orders"])).toBe(
    'There is no topic "order". Did you mean "orders"? The topics are: orders, payments.',
  );
  expect(noSuch("account", "x", [], " here")).toBe(
    'There is no account "x" here. The accounts are: none.',
  );
});
