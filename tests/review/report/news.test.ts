import { expect, test } from "vitest";
import type { PolicyResource } from "../../../policy/resource.ts";
import type { Change } from "../../../review/change.ts";
import { formatMarkdown } from "../../../review/report/markdown.ts";
import { makeReport, type Report } from "../../../review/report/report.ts";
import { formatText } from "../../../review/report/text.ts";
import { exitCode } from "../../../review/report/verdict.ts";
import { change, TOPIC, topicInputs } from "../changes.ts";
import { finding, reportOf } from "./sample.ts";

/** A report of a prod stack as the rules of the policies judge it. */
const judged = (changes: readonly Change[]): Report =>
  makeReport({
    ...{ stack: "prod", environment: "prod", changes, today: new Date("2026-11-25") },
    ...{ comparedWith: { kind: "nothing" }, notes: ["one note", "another"] },
  });

const MANAGED = "kafka-platform:topic:ManagedTopic";
const settings = { "min.insync.replicas": "2" };

/** A topic that breaks one rule of advice (no bound by size), as it is declared: with its component. */
function topic(name: string, verb: Change["verb"] = "same", config: object = {}): Change[] {
  const component = change(verb, MANAGED, name, {
    ...(verb !== "create" && { before: { inputs: described } }),
    after: { inputs: described },
  });
  const inputs = topicInputs(name, { config: { ...settings, ...config } });
  const side = { inputs, protect: true, parent: component.urn };
  const earlier = { ...side, inputs: topicInputs(name, { config: settings }) };
  return [
    component,
    change(verb, TOPIC, name, {
      ...(verb !== "create" && { before: earlier }),
      after: side,
    }),
  ];
}
const described = { owner: "o", description: "d", classification: "internal" };
const many = Array.from({ length: 24 }, (_, at) => `topic-${String(at)}`);

/** Lines that a reader sees: without the empty ones, and what is folded away. */
const seen = (text: string): string[] =>
  text
    .replaceAll(/(<details><summary>.*?<\/summary>)[\s\S]*?<\/details>/g, "$1")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("<!--"));

const advice = (report: Report) =>
  report.findings.filter(({ rule }) => rule === "topic-retention-bytes");

test("a report without news has at most ten lines, however much was there before", () => {
  const report = judged(many.flatMap((name) => topic(name)));
  expect(advice(report)).toHaveLength(24);
  expect(report.findings.every(({ before }) => before)).toBe(true);
  const text = formatText(report);
  expect(text.split("\n").length).toBeLessThanOrEqual(10);
  expect(text).toContain("were there before (--all): 24 × topic-retention-bytes");
  expect(text).not.toContain("topic-7");
  const markdown = formatMarkdown(report);
  expect(seen(markdown).length).toBeLessThanOrEqual(10);
  // All names are in what is folded away, and in the whole text.
  expect(many.filter((name) => !markdown.includes(`<code>kafka:Topic ${name}</code>`))).toEqual([]);
  const all = formatText(report, { all: true });
  expect(many.filter((name) => !all.includes(`kafka:Topic ${name}: retention.bytes`))).toEqual([]);
});

test("advice that repeats is told once, with its number and a few names", () => {
  const report = judged(many.flatMap((name) => topic(name, "create")));
  const told =
    "24 × retention.bytes is missing; wanted a size for each partition: kafka:Topic topic-0,";
  expect(formatText(report)).toContain(
    `\n    ${told} kafka:Topic topic-1, kafka:Topic topic-2 and 21 more\n`,
  );
  const markdown = formatMarkdown(report);
  expect(markdown).toContain(`<details><summary>${told}`);
  expect(
    markdown.split("\n").filter((line) => line.includes("<code>kafka:Topic topic-7")),
  ).toHaveLength(1);
});

test("what is new is told beside what was there before", () => {
  const report = judged([...many.flatMap((name) => topic(name)), ...topic("fresh", "create")]);
  expect(formatText(report)).toContain("\n    kafka:Topic fresh: retention.bytes is missing;");
  expect(formatText(report)).toContain("24 × topic-retention-bytes");
  expect(advice(report).filter(({ before }) => before !== true)).toHaveLength(1);
});

test("what a mandatory policy finds is told in full, also where it was so before", () => {
  const open = topic("orders").map((one): Change => {
    const weaken = (side: PolicyResource | undefined) =>
      side && { ...side, inputs: { ...side.inputs, replicationFactor: 1 } };
    return { ...one, before: weaken(one.before), after: weaken(one.after) };
  });
  const report = judged(open);
  const weak = report.findings.find(({ rule }) => rule === "topic-replication");
  expect(weak).toMatchObject({ before: true, level: "mandatory" });
  expect(exitCode(report.verdict, 0, { detailed: false })).toBe(2);
  for (const text of [formatText(report), formatMarkdown(report)]) {
    expect(text).toContain("replicationFactor is 1; wanted 3");
  }
});

test("a waiver that is given anew is news", () => {
  const until = (day: string) => ({
    inputs: {
      ...described,
      waivers: [{ rule: "topic-retention-bytes", reason: "r", owner: "o", until: day }],
    },
  });
  const [component, kafka] = topic("orders");
  if (!component || !kafka) throw new Error("a topic");
  const renewed = change("update", MANAGED, "orders", {
    ...{ before: until("2026-12-31"), after: until("2027-06-30") },
  });
  expect(advice(judged([renewed, kafka]))).toMatchObject([{ before: false }]);
});

test("many findings that say different things are told with one of them", () => {
  const advisory = many.map((name) =>
    finding({
      level: "advisory",
      urn: `urn:pulumi:prod::p::${TOPIC}::${name}`,
      message: `not ${name}`,
    }),
  );
  expect(formatText(reportOf([], advisory))).toContain(
    "\n    24 × such as: not topic-0: kafka:Topic",
  );
  expect(formatMarkdown(reportOf([], advisory))).toContain(
    "<code>kafka:Topic topic-9</code> not topic-9",
  );
});

test("a name within HTML is shown, and means nothing", () => {
  const advisory = many.map(() =>
    finding({ level: "advisory", urn: `urn:pulumi:prod::p::${TOPIC}::<b>@all</b>` }),
  );
  expect(formatMarkdown(reportOf([], advisory))).toContain(
    "<code>kafka:Topic &lt;b&gt;@\u200ball&lt;/b&gt;</code>",
  );
});
