import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Repository } from "../../support/project/repository.ts";

/** The project as a repository of its own, with two files of tests in `tests/topics`. */

let repository: Repository;
let demo: string[] = [];

const at = (file: string) => path.join(repository.folder, file);

beforeAll(() => {
  repository = new Repository();
  mkdirSync(at("tests/topics"), { recursive: true });
  writeFileSync(
    at("topics/gone.ts"),
    readFileSync(at("topics/platform.ts"), "utf8").replace("platform:", "gone:"),
  );
  for (const file of ["gone", "demo-policies", "platform"])
    writeFileSync(at(`tests/topics/${file}.test.ts`), "");
  repository.commit("tests");
  const kept = ["index.ts", "domains.ts", "account-groups.ts", "platform.ts"];
  demo = readdirSync(at("topics")).filter((file) => file.endsWith(".ts") && !kept.includes(file));
});
afterAll(() => {
  repository.remove();
});

const newCatalogue = (...args: readonly string[]) => repository.npm(["new-catalogue", ...args]);
const OURS = ["--domain", "new-domain-of-test", "--owner", "Test Desk"];

test.each([
  [[], "Wanted --domain NAME and --owner TEAM."],
  [["--domain", "Orders", "--owner", "x"], "--domain Orders: wanted small letters"],
  [["--domain", "platform", "--owner", "x"], "--domain platform: wanted small letters"],
  [
    ["--domain", "gone", "--owner", "x", "--yes"],
    "--domain gone: topics/gone.ts is one of the domains that go",
  ],
  [
    OURS,
    "Remove them, and begin with topics/new-domain-of-test.ts of Test Desk? There is no terminal",
  ],
])("%j removes nothing", async (args, message) => {
  const { code, stderr } = await newCatalogue(...args);
  expect(code).toBe(1);
  expect(stderr).toContain(message);
  expect(repository.git("status", "--porcelain")).toBe("");
});

test("a working tree with something uncommitted is refused, because git could not bring it back", async () => {
  writeFileSync(at("topics/draft.txt"), "");
  const { code, stderr } = await newCatalogue(...OURS, "--yes");
  expect(code).toBe(1);
  expect(stderr).toContain("Something here is not committed");
  expect(stderr).toContain("?? topics/draft.txt");
  repository.git("clean", "--quiet", "--force");
});

test("the demo goes, the platform stays, and everything is generated after the new domain", async () => {
  const { code, stdout, stderr } = await newCatalogue(...OURS, "--yes");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const file of demo) expect(stdout).toContain(`  topics/${file}\n`);
  expect(readdirSync(at("topics")).filter((file) => file.endsWith(".ts"))).toEqual([
    ...["account-groups.ts", "domains.ts", "index.ts", "new-domain-of-test.ts", "platform.ts"],
  ]);
  expect(readdirSync(at("tests/topics"))).toEqual(["platform.test.ts"]);
  const lock = JSON.parse(readFileSync(at("kafka.lock.json"), "utf8")) as object;
  expect(Object.keys(lock).filter((identity) => identity.startsWith("topic "))).toEqual([
    ...["topic _schemas", "topic kafka-platform.canary", "topic new-domain-of-test-events"],
  ]);
  expect(readFileSync(at("docs/catalogue.md"), "utf8")).toContain("2 topics of 2 teams");
  expect(readFileSync(at(".github/CODEOWNERS"), "utf8")).toContain(
    "/topics/new-domain-of-test.ts @your-company/test-desk\n",
  );
  expect(existsSync(at("topics/gone.ts"))).toBe(false);
}, 120_000);
