import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { formatJarList, parseJarList } from "../../images/jar-list.ts";
import { fetchDependencies, fetchJars, JMX_AGENT } from "../../images/jars.ts";

const IMAGES = path.join(import.meta.dirname, "../../images");
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** What the repository of the stand-in gives. */
const LIST = new Map([
  ["agent/agent-1.0.jar", sha256("agent")],
  ["libs/kafka-1.0.jar", sha256("kafka")],
]);

let folder: string;
const cache = () => path.join(folder, "cache");
const calls = () => readFileSync(path.join(folder, "calls"), "utf8").trimEnd().split("\n");

/** A `mvn` that writes down how it was called, and copies what it is told a repository has. */
function standIn(libs: Record<string, string>): void {
  mkdirSync(path.join(folder, "bin"), { recursive: true });
  const copies = Object.entries(libs).map(
    ([name, content]) => `printf '%s' '${content}' >"$to/${name}"`,
  );
  const mvn = path.join(folder, "bin", "mvn");
  writeFileSync(
    mvn,
    `#!/usr/bin/env bash
echo "$*" >>"${folder}/calls"
to=\${!#}; to=\${to#-DoutputDirectory=}; mkdir -p "$to"
case $to in
  */agent) printf agent >"$to/agent-1.0.jar" ;;
  *) ${copies.join("; ")} ;;
esac
`,
  );
  chmodSync(mvn, 0o755);
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "jars-"));
  vi.stubEnv("PATH", `${path.join(folder, "bin")}${path.delimiter}${process.env["PATH"] ?? ""}`);
  standIn({ "kafka-1.0.jar": "kafka" });
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe("Kafka's jars", () => {
  it("are fetched once, by a Maven that refuses wrong checksums, and verified", async () => {
    const jars = await fetchJars(cache(), LIST);
    expect(await fetchJars(cache(), LIST)).toBe(jars);
    expect(readFileSync(path.join(jars, "libs/kafka-1.0.jar"), "utf8")).toBe("kafka");
    expect(calls()).toHaveLength(2);
    for (const call of calls()) expect(call.split(" ")).toContain("--strict-checksums");
  });

  it("are refused by name when one in the cache is another file", async () => {
    const jars = await fetchJars(cache(), LIST);
    writeFileSync(path.join(jars, "libs/kafka-1.0.jar"), "tampered");
    await expect(fetchJars(cache(), LIST)).rejects.toThrow(
      `the jars in ${jars} are not those of images/jars.sha256: ` +
        `libs/kafka-1.0.jar has SHA-256 ${sha256("tampered")}, wanted ${sha256("kafka")}. `,
    );
  });

  it.each([
    ["another file", { "kafka-1.0.jar": "tampered" }, "libs/kafka-1.0.jar has SHA-256 "],
    ["one more", { "kafka-1.0.jar": "kafka", "x.jar": "x" }, ": libs/x.jar is not in the list."],
    [
      "one less",
      { "y.jar": "y" },
      ": libs/kafka-1.0.jar is missing; libs/y.jar is not in the list.",
    ],
  ])("are refused and not kept when the repository gives %s", async (_what, libs, reason) => {
    standIn(libs);
    await expect(fetchJars(cache(), LIST)).rejects.toThrow(reason);
    standIn({ "kafka-1.0.jar": "kafka" });
    await expect(fetchJars(cache(), LIST)).resolves.toContain("kafka-jars-");
  });

  it("that another pom names have no list, and strict checksums all the same", async () => {
    await fetchDependencies(cache(), "other", path.join(IMAGES, "base/pom.xml"));
    expect(calls()).toEqual([expect.stringMatching(/^-B -q --strict-checksums /)]);
  });
});

describe("the list of the jars", () => {
  const text = readFileSync(path.join(IMAGES, "jars.sha256"), "utf8");

  it("is in the order and the format that write-jar-list gives it", () => {
    expect(formatJarList(parseJarList(text))).toBe(text);
    expect(() => parseJarList("0123  libs/kafka.jar\n")).toThrow('"0123  libs/kafka.jar"');
  });

  it("has every jar that the pom names in its version, and the agent with the Dockerfile's hash", () => {
    const list = parseJarList(text);
    const pom = readFileSync(path.join(IMAGES, "base/pom.xml"), "utf8");
    const named =
      /<artifactId>([^<]+)<\/artifactId>\s*<version>([^<]+)<\/version>\s*<\/dependency>/g;
    const jars = [...pom.matchAll(named)].map(([, id, version]) => `libs/${id}-${version}.jar`);
    expect(jars).toHaveLength(4);
    expect([...list.keys()]).toEqual(expect.arrayContaining(jars));

    const [, artifact, version] = JMX_AGENT.split(":");
    const dockerfile = readFileSync(path.join(IMAGES, "kafka/Dockerfile"), "utf8");
    const [, checked] = /echo "([0-9a-f]{64}) {2}\/agent\//.exec(dockerfile) ?? [];
    expect(list.get(`agent/${artifact}-${version}.jar`)).toBe(checked);
  });
});
