import { expect, test } from "vitest";
import { formatMarkdown, marker } from "../../../review/report/markdown.ts";
import { fitSections, shares } from "../../../review/report/markdown-fit.ts";
import { cell, code, prose } from "../../../review/report/markdown-text.ts";
import { change, declared, TOPIC, topicInputs } from "../changes.ts";
import { CHANGES, DELETED, finding, FINDINGS, reportOf, RETIRED } from "./sample.ts";

test("a report is one comment, the worst first", () => {
  const report = reportOf(CHANGES, FINDINGS, { notes: ["secrets were not compared"] });
  expect(formatMarkdown(report)).toBe(`<!-- kafka-platform preview of stack prod -->
### ⛔ Stack \`prod\`: 2 to create, 1 to update, 2 to delete, 1 unchanged

**Needs review: mandatory policies are violated 2 times; 3 changes need approvals that they do not have; 1 change would be refused.**

Environment prod, compared with the program of commit 0123456789ab \\(merge base with origin/main\\).

#### Not easily taken back

- \`- kafka:Topic orders\`: **loses data**
  - all its records are deleted
  - deletion is not approved. Needed is retire: \\{ reason, by, until \\} in the declaration of the topic, applied before the declaration goes.
  - refused: it is protected
- \`~ kafka:Topic payments\`: **irreversible**
  - partitions 6 → 12: they cannot be taken away again, and new records of a key may go to another partition than its older ones
  - partition-growth is not approved. Needed is approve: \\[\\{ change: "partition-growth", reason, by, until \\}\\] in the declaration of the topic.
  - \`partitions\`: \`6\` → \`12\`
- \`- kafka:Acl shop-backend Write\`
  - User:shop-backend can no longer Write on Topic orders
  - access-removal is not approved. Needed is approve: \\[\\{ change: "access-removal", reason, by, until \\}\\] in the declaration of the account.

#### Policies: 2 mandatory, 1 advisory, 1 waived

- **topic-replication** (mandatory): one broker that is lost takes the records with it set replicationFactor to 3
  - \`kafka:Topic orders\`: given 1 copy, wanted 3
  - \`kafka:Topic payments\`: given 2 copies, wanted 3
- **topic-compression** (advisory): one broker that is lost takes the records with it set replicationFactor to 3
  - \`kafka:Topic orders\`: given zstd, wanted producer
- **acl-host** (waived)
  - \`kafka:Topic orders\`: given 1 copy, wanted 3 (shop, until 2026-12-31: until the proxy is there)

#### Access gained and lost

- shop-backend gains Read on topic orders
- shop-backend loses Write on topic orders

#### Other changes

- \`+ kafka:Acl shop-backend Read\`
- \`+ kafka:Topic audit\` (partitions 6, replicas 3, cleanup delete, retention 7d, size 1 GiB)

#### Partitions and storage

| | before | after |
| --- | ---: | ---: |
| topics | 2 | 2 |
| partitions | 12 | 18 |
| replicas of partitions | 36 | 54 |
| replicas per broker | - | - |
| volumes of the brokers | - | - |
| needed on a broker's disk | - | - |

#### Notes

- secrets were not compared`);
});

test("an approved change is told and does not stand in the way", () => {
  const report = reportOf(declared(DELETED, { before: { retire: RETIRED } }));
  expect(formatMarkdown(report)).toContain("- `- kafka:Topic orders`: **loses data** (approved)\n");
  expect(formatMarkdown(report)).toContain("### ✅ Stack `prod`: 1 to delete");
  expect(formatMarkdown(report)).toContain(
    "  - deletion approved by shop, until 2026-12-31: replaced by orders-v2\n",
  );
});

test.each([
  ["orders", "`orders`"],
  ["a|b", "`a|b`"],
  ["`", "`` ` ``"],
  ["a``b", "```a``b```"],
  ["two\nlines", "`two lines`"],
  ["@everybody <b>", "`@everybody <b>`"],
  ["", "(empty)"],
])("%j is written as code: %s", (text, markdown) => {
  expect(code(text)).toBe(markdown);
});

