import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { domainListText } from "../../../cli/generated/domain-list.ts";
import { runCommandIn } from "../run-command.ts";
import { Repository } from "../../support/project/repository.ts";

/** Reports of what a branch changes, by the command as it is called in a pull request. */

/** The only domain of these reports. */
const SHOP = `import { event } from "../model/topic/topic-profiles.ts";
import type { Domain } from "../model/catalogue/domain-declaration.ts";

const common = { description: "d", key: "user_id", classification: "internal" } as const;
const eventsPerHour = { from: 10_000, to: 50_000 };

export const shop: Domain = {
  owner: "shop",
  topics: {
    "fraud-alerts": event({ ...common, partitions: 2, retention: "90d", eventsPerHour }),
    "user-events": event({ ...common, partitions: 12, retention: "3d", eventsPerHour }),
  },
  accounts: {},
};
`;

let repository: Repository;
let base = "";

beforeAll(() => {
  repository = new Repository();
  const topics = path.join(repository.folder, "topics");
  writeFileSync(path.join(topics, "shop.ts"), SHOP);
  writeFileSync(path.join(topics, "domains.ts"), domainListText(["shop.ts"]));
  repository.git("checkout", "--quiet", "-B", "main");
  repository.commit("shop");
  repository.git("checkout", "--quiet", "-B", "work");
  base = repository.git("rev-parse", "main");
});
afterAll(() => {
  repository.remove();
});

const PATH = "/usr/bin:/bin";
const preview = (...args: readonly string[]) =>
  repository.npm(["preview", ...args], {
    env: { PATH, PULUMI_CONFIG_PASSPHRASE: undefined, PULUMI_CONFIG_PASSPHRASE_FILE: undefined },
  });

interface ReportJson {
  readonly comparedWith: unknown;
  readonly counts: Readonly<Record<string, number>>;
  readonly changes: readonly {
    readonly verb: string;
    readonly name: string;
    readonly reversibility: string;
    readonly reasons: readonly string[];
  }[];
  readonly access: { readonly rights: readonly { readonly text: string }[] };
  readonly capacity: Readonly<
    Record<"before" | "after", { readonly partitions: number; readonly storage: unknown }>
  > & { readonly findings: unknown };
  readonly verdict: { readonly exitCode: number; readonly unapproved: readonly string[] };
}

/** What `kafka-platform capacity` says of what is there now. */
async function planned(): Promise<{ storage: unknown; findings: unknown }> {
  const { stdout } = await repository.npm(["capacity", "--stack", "prod", "--format", "json"]);
  const { storage, findings } = JSON.parse(stdout) as { storage: unknown; findings: unknown };
  return { storage, findings };
}

test("a branch is compared with the main branch, uncommitted work included, and nothing is left behind", async () => {
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith("kafka-platform-base-"));
  const before = await planned();
  repository.edit("topics/shop.ts", (text) =>
    text
      .replace('retention: "90d"', 'retention: "30d"')
      .replace("partitions: 12,", "partitions: 24,"),
  );
  const { code, stdout, stderr } = await preview("--stack", "prod", "--format", "json");
  expect(stderr).not.toContain("error");
  const report = JSON.parse(stdout) as ReportJson;
  expect(report.comparedWith).toEqual({ kind: "base", ref: "main", commit: base });
  // The two topics, and the exporter, which is told of the retention and starts anew for it.
  expect(report.counts).toMatchObject({ create: 0, update: 4, replace: 0, delete: 0 });
  expect(
    report.changes
      .filter(({ reversibility }) => reversibility !== "reversible")
      .map(({ verb, name, reversibility, reasons }) => [
        verb,
        name,
        reversibility,
        reasons[0]?.split(":")[0],
      ]),
  ).toEqual([
    ["update", "fraud-alerts", "loses data", "retention.ms 90d → 30d"],
    ["update", "user-events", "irreversible", "partitions 12 → 24"],
  ]);
  expect(report.capacity.after.partitions - report.capacity.before.partitions).toBe(12);
  const after = await planned();
  expect(after).not.toEqual(before);
  expect(report.capacity.before.storage).toEqual(before.storage);
  expect(report.capacity.after.storage).toEqual(after.storage);
  expect(report.capacity.findings).toEqual(after.findings);
  expect(report.verdict).toMatchObject({ exitCode: 2 });
  expect(report.verdict.unapproved).toHaveLength(2);
  expect(code).toBe(2);
  expect(repository.git("status", "--short")).toBe("M topics/shop.ts");
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith("kafka-platform-base-"))).toEqual(
    left,
  );
  repository.git("checkout", "--quiet", ".");
}, 180_000);

