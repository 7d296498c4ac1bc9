import { expect, test } from "vitest";
import { recordedWaivers, waiverSchema } from "../../../model/agreements/waiver.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { readStackConfig } from "../../../model/stack/stack-config.ts";
import { event } from "../../../model/topic/topic-profiles.ts";
import { describeFaults } from "../../../model/values/faults.ts";

const MINIMAL = { environment: "dev", protection: false, cluster: { kind: "docker" } };
const AGREED = { reason: "it is right", by: "platform", until: "2027-06-30" };
const { by, ...WITHOUT_BY } = AGREED;
const APPROVAL = { change: "deletion", ...AGREED, resource: "data-kafka-0" };
const WAIVER = { rule: "image-digest", ...AGREED };
const FORMER = { rule: "image-digest", ...WITHOUT_BY, owner: by };

const read = (more: object) => readStackConfig({ ...MINIMAL, ...more }, "kafka-platform:");

test("approvals of a stack file are read without a word", () => {
  const { config, faults, warnings } = read({ approvals: [APPROVAL] });
  expect(config?.approvals).toEqual([APPROVAL]);
  expect([...faults, ...warnings]).toEqual([]);
});

test("policy.approve still works, and the warning says what it is called now", () => {
  const { config, faults, warnings } = read({ policy: { approve: [APPROVAL] } });
  expect(config?.approvals).toEqual([APPROVAL]);
  expect(config?.policy).toEqual({ waivers: [] });
  expect(faults).toEqual([]);
  expect(warnings).toEqual([
    "kafka-platform:policy.approve: the key is called `kafka-platform:approvals` now; the old name " +
      "goes with the next release",
  ]);
});

test("both spellings of the approvals in one stack file are refused", () => {
  const { config, faults } = read({ approvals: [], policy: { approve: [APPROVAL] } });
  expect(config).toBeUndefined();
  expect(faults).toEqual([
    "kafka-platform:policy.approve: given beside kafka-platform:approvals; wanted all of it there",
  ]);
});

test("a fault in the old spelling is told where it is written", () => {
  const { faults } = read({ policy: { approve: [{ ...APPROVAL, until: "soon" }] } });
  expect(faults).toEqual([
    'kafka-platform:policy.approve[0].until: given "soon"; wanted a day in quotes, such as "2027-06-30"',
  ]);
});

test("the owner of a waiver still works, and the warning says what it is called now", () => {
  const { config, warnings } = read({ policy: { waivers: [{ ...FORMER, resource: "ui" }] } });
  expect(config?.policy.waivers).toEqual([{ ...WAIVER, resource: "ui" }]);
  expect(warnings).toEqual([
    "kafka-platform:policy.waivers[0].owner: the key is called `by` now; the old name goes with the " +
      "next release",
  ]);
});

test("the owner of a waiver in a declaration still works, with the same warning", () => {
  const topic = (waiver: object) =>
    event({
      description: "d",
      key: "k",
      classification: "internal",
      eventsPerHour: { from: 0, to: 1 },
      partitions: 1,
      waivers: [waiver as typeof WAIVER & { rule: "image-digest" }],
    });
  const loaded = (waiver: object) =>
    loadCatalogue({ domains: { "a.ts": { owner: "o", topics: { t: topic(waiver) } } } });
  const former = loaded(FORMER);
  expect(former.warnings).toEqual([
    "a.ts: topics.t.waivers[0].owner: the key is called `by` now; the old name goes with the next release",
  ]);
  expect({ ...former, warnings: [] }).toEqual(loaded(WAIVER));
});

test.each([
  [{ rule: "image-digest", ...WITHOUT_BY }, "by: missing; wanted the team or person that agreed"],
  [{ ...WAIVER, owner: "shop" }, 'owner: given "shop"; wanted nothing: `by` says it'],
])("a waiver without anybody, or with both names, is refused: %j", (waiver, fault) => {
  const { error } = waiverSchema.safeParse(waiver);
  expect(error && describeFaults(error, waiver)).toEqual([fault]);
});

test("the state goes on saying owner, so that no component changes for a word", () => {
  const waivers = [waiverSchema.parse(WAIVER), { ...waiverSchema.parse(WAIVER), resource: "ui" }];
  expect(JSON.stringify(recordedWaivers(waivers))).toBe(
    JSON.stringify([FORMER, { ...FORMER, resource: "ui" }].map(inOrder)),
  );
  expect(recordedWaivers(undefined)).toBeUndefined();
});

const inOrder = ({ rule, reason, owner, until, ...rest }: typeof FORMER) => ({
  ...{ rule, reason, owner, until },
  ...rest,
});