test("a sentence means nothing to GitHub", () => {
  expect(prose("@team: see #12, <img src=x> [a](b) *b* _c_ `d` |\n\n# e & f")).toBe(
    "@\u200bteam: see #\u200b12, &lt;img src=x&gt; \\[a\\]\\(b\\) \\*b\\* \\_c\\_ \\`d\\` \\| #\u200b e &amp; f",
  );
});

test("a cell of a table keeps its pipes to itself", () => {
  expect(cell(code("a|b"))).toBe("`a\\|b`");
  expect(cell(prose("a|b"))).toBe("a\\|b");
});

test("hostile names and values come through as code or text", () => {
  const name = "`|@all\n<!-- -->";
  const hostile = change("update", TOPIC, name, {
    before: { inputs: { "ke|y": "a" } },
    after: { inputs: { "ke|y": "`x`" } },
  });
  const text = formatMarkdown(reportOf([hostile], [finding({ message: "given @all | `x`" })]));
  expect(text).toContain("- ``~ kafka:Topic `|@all <!-- -->``\n  - `ke|y`: `a` → `` `x` ``");
  expect(text).toContain("given @\u200ball \\| \\`x\\`");
  expect(text.split("\n")[0]).toBe(marker("prod"));
});

test("2,000 deleted topics fit into one comment, counted, beside everything else", () => {
  const deleted = Array.from({ length: 2000 }, (_, n) =>
    change("delete", TOPIC, `topic-${String(n).padStart(4, "0")}-${"ü".repeat(40)}`, {
      before: { inputs: topicInputs("t") },
    }),
  );
  const findings = Array.from({ length: 2000 }, (_, n) =>
    finding({ rule: `rule-${String(n % 500)}`, fix: "f".repeat(300) }),
  );
  const text = formatMarkdown(reportOf([...deleted, ...CHANGES], findings));
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_000);
  expect(Buffer.byteLength(text)).toBeGreaterThan(60_000);
  const shown = text.match(/kafka:Topic topic-/g)?.length ?? 0;
  expect(text).toContain(`- … and ${(2003 - shown - 1).toLocaleString("en-US")} more changes\n`);
  expect(text).toMatch(/- … and [\d,]+ more rules\n/);
  expect(text).toContain("- shop-backend loses Write on topic orders");
  expect(text).toContain("| needed on a broker's disk |");
});

test("a change with many properties shows some and counts the rest", () => {
  const wide = (value: string) => ({
    inputs: Object.fromEntries(
      Array.from({ length: 25 }, (_, n) => [`key${String(n).padStart(2, "0")}`, value]),
    ),
  });
  const one = change("update", "kubernetes:core/v1:ConfigMap", "kafka", {
    before: wide("a"),
    after: wide("b"),
  });
  const text = formatMarkdown(reportOf([one]));
  expect(text).toContain("  - `key19`: `a` → `b`\n  - … and 5 more properties");
  expect(text).not.toContain("key20");
});

test("room that is left over goes to the sections that need more", () => {
  expect(shares([10, 100, 100], 120)).toEqual([10, 55, 55]);
  expect(shares([10, 20], 100)).toEqual([10, 20]);
  expect(shares([10, 20], -5)).toEqual([0, 0]);
});

test("a section that is cut says how much is missing", () => {
  const items = ["- one", "- two", "- three"];
  const section = { title: "T", opening: "", items, more: (n: number) => `- ${String(n)} more` };
  const all = "head\n\n#### T\n\n- one\n- two\n- three";
  expect(fitSections("head", [section], all.length)).toBe(all);
  expect(fitSections("head", [section], all.length - 1)).toBe("head\n\n#### T\n\n- one\n- 2 more");
});