test("a base whose program is wrong is told apart from the work in hand", async () => {
  repository.git("checkout", "--quiet", "-b", "broken", "main");
  repository.edit("topics/shop.ts", (text) =>
    text.replace('retention: "90d"', 'retention: "soon"'),
  );
  const broken = repository.commit("broken");
  repository.git("checkout", "--quiet", "-b", "mended");
  repository.edit("topics/shop.ts", (text) =>
    text.replace('retention: "soon"', 'retention: "90d"'),
  );
  const { code, stdout, stderr } = await preview("--stack", "prod", "--base", "broken");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(
    `The program of the base, commit ${broken} (broken), cannot be planned:`,
  );
  expect(stderr).toContain("fraud-alerts");
  repository.git("checkout", "--quiet", "--force", "work");
}, 180_000);

test.each([
  [["--base", "nowhere"], 'There is no commit "nowhere" here.'],
  [["--base", "--upload-pack=x"], "argument"],
  [["--base", "main", "--state", "x.json"], "--base and --state are two answers to one question"],
  [["--state", "missing.json"], "The state missing.json cannot be read"],
  [["--format", "xml"], "--format xml: wanted text, markdown, json"],
  [
    ["--base", "main", "--engine", "pulumi"],
    "--engine pulumi compares with the state that the CLI holds",
  ],
])("%j is refused in one sentence", async (args, message) => {
  const { status, stdout, stderr } = await runCommandIn(
    { PATH },
    "preview",
    ...["--stack", "prod"],
    ...args,
  );
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("a shallow clone says how to get the history", async () => {
  const clone = new Repository();
  try {
    const shallow = path.join(clone.folder, ".kafka-platform");
    mkdirSync(shallow);
    clone.git("commit", "--quiet", "--allow-empty", "--message", "second");
    execFileSync("git", [
      "clone",
      "--quiet",
      "--depth",
      "1",
      `file://${clone.folder}`,
      path.join(shallow, "clone"),
    ]);
    const { findBase } = await import("../../../cli/preview/git-base.ts");
    await expect(findBase(path.join(shallow, "clone"), base)).rejects.toThrow(
      /This clone is shallow: run `git fetch --unshallow origin`, or check out with `fetch-depth: 0`/,
    );
  } finally {
    clone.remove();
  }
});

test("there is no base outside of git, without a main branch, or without a commit in common", async () => {
  const { findBase } = await import("../../../cli/preview/git-base.ts");
  await expect(findBase(tmpdir())).rejects.toThrow(
    /is not in a git repository\. Name another commit/,
  );
  const lonely = new Repository();
  try {
    lonely.git("branch", "--quiet", "-m", "main", "trunk");
    await expect(findBase(lonely.folder)).rejects.toThrow(
      "There is no commit one of origin/main, main, origin/master, master here.",
    );
    lonely.git("checkout", "--quiet", "--orphan", "other");
    lonely.commit("other");
    await expect(findBase(lonely.folder, "trunk")).rejects.toThrow(
      "HEAD and trunk have no commit in common here.",
    );
    lonely.git("checkout", "--quiet", "work");
    lonely.git("commit", "--quiet", "--allow-empty", "--message", "later");
    const at = lonely.git("rev-parse", "HEAD~1");
    expect(await findBase(lonely.folder, "HEAD~1")).toEqual({ ref: "HEAD~1", commit: at });
    lonely.git("checkout", "--quiet", "trunk");
    lonely.git("commit", "--quiet", "--allow-empty", "--message", "elsewhere");
    lonely.git("checkout", "--quiet", "work");
    expect(await findBase(lonely.folder, "trunk")).toEqual({
      ref: "merge base with trunk",
      commit: at,
    });
  } finally {
    lonely.remove();
  }
});

test("packages of another lock file are installed for the base, those of the same are shared", async () => {
  const { checkOut } = await import("../../../cli/preview/git-base.ts");
  const installed: string[] = [];
  const install = (folder: string) => Promise.resolve(void installed.push(folder));
  const shared = await checkOut(repository.folder, base, install);
  try {
    expect(installed).toEqual([]);
    expect(readdirSync(shared.folder)).toContain("index.ts");
    expect(readdirSync(shared.folder)).toContain("node_modules");
    expect(readdirSync(shared.folder)).not.toContain("tests");
  } finally {
    shared.remove();
  }
  writeFileSync(path.join(repository.folder, "package-lock.json"), "{}");
  const own = await checkOut(repository.folder, base, install);
  own.remove();
  expect(installed).toEqual([own.folder]);
  repository.git("checkout", "--quiet", ".");
});
