import { expect, test } from "vitest";
import {
  isUp,
  stackNamed,
  withParallelism,
  withConfigFile,
  withRefresh,
} from "../../../cli/engines/pulumi-arguments.ts";

test.each([
  [
    ["up", "--stack", "prod"],
    ["up", "--parallel", "128", "--stack", "prod"],
  ],
  [
    ["up", "--parallel", "4"],
    ["up", "--parallel", "4"],
  ],
  [
    ["up", "-p4"],
    ["up", "-p4"],
  ],
  [
    ["config", "get", "x"],
    ["config", "get", "x"],
  ],
  [[], []],
])("pulumi %j runs as %j", (args, run) => {
  expect(withParallelism(args)).toEqual(run);
});

test.each([
  [["up", "--stack", "prod"], true],
  [["up", "--yes", "--policy-pack", "policy"], true],
  [["preview"], true],
  [["preview", "--refresh-not"], true],
  [["up", "--refresh"], false],
  [["up", "--refresh=false"], false],
  [["up", "-r"], false],
  [["up", "--plan", "plan.json"], false],
  [["up", "--plan=plan.json"], false],
  [["up", "--help"], false],
  [["refresh"], false],
  [["destroy"], false],
  [["config", "set", "up"], false],
  [[], false],
])("pulumi %j looks first at what is there: %s", (args, looks) => {
  const [command = "", ...rest] = args;
  expect(withRefresh(args)).toEqual(looks ? [command, "--refresh", ...rest] : args);
});

test.each([
  [["up", "--stack", "prod"], "prod"],
  [["up", "--stack=prod", "--yes"], "prod"],
  [["up", "-s", "prod"], "prod"],
  [["up", "--yes"], undefined],
  [["up", "--stackless", "prod"], undefined],
])("pulumi %j names stack %s", (args, stack) => {
  expect(stackNamed(args)).toBe(stack);
});

test.each([
  [["up"], true],
  [["update", "--yes"], true],
  [["preview"], false],
  [["config", "up"], false],
  [[], false],
])("pulumi %j changes what is there: %s", (args, changes) => {
  expect(isUp(args)).toBe(changes);
});

test.each([
  [["up", "--stack", "dev"], true],
  [["destroy", "-s", "dev"], true],
  [["up", "--config-file", "other.yaml"], false],
  [["up", "--config-file=other.yaml"], false],
  [["up", "--help"], false],
  [["stack", "export", "--stack", "dev"], false],
  [[], false],
])("pulumi %j is told of the file that only this machine has: %s", (args, told) => {
  const [command = "", ...rest] = args;
  const expected = told ? [command, "--config-file", "merged.yaml", ...rest] : args;
  expect(withConfigFile(args, "merged.yaml")).toEqual(expected);
  expect(withConfigFile(args, undefined)).toEqual(args);
});
