import { expect, test } from "vitest";
import { evaluate } from "../../policy/evaluate.ts";
import { isBlocking } from "../../policy/finding.ts";
import type { PolicyResource } from "../../policy/resource.ts";
import { CLUSTER, changed, DECLARATION, DEPLOYMENT, TOPIC, unprotected } from "./resources.ts";

const today = new Date("2026-11-25T12:00:00Z");
/** As components record it, and as a finding names it. */
const WAIVER = { reason: "Compliance.", owner: "shop", until: "2027-06-30" };
const NAMED = { reason: "Compliance.", by: "shop", until: "2027-06-30" };
const RETENTION = { rule: "topic-retention", ...WAIVER };

const long = changed(TOPIC, ["config", "retention.ms"], "-1");
const tagged = changed(
  DEPLOYMENT,
  ["spec", "template", "spec", "containers", 0, "image"],
  "example/ui:1",
);
const declared = (...waivers: object[]) => changed(DECLARATION, ["waivers"], waivers);
const cluster = (...waivers: object[]) => changed(CLUSTER, ["waivers"], waivers);
const judged = (resources: PolicyResource[], environment: "dev" | "prod" = "prod") =>
  evaluate(resources, { environment, today });

test("a waiver of the declaration covers what belongs to it, and is named", () => {
  const findings = judged([declared(RETENTION), long]).filter(
    ({ rule }) => rule === "topic-retention",
  );
  expect(findings).toMatchObject([{ level: "mandatory", urn: TOPIC.urn, waiver: NAMED }]);
  expect(findings.filter(isBlocking)).toEqual([]);
});

test("a waiver of the declaration covers one rule, and nobody else's resource", () => {
  const other = { ...long, urn: `${long.urn}2`, name: "other", parent: undefined };
  const blocking = judged([declared(RETENTION), unprotected(long), other]).filter(isBlocking);
  expect(blocking.map(({ rule, urn }) => [rule, urn])).toEqual(
    expect.arrayContaining([
      ["topic-protect", TOPIC.urn],
      ["topic-retention", other.urn],
    ]),
  );
  expect(blocking).not.toContainEqual(
    expect.objectContaining({ rule: "topic-retention", urn: TOPIC.urn }),
  );
});

test("a waiver of the stack covers the resource that it names", () => {
  const waiver = { rule: "image-digest", resource: "ui", ...WAIVER };
  const digests = (resource: string) =>
    judged([cluster({ ...waiver, resource }), tagged]).filter(
      ({ rule }) => rule === "image-digest",
    );
  expect(digests("ui")).toMatchObject([{ waiver: NAMED }]);
  expect(digests("kafka")[0]?.waiver).toBeUndefined();
});

test("a waiver that waives nothing is said, where its rule counts", () => {
  const message = "the waiver of topic-retention waives nothing";
  expect(judged([declared(RETENTION), TOPIC])).toMatchObject([
    { rule: "waiver-unused", level: "advisory", urn: DECLARATION.urn, message },
  ]);
  const protection = { rule: "topic-protect", ...WAIVER };
  expect(judged([declared(protection), TOPIC])).toMatchObject([{ rule: "waiver-unused" }]);
  expect(
    judged([declared(protection), TOPIC], "dev").filter(({ rule }) => rule === "waiver-unused"),
  ).toEqual([]);
});

test("a domain's waiver is used where one of its topics needs it, and else told once", () => {
  const domain = { ...RETENTION, domain: "shop" };
  const other = { ...declared(domain), urn: `${DECLARATION.urn}2`, name: "other" };
  const rules = (topic: PolicyResource) =>
    judged([declared(domain), topic, other]).filter(({ rule }) => rule === "waiver-unused");
  expect(rules(long)).toEqual([]);
  expect(rules(TOPIC)).toMatchObject([
    { message: "the waiver of topic-retention by the domain of shop waives nothing" },
  ]);
});

test("an expired waiver waives nothing and is a mandatory finding", () => {
  const expired = { ...RETENTION, until: "2026-11-24" };
  expect(
    judged([declared(expired), long])
      .filter(isBlocking)
      .map(({ rule }) => rule),
  ).toEqual(["waiver-expired", "topic-retention"]);
});

test("what cannot be judged is waived like what is wrong", () => {
  const unreadable = changed(TOPIC, ["config", "retention.ms"], 1);
  expect(
    judged([declared(RETENTION), unreadable]).find(({ rule }) => rule === "topic-retention"),
  ).toMatchObject({
    message: "undecidable: config.retention.ms is given a number; wanted text",
    waiver: NAMED,
  });
});
