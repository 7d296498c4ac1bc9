import { expect, test } from "vitest";
import { formatMarkdown } from "../../../review/report/markdown.ts";
import { formatText } from "../../../review/report/text.ts";
import { change, TOPIC, topicInputs, topicUpdate } from "../changes.ts";
import { CHANGES, FINDINGS, reportOf } from "./sample.ts";

test("a report has everything a reviewer needs, the worst first", () => {
  const report = reportOf(CHANGES, FINDINGS, { notes: ["secrets were not compared"] });
  expect(formatText(report))
    .toBe(`Stack prod (prod), compared with the program of commit 0123456789ab (merge base with origin/main)
note: secrets were not compared

Changes: 2 to create, 1 to update, 2 to delete, 1 unchanged
- kafka:Topic orders
    loses data: all its records are deleted
    deletion is not approved. Needed is retire: { reason, by, until } in the declaration of the topic, applied before the declaration goes.
    refused: it is protected
~ kafka:Topic payments
    partitions: 6 → 12
    irreversible: partitions 6 → 12: they cannot be taken away again, and new records of a key may go to another partition than its older ones
    partition-growth is not approved. Needed is approve: [{ change: "partition-growth", reason, by, until }] in the declaration of the topic.
- kafka:Acl shop-backend Write
    User:shop-backend can no longer Write on Topic orders
    access-removal is not approved. Needed is approve: [{ change: "access-removal", reason, by, until }] in the declaration of the account.
+ kafka:Acl shop-backend Read
+ kafka:Topic audit  (partitions 6, replicas 3, cleanup delete, retention 7d, size 1 GiB)

Access:
  shop-backend gains Read on topic orders
  shop-backend loses Write on topic orders

Partitions and storage        before   after
  topics                           2       2
  partitions                      12      18
  replicas of partitions          36      54
  replicas per broker              -       -
  volumes of the brokers           -       -
  needed on a broker's disk        -       -

Policies: 2 mandatory, 1 advisory, 1 waived
  topic-replication (mandatory)
    kafka:Topic orders: given 1 copy, wanted 3
    kafka:Topic payments: given 2 copies, wanted 3
    why: one broker that is lost takes the records with it
    fix: set replicationFactor to 3
  topic-compression (advisory)
    kafka:Topic orders: given zstd, wanted producer
    why: one broker that is lost takes the records with it
    fix: set replicationFactor to 3
  acl-host (waived)
    kafka:Topic orders: given 1 copy, wanted 3
      shop, until 2026-12-31: until the proxy is there

Needs review: mandatory policies are violated 2 times; 3 changes need approvals that they do not have; 1 change would be refused.`);
});

test("of a mixed change each effect has its own label, and the row the worst", () => {
  const mixed = topicUpdate(
    { partitions: 12, config: { "retention.ms": "259200000" } },
    { partitions: 24, config: { "retention.ms": "86400000" } },
  );
  const report = reportOf([mixed]);
  expect(formatText(report)).toContain("\n    loses data: retention.ms 3d → 1d: records older");
  expect(formatText(report)).toContain("\n    irreversible: partitions 12 → 24: they cannot");
  expect(formatMarkdown(report)).toContain("- `~ kafka:Topic orders`: **loses data**\n");
  expect(formatMarkdown(report)).toContain("\n  - retention.ms 3d → 1d: records older");
  expect(formatMarkdown(report)).toContain("\n  - irreversible: partitions 12 → 24: they");
});

test("a report without changes says that nothing changes", () => {
  const same = change("same", TOPIC, "orders", {
    before: { inputs: topicInputs("orders") },
    after: { inputs: topicInputs("orders") },
  });
  const text = formatText(reportOf([same], [], { comparedWith: { kind: "own state" } }));
  expect(text.split("\n")[0]).toBe(
    "Stack prod (prod), compared with what the embedded engine has made of it on this machine",
  );
  expect(text).toContain("\nChanges: 1 unchanged\n\nPolicies: no violations\n\nNothing changes.");
});

test("values with line breaks or of great length stay on their line", () => {
  const type = "kubernetes:core/v1:ConfigMap";
  const side = (text: string) => ({ inputs: { data: { script: text } } });
  const lines = { before: side("a b\nc d"), after: side("c d\na b") };
  const long = { before: side("y"), after: side("x".repeat(500)) };
  const report = formatText(
    reportOf([change("update", type, "lines", lines), change("update", type, "long", long)]),
  );
  expect(report).toContain("    data.script: a b c d → c d a b\n");
  expect(report).toContain(`    data.script: y → ${"x".repeat(200)}…\n`);
});
