import { expect, test } from "vitest";
import {
  durationText,
  exactSizeText,
  percentText,
  sizeText,
} from "../../../model/values/amount-text.ts";

test.each([
  [604_800_000, "7d"],
  [129_600_000, "36h"],
  [90_000, "90s"],
  [1_500, "1500ms"],
  [0, "0ms"],
  [4_321_987, "about 1.20h"],
])("%d ms are %s", (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

test.each([
  [2 ** 30, "1 GiB"],
  [100 * 2 ** 30, "100 GiB"],
  [1_048_588, "about 1.00 MiB"],
  [512, "512 B"],
  [0, "0 B"],
])("%d bytes are %s", (bytes, text) => {
  expect(exactSizeText(bytes)).toBe(text);
});

test.each([
  [8.008 * 2 ** 30, "8.01 GiB"],
  [128 * 2 ** 20, "128 MiB"],
  [1500 * 2 ** 40, "1,500 TiB"],
  [0, "0 B"],
])("an estimate of %d bytes is %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

test("a share is a whole percentage", () => {
  expect([0.706, 12.5].map(percentText)).toEqual(["71 %", "1,250 %"]);
});
