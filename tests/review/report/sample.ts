import type { Finding } from "../../../policy/finding.ts";
import type { Change } from "../../../review/change.ts";
import { makeReport, type Report, type ReportInput } from "../../../review/report/report.ts";
import { assessPlan } from "../../../review/report/verdict.ts";
import { aclInputs, change, TOPIC, topicInputs, urnOf } from "../changes.ts";

/** Reports with findings of the test's own: what the rules find in such small stacks is their matter. */
export function reportOf(
  changes: readonly Change[],
  findings: readonly Finding[] = [],
  more: Partial<ReportInput> = {},
): Report {
  const report = makeReport({
    ...{ stack: "prod", environment: "prod", changes, today: new Date("2026-11-25") },
    comparedWith: { kind: "base", ref: "merge base with origin/main", commit: "0123456789abcdef" },
    ...more,
  });
  return { ...report, findings, verdict: assessPlan(report.changes, findings, report.capacity) };
}

export const finding = (more: Partial<Finding> = {}): Finding => ({
  rule: "topic-replication",
  level: "mandatory",
  urn: urnOf(TOPIC, "orders"),
  message: "given 1 copy, wanted 3",
  reason: "one broker that is lost takes the records with it",
  fix: "set replicationFactor to 3",
  ...more,
});

const ACL = "kafka:index/acl:Acl";
const acl = (verb: "create" | "delete", operation: string): Change => {
  const inputs = aclInputs("shop-backend", operation, "orders");
  return change(verb, ACL, `shop-backend ${operation}`, {
    [verb === "create" ? "after" : "before"]: { inputs },
  });
};

/** A topic that goes, with all its records. */
export const DELETED = change("delete", TOPIC, "orders", {
  before: { inputs: topicInputs("orders"), protect: true },
});

export const RETIRED = { reason: "replaced by orders-v2", by: "shop", until: "2026-12-31" };

/** Something of everything. */
export const CHANGES: readonly Change[] = [
  change("same", "kubernetes:core/v1:Service", "kafka", { before: {}, after: {} }),
  change("create", TOPIC, "audit", {
    after: { inputs: topicInputs("audit", { config: { "retention.bytes": "1073741824" } }) },
  }),
  acl("create", "Read"),
  acl("delete", "Write"),
  change("update", TOPIC, "payments", {
    before: { inputs: topicInputs("payments") },
    after: { inputs: topicInputs("payments", { partitions: 12 }) },
  }),
  { ...DELETED, refusals: ["it is protected"] },
];

export const FINDINGS: readonly Finding[] = [
  finding({ rule: "topic-compression", level: "advisory", message: "given zstd, wanted producer" }),
  finding({
    rule: "acl-host",
    waiver: { reason: "until the proxy is there", by: "shop", until: "2026-12-31" },
  }),
  finding(),
  finding({ urn: urnOf(TOPIC, "payments"), message: "given 2 copies, wanted 3" }),
];
