import { expect, test } from "vitest";
import { quantity } from "../../../model/values/quantity.ts";

test.each([
  ["100Gi", 100 * 2 ** 30],
  ["1.5Ki", 1536],
  ["2G", 2e9],
  ["512", 512],
  [7, 7],
  ["much", undefined],
  [undefined, undefined],
])("the quantity %j is %j", (given, amount) => {
  expect(quantity(given)).toBe(amount);
});
