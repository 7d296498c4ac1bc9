import { expect, test } from "vitest";
import { UNKNOWN } from "../../../policy/resource.ts";
import { capacityChange } from "../../../review/report/capacity.ts";
import { formatMarkdown } from "../../../review/report/markdown.ts";
import { makeReport } from "../../../review/report/report.ts";
import { formatText } from "../../../review/report/text.ts";
import { exitCode, assessPlan } from "../../../review/report/verdict.ts";
import { catalogueCapacity } from "../../../model/capacity/catalogue-load.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { change, TOPIC, topicInputs } from "../changes.ts";

const GIB = 2 ** 30;
/** One topic of a million records of 1 KiB an hour, for a hundred hours: a little less than 100 GiB. */
const CATALOGUE = {
  "topics/a.ts": {
    owner: "shop",
    topics: {
      orders: {
        ...{ description: "d", key: "k", classification: "public", cleanup: "delete" },
        ...{ retention: "100h", partitions: 1, maxMessageSize: "1 MiB", producerCodec: "none" },
        ...{ eventsPerHour: { from: 0, to: 1_000_000 }, eventSize: "1 KiB" },
      },
    },
  },
};
const inputs = (given: Parameters<typeof topicInputs>[1]) => ({
  inputs: topicInputs("orders", given),
});
const cluster = (replicas: number) => ({ inputs: { spec: { replicas } } });
const claim = (storage: unknown) => ({
  inputs: { spec: { resources: { requests: { storage } } } },
});

test("partitions and storage of a cluster that grows are told before and after", () => {
  const { before, after } = capacityChange([
    change("update", TOPIC, "orders", {
      before: inputs({ partitions: 6 }),
      after: inputs({ partitions: 12 }),
    }),
    change("create", TOPIC, "audit", { after: inputs({ partitions: 2 }) }),
    change("update", "kubernetes:apps/v1:StatefulSet", "kafka", {
      before: cluster(3),
      after: cluster(4),
    }),
    ...[0, 1, 2].map((n) =>
      change("same", "kubernetes:core/v1:PersistentVolumeClaim", `data-${String(n)}`, {
        before: claim("100Gi"),
        after: claim("100Gi"),
      }),
    ),
    change("create", "kubernetes:core/v1:PersistentVolumeClaim", "data-3", { after: claim("1Ti") }),
  ]);
  expect(before).toEqual({
    ...{ topics: 1, partitions: 6, replicas: 18, brokers: 3 },
    ...{ volumes: 300 * GIB, storage: undefined },
  });
  expect(after).toEqual({
    ...{ topics: 2, partitions: 14, replicas: 42, brokers: 4 },
    ...{ volumes: 1324 * GIB, storage: undefined },
  });
});

test("Docker has one broker, and what is not known is left out", () => {
  const { after } = capacityChange([
    change("create", "docker:index/volume:Volume", "data", { after: {} }),
    change("create", TOPIC, "a", { after: inputs({ partitions: UNKNOWN }) }),
    change("create", "kubernetes:core/v1:PersistentVolumeClaim", "c", { after: claim(UNKNOWN) }),
  ]);
  expect(after).toMatchObject({ brokers: 1, topics: 1, partitions: 0, replicas: 0, volumes: 0 });
});

test("the capacity of nothing is nothing", () => {
  const nothing = { topics: 0, partitions: 0, replicas: 0, brokers: 0, volumes: 0 };
  expect(capacityChange([])).toEqual({ before: nothing, after: nothing, findings: [] });
});

test("what the planner says is passed on as it is, and stops a plan where the planner fails", () => {
  const plan = (storage: number) =>
    catalogueCapacity(loadCatalogue({ domains: CATALOGUE }), {
      environment: "dev",
      brokers: 1,
      storage,
    });
  const [roomy, tight, full] = [1000 * GIB, 150 * GIB, 120 * GIB].map(plan);
  if (!roomy || !tight || !full) throw new Error("three plans");
  expect([roomy, tight, full].map(({ verdict }) => verdict)).toEqual(["ok", "warning", "failure"]);

  const capacity = { before: roomy, after: full };
  const report = makeReport({
    ...{ stack: "prod", environment: "prod", comparedWith: { kind: "nothing" } },
    ...{ changes: [], today: new Date(), capacity },
  });
  expect(report.capacity.before.storage).toBe(roomy.storage);
  expect(report.capacity.after.storage).toBe(full.storage);
  expect(report.verdict.short).toEqual(full.findings.map((one) => ({ ...one, before: false })));
  expect(exitCode(report.verdict, 0, { detailed: false })).toBe(2);
  expect(formatText(report)).toContain(`\n  error: ${full.findings[0]?.message ?? ""}\n`);
  expect(formatText(report)).toMatch(/ needed on a broker's disk .* of 1,?000 GiB .* of 120 GiB/);
  expect(formatText(report)).toMatch(/Needs review: .*1 limit of the cluster is exceeded\.$/);
  expect(formatMarkdown(report)).toContain("#### Not enough room\n\n- error: storage");

  // What was so before is folded away, unless it stops the plan.
  expect(capacityChange([], { before: tight, after: tight }).findings).toMatchObject([
    { before: true },
  ]);
  const still = makeReport({
    ...{ stack: "prod", environment: "prod", comparedWith: { kind: "nothing" } },
    ...{ changes: [], today: new Date(), capacity: { before: full, after: full } },
  });
  expect(formatText(still)).toContain(`\n  error: ${full.findings[0]?.message ?? ""}\n`);

  const warned = capacityChange([], { after: tight });
  expect(warned.findings.map(({ verdict }) => verdict)).toEqual(["warning"]);
  expect(assessPlan([], [], warned).short).toEqual([]);
});
