import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { chooseBase, MAVEN_IMAGE } from "../../cli/images/base-image.ts";
import { KAFKA_BASE_IMAGE } from "../../model/broker/versions.ts";
import { recipeHash } from "../../cli/images/base-image-recipe.ts";
import { aptInstallCommands, asRoot, isRunning, onPath } from "../../cli/machine/host.ts";
import { transferred } from "../../cli/images/image-transfer.ts";
import { JMX_AGENT } from "../../images/jars.ts";

const IMAGES = path.join(import.meta.dirname, "../../images");
const NONE = { official: false, maven: false, localRecipe: undefined };

describe("the choice of a base", () => {
  it.each([
    ["nothing present", NONE, "fetch"],
    ["both official images", { ...NONE, official: true, maven: true }, "official"],
    ["no Maven image for the agent", { ...NONE, official: true }, "fetch"],
    ["a local one by this recipe", { ...NONE, localRecipe: "abc" }, "local"],
    ["a local one by another recipe", { ...NONE, localRecipe: "abd" }, "fetch"],
    ["a local one without a label", { ...NONE, localRecipe: "" }, "fetch"],
    [
      "official ones beside a local one",
      { official: true, maven: true, localRecipe: "abc" },
      "official",
    ],
  ] as const)("with %s (%j) is %s", (_case, images, expected) => {
    expect(chooseBase(images, "abc")).toBe(expected);
  });
});

describe("the recipe's hash", () => {
  const files = (entries: Record<string, string>) =>
    new Map(Object.entries(entries).map(([name, text]) => [name, Buffer.from(text)]));
  const original = recipeHash(files({ a: "1", b: "2" }), ["USER 1000"]);

  it("does not depend on the order of the files", () => {
    expect(recipeHash(files({ b: "2", a: "1" }), ["USER 1000"])).toBe(original);
  });

  it.each([
    ["content", { a: "1", b: "3" }, ["USER 1000"]],
    ["a name", { a: "1", c: "2" }, ["USER 1000"]],
    ["a border between files", { a: "12", b: "" }, ["USER 1000"]],
    ["a setting", { a: "1", b: "2" }, ["USER 0"]],
  ])("changes with %s", (_what, changed, settings) => {
    expect(recipeHash(files(changed), settings)).not.toBe(original);
  });
});

describe("progress of a transfer", () => {
  it("adds the layers up", () => {
    expect(
      transferred([
        { id: "a", status: "Downloading", progressDetail: { current: 12_400_000, total: 200e6 } },
        { id: "b", status: "Pull complete", progressDetail: {} },
        { id: "c", status: "Waiting" },
        { id: "d", progressDetail: { current: 30e6, total: 30e6 } },
      ]),
    ).toBe("42 of 230 MB");
  });
});

describe("the host", () => {
  it("finds what can be started, and only that", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "on-path-"));
    await writeFile(path.join(folder, "tool"), "", { mode: 0o755 });
    await mkdir(path.join(folder, "empty"));
    expect(onPath("tool", `/nowhere${path.delimiter}${folder}`)).toBe(true);
    expect(onPath("other", folder)).toBe(false);
    expect(onPath("tool", "")).toBe(false);
    await rm(folder, { recursive: true });
  });

  it("knows which processes run", () => {
    expect(isRunning(process.pid)).toBe(true);
    expect(isRunning(999_999_999)).toBe(false);
  });

  it("puts sudo before commands of anybody but root", () => {
    const [update = []] = aptInstallCommands(["maven"]);
    expect(asRoot(update, true)[0]).toBe("apt-get");
    expect(asRoot(update, false).slice(0, 2)).toEqual(["sudo", "apt-get"]);
  });
});

describe("the Dockerfile", () => {
  it("has the same defaults and pins the same agent as the code around it", async () => {
    const text = await readFile(path.join(IMAGES, "kafka/Dockerfile"), "utf8");
    expect(text).toContain(`ARG BASE_IMAGE=${KAFKA_BASE_IMAGE}\n`);
    expect(text).toContain(`ARG AGENT_IMAGE=${MAVEN_IMAGE}\n`);
    expect(text).toContain(`-Dartifact=${JMX_AGENT} `);
    expect(text).toMatch(/echo "[0-9a-f]{64} {2}\/agent\/jmx_prometheus_javaagent\.jar"/);
  });

  it("is for the same Kafka as the jars", async () => {
    const pom = await readFile(path.join(IMAGES, "base/pom.xml"), "utf8");
    const versions = [...pom.matchAll(/<artifactId>kafka[^<]*<\/artifactId>\s*<version>([^<]+)</g)];
    expect(versions.map(([, version]) => `apache/kafka:${version}`)).toEqual(
      Array(3).fill(KAFKA_BASE_IMAGE),
    );
  });
});
