import { expect, test } from "vitest";
import { secretValue } from "../../../policy/resource.ts";
import { formatJson } from "../../../review/report/json.ts";
import { makeReport } from "../../../review/report/report.ts";
import { exitCode } from "../../../review/report/verdict.ts";
import { change, declared, TOPIC, topicInputs, urnOf } from "../changes.ts";
import { CHANGES, DELETED, finding, FINDINGS, reportOf, RETIRED } from "./sample.ts";

const code = (report: ReturnType<typeof reportOf>, detailed = false): number =>
  exitCode(report.verdict, report.changes.length, { detailed });

const harmless = change("create", TOPIC, "new", { after: { inputs: topicInputs("new") } });

test("the exit code is 2 for what needs review, and 0 otherwise", () => {
  expect(code(reportOf([]))).toBe(0);
  expect(code(reportOf([harmless]))).toBe(0);
  expect(code(reportOf([DELETED]))).toBe(2);
  expect(code(reportOf(declared(DELETED, { before: { retire: RETIRED } })))).toBe(0);
  expect(code(reportOf([{ ...harmless, refusals: ["no"] }]))).toBe(2);
  expect(code(reportOf([], [finding()]))).toBe(2);
  expect(code(reportOf([], [finding({ level: "advisory" })]))).toBe(0);
  const waiver = { reason: "r", by: "o", until: "2026-12-31" };
  expect(code(reportOf([], [finding({ waiver })]))).toBe(0);
});

test("detailed exit codes tell changes, and review comes first", () => {
  expect(code(reportOf([]), true)).toBe(0);
  expect(code(reportOf([harmless]), true)).toBe(3);
  expect(code(reportOf([DELETED]), true)).toBe(2);
});

test("what was retired elsewhere, too late or in one step is not approved", () => {
  const late = { ...RETIRED, until: "2026-11-24" };
  expect(code(reportOf([DELETED, ...declared(harmless, { after: { retire: RETIRED } })]))).toBe(2);
  expect(code(reportOf(declared(DELETED, { before: { retire: late } })))).toBe(2);
  expect(code(reportOf(declared(DELETED, { after: { retire: RETIRED } })))).toBe(2);
});

test("components are told only where no child tells the same", () => {
  const type = "kafka-platform:topic:ManagedTopic";
  const side = (owner: string, partitions: number) => ({ inputs: { owner, spec: { partitions } } });
  const { changes, counts } = reportOf([
    change("create", type, "a", { after: side("x", 1) }),
    change("delete", type, "b", { before: side("x", 1) }),
    change("update", type, "c", { before: side("x", 1), after: side("x", 2) }),
    change("update", type, "d", { before: side("x", 1), after: side("y", 2) }),
  ]);
  expect(changes.map(({ name, properties }) => [name, properties.map(({ path }) => path)])).toEqual(
    [["d", ["owner"]]],
  );
  expect(counts).toEqual({ create: 0, update: 0, replace: 0, delete: 0, same: 0 });
});

test("the rules of the policies judge what is declared, and only that", () => {
  const protectedTopic = { inputs: topicInputs("orders", { replicationFactor: 1 }) };
  const { findings } = makeReport({
    ...{ stack: "prod", environment: "prod", today: new Date("2026-11-25") },
    comparedWith: { kind: "nothing" },
    changes: [change("delete", TOPIC, "orders", { before: protectedTopic })],
  });
  expect(findings.filter(({ urn }) => urn === urnOf(TOPIC, "orders"))).toEqual([]);
});

test("what could not be compared is noted", () => {
  const one = { ...harmless, withheld: ["spec.template.metadata.annotations.checksum/tls"] };
  expect(reportOf([one], [], { notes: ["first"] }).notes).toEqual([
    "first",
    "new: spec.template.metadata.annotations.checksum/tls comes from secrets and could not be compared without them",
  ]);
});

test("JSON has a version, and every field that programs rely on", () => {
  const report = reportOf(CHANGES, FINDINGS, { notes: ["a note"] });
  const json = JSON.parse(formatJson(report, 2)) as Record<string, unknown>;
  expect(Object.keys(json)).toEqual([
    ...["version", "stack", "environment", "comparedWith", "notes", "counts"],
    ...["changes", "access", "capacity", "findings", "verdict"],
  ]);
  expect(json).toMatchObject({
    version: 3,
    stack: "prod",
    environment: "prod",
    comparedWith: { kind: "base", ref: "merge base with origin/main", commit: "0123456789abcdef" },
    counts: { create: 2, update: 1, replace: 0, delete: 2, same: 1 },
    access: { logins: [] },
    verdict: {
      exitCode: 2,
      violations: 2,
      unapproved: [
        urnOf(TOPIC, "orders"),
        urnOf(TOPIC, "payments"),
        urnOf("kafka:index/acl:Acl", "shop-backend Write"),
      ],
      refused: [urnOf(TOPIC, "orders")],
      short: 0,
    },
  });
  expect((json["changes"] as unknown[]).slice(0, 2)).toEqual([
    {
      verb: "delete",
      urn: urnOf(TOPIC, "orders"),
      type: TOPIC,
      name: "orders",
      approved: false,
      decisions: [
        {
          change: "deletion",
          reason: "all its records are deleted",
          refusal:
            "deletion is not approved. Needed is retire: { reason, by, until } in the declaration of the topic, applied before the declaration goes.",
        },
      ],
      refusals: ["it is protected"],
      properties: [],
      reversibility: "loses data",
      reasons: ["all its records are deleted"],
      effects: [{ reversibility: "loses data", text: "all its records are deleted" }],
    },
    {
      verb: "update",
      urn: urnOf(TOPIC, "payments"),
      type: TOPIC,
      name: "payments",
      approved: false,
      decisions: [
        {
          change: "partition-growth",
          reason:
            "partitions 6 → 12: they cannot be taken away again, and new records of a key may go to another partition than its older ones",
          refusal:
            'partition-growth is not approved. Needed is approve: [{ change: "partition-growth", reason, by, until }] in the declaration of the topic.',
        },
      ],
      refusals: [],
      properties: [{ path: "partitions", before: { raw: 6 }, after: { raw: 12 }, replaces: false }],
      reversibility: "irreversible",
      reasons: [
        "partitions 6 → 12: they cannot be taken away again, and new records of a key may go to another partition than its older ones",
      ],
      effects: [
        {
          reversibility: "irreversible",
          text: "partitions 6 → 12: they cannot be taken away again, and new records of a key may go to another partition than its older ones",
        },
      ],
    },
  ]);
});

test("no format shows a secret", () => {
  const user = "kafka:index/userScramCredential:UserScramCredential";
  const side = (password: string) => ({
    inputs: { username: "shop", password: secretValue(password) },
  });
  const report = reportOf([
    change("update", user, "shop", { before: side("hunter2"), after: side("hunter3") }),
  ]);
  expect(formatJson(report, 0)).toContain("[another secret]");
  expect(formatJson(report, 0)).not.toContain("hunter");
});
