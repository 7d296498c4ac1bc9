/** Replace tables and previews of the network, the volume and the image. */
import { describe, expect, test } from "vitest";
import type { ResourceDriver } from "../../../../engine/drivers/driver.ts";
import { type Properties, UNKNOWN } from "../../../../engine/values/value.ts";
import { imageDriver } from "../../../../engine/drivers/docker/image.ts";
import { networkDriver } from "../../../../engine/drivers/docker/network.ts";
import { volumeDriver } from "../../../../engine/drivers/docker/volume.ts";
import { checked } from "../../../support/pulumi/driver-run.ts";

function diff<C>(driver: ResourceDriver<C>, before: Properties, after: Properties) {
  const old = { id: "1", inputs: checked(driver, before), outputs: {} };
  return driver.diff(old, checked(driver, after));
}

const labels = [
  { label: "b", value: "1" },
  { label: "a", value: "1" },
];

describe.each([
  { driver: networkDriver, changes: { driver: "macvlan", internal: true, labels } },
  { driver: volumeDriver, changes: { driver: "nfs", labels } },
])("$driver.type", ({ driver, changes }) => {
  test.each(Object.entries(changes))("%s replaces, old one first", (property, value) => {
    expect(diff(driver, { name: "kafka" }, { name: "kafka", [property]: value })).toEqual({
      changed: [property],
      replace: [property],
      deleteBeforeReplace: true,
    });
  });

  test("a new name replaces with both side by side", () => {
    expect(diff(driver, { name: "kafka" }, { name: "other" })).toEqual({
      changed: ["name"],
      replace: ["name"],
      deleteBeforeReplace: false,
    });
  });

  test("labels in another order are no change", () => {
    const before = { name: "kafka", labels };
    expect(diff(driver, before, { name: "kafka", labels: labels.toReversed() })).toEqual({
      changed: [],
      replace: [],
    });
  });

  test("the name is required, other properties are refused by name", () => {
    expect(driver.check({ options: {} }).failures.map((failure) => failure.property)).toEqual([
      "options",
      "name",
    ]);
  });
});

test("previews keep what the daemon decided before", () => {
  expect(networkDriver.plan({ name: "n" }, undefined)).toEqual({
    name: "n",
    driver: UNKNOWN,
    internal: UNKNOWN,
    scope: UNKNOWN,
  });
  const old = { id: "v", inputs: { name: "v" }, outputs: { driver: "local", mountpoint: "/m" } };
  expect(volumeDriver.plan({ name: "v" }, old)).toEqual({
    name: "v",
    driver: "local",
    mountpoint: "/m",
  });
});

describe("image", () => {
  const BASE = { name: "kafka:1", build: { context: "/src", buildArgs: { A: "1" } } };

  test.each<[string, Properties]>([
    ["name", { ...BASE, name: "kafka:2" }],
    ["build", { ...BASE, build: { context: "/other", buildArgs: { A: "1" } } }],
    ["build", { ...BASE, build: { context: "/src", buildArgs: { A: "2" } } }],
    ["build", { ...BASE, build: { ...BASE.build, tags: ["kafka:latest"] } }],
    ["triggers", { ...BASE, triggers: { files: "abc" } }],
    ["platform", { ...BASE, platform: "linux/arm64" }],
  ])("a change of %s replaces, new one first", (property, after) => {
    expect(diff(imageDriver, BASE, after)).toEqual({ changed: [property], replace: [property] });
  });

  test.each(["keepLocally", "forceRemove"])("a change of %s updates", (property) => {
    expect(diff(imageDriver, BASE, { ...BASE, [property]: true })).toEqual({
      changed: [property],
      replace: [],
    });
  });

  test("an update keeps the image", async () => {
    const outputs = { ...BASE, imageId: "sha256:1", repoDigest: "" };
    const old = { id: "sha256:1kafka:1", inputs: BASE, outputs };
    const inputs = { ...BASE, keepLocally: true };
    expect(imageDriver.plan(inputs, old)).toEqual({ ...outputs, keepLocally: true });
    const client = undefined as never;
    expect(await imageDriver.update(client, old, inputs, undefined as never)).toEqual({
      ...outputs,
      keepLocally: true,
    });
  });

  test("a preview of a build does not know its id", () => {
    expect(imageDriver.plan(BASE, undefined)).toEqual({
      ...BASE,
      imageId: UNKNOWN,
      repoDigest: UNKNOWN,
    });
  });

  test("pullTriggers and build exclude each other; build options are refused by name", () => {
    const reasons = (inputs: Properties) =>
      imageDriver.check(inputs).failures.map((failure) => failure.reason);
    expect(reasons({ ...BASE, pullTriggers: ["x"] })).toEqual([
      "pullTriggers must not be given together with build",
    ]);
    expect(reasons({ name: "k", build: { squash: true } })).toEqual([
      "build.squash is not supported by the embedded engine: leave it out, or use the Pulumi CLI (supported here: context, dockerfile, buildArgs, labels, noCache, platform, pullParent, tags, target)",
      "build.context is required and was not given",
    ]);
  });
});
