import { expect, test } from "vitest";
import { decide } from "../../review/approvals.ts";
import { assessChanges } from "../../review/plan-decisions.ts";
import type { Consent } from "../../model/agreements/approval.ts";
import { aclInputs, change, declared, topicUpdate } from "./changes.ts";

const today = new Date("2026-11-25T12:00:00Z");
const said = { reason: "r", by: "shop", until: "2026-11-25" };
const GROWTH = { change: "partition-growth", reason: "6 → 12: more" } as const;

const refusal = (consent: Consent, risk: Parameters<typeof decide>[0][number] = GROWTH) =>
  decide([risk], { holder: "topic", consent, today })[0]?.refusal;

test("an approval of the very change holds to the end of its last day", () => {
  const approve = [{ change: "partition-growth" as const, ...said }];
  expect(decide([GROWTH], { holder: "topic", consent: { approve }, today })).toEqual([
    { ...GROWTH, approval: approve[0] },
  ]);
  expect(
    decide([GROWTH], {
      holder: "topic",
      consent: { approve },
      today: new Date("2026-11-26T00:00:00Z"),
    })[0]?.refusal,
  ).toBe(
    "partition-growth is not approved. The approval by shop ended on 2026-11-25; today is 2026-11-26. " +
      'Needed is approve: [{ change: "partition-growth", reason, by, until }] in the declaration of the topic.',
  );
});

test("what was approved instead is named, and so is what is needed", () => {
  const needed =
    'Needed is approve: [{ change: "partition-growth", reason, by, until }] in the declaration of the topic.';
  expect(refusal({})).toBe(`partition-growth is not approved. ${needed}`);
  expect(refusal({ approve: [{ change: "retention-cut", ...said }] })).toBe(
    `partition-growth is not approved. Approved is retention-cut (shop, until 2026-11-25). ${needed}`,
  );
  expect(refusal({ approve: [{ change: "partition-growth", ...said, by: "" }] })).toBe(
    `partition-growth is not approved. The approval lacks a reason, who agreed, or until when. ${needed}`,
  );
});

test("a deletion takes a retirement, and no approval", () => {
  const risk = { change: "deletion", reason: "all goes" } as const;
  expect(refusal({ approve: [{ change: "partition-growth", ...said }] }, risk)).toContain(
    "Needed is retire: { reason, by, until } in the declaration of the topic, applied before the declaration goes.",
  );
  expect(refusal({ retire: said }, risk)).toBeUndefined();
  expect(refusal({ retire: { ...said, until: "2026-11-24" } }, risk)).toContain(
    "The retirement by shop ended on 2026-11-24; today is 2026-11-25.",
  );
});

test("an update is approved by the new declaration of its own topic", () => {
  const update = topicUpdate({ partitions: 6 }, { partitions: 12 });
  const approve = [{ change: "partition-growth" as const, ...said }];
  const approved = (sides: { before?: Consent; after?: Consent }) =>
    assessChanges(declared(update, sides), today).flatMap(({ decisions }) =>
      decisions.map(({ approval }) => approval !== undefined),
    );
  expect(approved({ after: { approve } })).toEqual([true]);
  expect(approved({ before: { approve } })).toEqual([false]);
  expect(approved({ after: { retire: said } })).toEqual([false]);
});

test("what the stack file approves is for one resource", () => {
  const claim = (storage: string) => ({
    inputs: { spec: { resources: { requests: { storage } } } },
  });
  const grow = (name: string) =>
    change("update", "kubernetes:core/v1:PersistentVolumeClaim", name, {
      before: claim("1Gi"),
      after: claim("2Gi"),
    });
  const approve = [{ change: "volume-growth", resource: "kafka-data-0", ...said }];
  const cluster = change("same", "kafka-platform:cluster:KubernetesCluster", "kafka", {
    before: { inputs: { approve } },
    after: { inputs: { approve } },
  });
  const judged = assessChanges([cluster, grow("kafka-data-0"), grow("kafka-data-1")], today);
  expect(judged.map(({ decisions }) => decisions.map(({ refusal: why }) => why))).toEqual([
    [],
    [undefined],
    [
      "volume-growth is not approved. " +
        'Needed is approvals: [{ change: "volume-growth", resource, reason, by, until }] in the stack file.',
    ],
  ]);
});

test("no approval is asked for what Kubernetes refuses", () => {
  const claim = (storage: string) => ({
    inputs: { spec: { resources: { requests: { storage } } } },
  });
  const sides = { before: claim("2Gi"), after: claim("1Gi") };
  const type = "kubernetes:core/v1:PersistentVolumeClaim";
  const approve = [{ change: "volume-growth", resource: "kafka-data-0", ...said }];
  const side = { inputs: { approve } };
  const cluster = change("same", "kafka-platform:cluster:KubernetesCluster", "kafka", {
    before: side,
    after: side,
  });
  const judged = assessChanges([cluster, change("update", type, "kafka-data-0", sides)], today);
  expect(judged.flatMap(({ decisions }) => decisions.map(({ refusal: why }) => why))).toEqual([
    "No approval makes it possible: declare 2Gi again; " +
      "for smaller volumes, move the records to a cluster that has them.",
  ]);
});

const ACL = "kafka:index/acl:Acl";
const goes = (operation: string) =>
  change("delete", ACL, operation, { before: { inputs: aclInputs("shop", operation, "orders") } });
const stays = (operation: string, principal = "shop") => {
  const side = { inputs: aclInputs(principal, operation, "orders") };
  return change("same", ACL, `${principal} ${operation}`, { before: side, after: side });
};
const lost = (...changes: Parameters<typeof assessChanges>[0]) =>
  assessChanges(changes, today).flatMap(({ assessment }) =>
    assessment.risks.map(({ reason }) => reason),
  );

test("an entry that goes takes a right with it only where no other gives it", () => {
  const loss = "User:shop can no longer Describe on Topic orders";
  expect(lost(goes("Describe"))).toEqual([loss]);
  expect(lost(goes("Describe"), stays("Read"))).toEqual([]);
  expect(lost(goes("Describe"), stays("Read", "other"))).toEqual([loss]);
  expect(lost(goes("Describe"), goes("Read"))).toHaveLength(2);
  expect(
    lost(
      change("delete", ACL, "deny", {
        before: { inputs: aclInputs("shop", "Read", "orders", { aclPermissionType: "Deny" }) },
      }),
    ),
  ).toEqual([]);
});
