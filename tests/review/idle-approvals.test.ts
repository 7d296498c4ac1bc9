import { expect, test } from "vitest";
import type { Change } from "../../review/change.ts";
import { ApprovalSet } from "../../review/approval-set.ts";
import { idleApprovals } from "../../review/idle-approvals.ts";
import { assessChanges } from "../../review/plan-decisions.ts";
import { makeReport } from "../../review/report/report.ts";
import { change, declared, TOPIC, topicInputs, topicUpdate } from "./changes.ts";

const today = new Date("2026-11-25T12:00:00Z");
const said = { reason: "r", by: "shop", until: "2026-11-25" };
const late = { ...said, until: "2026-11-24" };

function idle(...changes: readonly Change[]): string[] {
  const consents = new ApprovalSet(changes);
  return idleApprovals(consents, assessChanges(changes, today, consents), today);
}

const GROWS = topicUpdate({ partitions: 6 }, { partitions: 12 });
const inputs = { inputs: topicInputs("orders") };
const STAYS = change("same", TOPIC, "orders", { before: inputs, after: inputs });
const growth = (consent: typeof said) => [{ change: "partition-growth" as const, ...consent }];

test("what the plan needs is not idle, and a second time or for something else it is", () => {
  expect(idle(...declared(GROWS, { after: { approve: growth(said) } }))).toEqual([]);
  const cut = { change: "retention-cut" as const, ...said };
  expect(idle(...declared(GROWS, { after: { approve: [...growth(said), cut] } }))).toEqual([
    "the approval of retention-cut of topic orders by shop is not used: remove it, or what it allows passes unseen until 2026-11-25",
  ]);
  const twice = [...growth(said), ...growth(said)];
  expect(idle(...declared(GROWS, { after: { approve: twice } }))).toHaveLength(1);
});

test("what only the old declaration says is not idle", () => {
  expect(idle(...declared(STAYS, { before: { approve: growth(said) } }))).toEqual([]);
  expect(idle(...declared(STAYS, { after: { approve: growth(said) } }))).toHaveLength(1);
});

test("what has ended is idle, whether something needs it or not", () => {
  const told = [
    "the approval of partition-growth of topic orders by shop ended on 2026-11-24: remove it, or agree anew",
  ];
  expect(idle(...declared(STAYS, { after: { approve: growth(late) } }))).toEqual(told);
  expect(idle(...declared(GROWS, { after: { approve: growth(late) } }))).toEqual(told);
});

test("a retirement waits for its declaration to go as long as it holds", () => {
  expect(idle(...declared(STAYS, { after: { retire: said } }))).toEqual([]);
  expect(idle(...declared(STAYS, { after: { retire: late } }))).toEqual([
    "the retirement of topic orders by shop ended on 2026-11-24: remove it, or agree anew",
  ]);
  expect(idle(...declared(STAYS, { after: { retire: { ...said, by: "" } } }))).toEqual([
    "the retirement of topic orders lacks a reason, who agreed, or until when: remove it, or complete it",
  ]);
});

test("idle approvals of accounts and, by the resource, of the stack file are among the report's notes", () => {
  const account = change("same", "kafka-platform:access:ServiceAccount", "till", {
    after: { inputs: { approve: [{ change: "access-removal", ...said }] } },
  });
  const cluster = change("same", "kafka-platform:cluster:KubernetesCluster", "kafka", {
    after: {
      inputs: { approve: [{ change: "volume-growth", resource: "kafka-data-0", ...late }] },
    },
  });
  const told = [
    "the approval of access-removal of account till by shop is not used: remove it, or what it allows passes unseen until 2026-11-25",
    "the approval of volume-growth of kafka-data-0 by shop ended on 2026-11-24: remove it, or agree anew",
  ];
  expect(idle(account, cluster)).toEqual(told);
  const report = makeReport({
    ...{ stack: "prod", environment: "prod", comparedWith: { kind: "nothing" } },
    ...{ changes: [account, cluster], today, notes: ["first"] },
  });
  expect(report.notes).toEqual(["first", ...told]);
  expect(report.verdict.unapproved).toEqual([]);
});
