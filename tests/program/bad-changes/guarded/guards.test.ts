import { beforeAll, describe, expect, test } from "vitest";
import { isRefused } from "../../../../review/approvals.ts";
import { assessChanges } from "../../../../review/plan-decisions.ts";
import { PROVIDERS } from "../../../../engine/providers.ts";
import {
  declaredState,
  parseUrn,
  planGoals,
  type Recording,
  recordProgram,
  type State,
} from "../../../../engine/index.ts";
import { changeOf } from "../../../../cli/preview/plan-changes.ts";
import { PROJECT, PROJECT_DIR } from "../../../../cli/stack/project.ts";
import { SECRET_KEYS } from "../../../../model/stack/stack-config.ts";
import { prodStack } from "../../../support/kubernetes/prod-stack.ts";
import { changesNamed, credentialsIn, ENDINGS, type Phase } from "./changes.ts";

const STACK = { project: PROJECT, stack: "prod" };
const ALL = changesNamed(...ENDINGS);

let values: Record<string, string>;
let base: State;
/** The preview of every change, whatever is approved of it. */
let changed: Recording;
let told: Readonly<Record<string, string>>;

/** A preview of the shipped program on the embedded engine, with the catalogue of a phase. */
async function preview(phase: Phase, state?: State): Promise<Recording> {
  const catalogue = new URL(`./catalogue.ts?phase=${phase}`, import.meta.url);
  for (const ending of ENDINGS) catalogue.searchParams.append("ending", ending);
  return recordProgram({
    target: { projectDir: PROJECT_DIR, ...STACK },
    config: {
      values: { ...values, ...credentialsIn(ALL, phase) },
      secretKeys: Object.keys(SECRET_KEYS).map((key) => `${PROJECT}:${key}`),
    },
    providers: PROVIDERS,
    onEvent: () => undefined,
    nodeArgs: ["--import", catalogue.href],
    ...(state && { state }),
  });
}

beforeAll(async () => {
  values = await prodStack();
  const { goals, failures } = await preview("base");
  expect(failures).toEqual([]);
  const declared = declaredState({ stack: STACK, providers: PROVIDERS, goals });
  expect(declared.failures).toEqual([]);
  base = declared.state;
  changed = await preview("changed", base);
  told = refusals(changed);
});

/** What the hooks refuse, by topic or account. */
const refusals = ({ failures }: Recording): Record<string, string> =>
  Object.fromEntries(
    failures
      .filter(({ message }) => message.includes('hook "'))
      .map(({ urn, message }) => [parseUrn(urn).name, message]),
  );

const unapproved = Object.entries(changesNamed(""));

describe("what nobody has approved", () => {
  test.for(unapproved)("is refused: %s", ([name, { of, change, guard }]) => {
    expect(told[name]).toContain(
      `beforeUpdate hook "${guard}" failed: ${of} ${name} is not changed:`,
    );
    expect(told[name]).toContain(
      `${change} is not approved. Needed is approve: [{ change: "${change}", reason, by, until }] in the declaration of the ${of}.`,
    );
    expect(told[name]?.includes("The cluster was not asked: this is a preview.")).toBe(
      of === "topic",
    );
  });

  test("is refused, and nothing that is approved", () => {
    const expected = Object.entries(ALL).filter(([, { approved }]) => approved !== "it");
    expect(Object.keys(told).sort()).toEqual(expected.map(([name]) => name).sort());
  });

  test("a declaration that goes is protected, unless the one before it was retired", () => {
    const { goals } = changed;
    const { resources } = planGoals({ stack: STACK, providers: PROVIDERS, goals, state: base });
    const deleted = resources.filter(({ verb }) => verb === "delete");
    const protectedFrom = deleted.filter(({ refusals: why }) => why.length > 0);
    const names = protectedFrom.map(({ urn }) => parseUrn(urn).name);
    expect(names.filter((name) => !name.startsWith("fewer")).sort()).toEqual(
      [
        ...["gone", "gone", "gone|SCRAM-SHA-512"],
        ...["retired-too-long-ago", "retired-too-long-ago", "retired-too-long-ago|SCRAM-SHA-512"],
      ].sort(),
    );
    const judged = assessChanges(resources.map(changeOf), new Date()).filter(
      ({ change }) => change.verb === "delete",
    );
    const said = judged.flatMap(({ change, decisions }) =>
      decisions.map(({ approval, refusal = "" }) => [
        change.name,
        approval === undefined ? refusal.replace(/; today is .*/, "") : `by ${approval.by}`,
      ]),
    );
    expect(Object.fromEntries(said)).toMatchObject({
      gone: "deletion is not approved. Needed is retire: { reason, by, until } in the declaration of the topic, applied before the declaration goes.",
      retired: "by a test",
      "retired|SCRAM-SHA-512": "by a test",
      "retired-too-long-ago": expect.stringContaining(
        "The retirement by a test ended on 2020-12-31",
      ) as unknown,
    });
  });
});

test("what is approved passes, in hooks and in the report", () => {
  const approved = Object.entries(changesNamed("-approved"));
  const { goals } = changed;
  const { resources } = planGoals({ stack: STACK, providers: PROVIDERS, goals, state: base });
  const concerned = resources.filter(
    ({ urn, verb }) => verb !== "delete" && parseUrn(urn).name.endsWith("-approved"),
  );
  const decisions = assessChanges(concerned.map(changeOf), new Date()).flatMap(
    ({ change, decisions: made }) =>
      made.map((decision) => [change.name, decision.change, isRefused(decision)] as const),
  );
  const ofTopics = approved.filter(([, { of }]) => of === "topic");
  expect(decisions.filter(([name]) => approved.some(([one]) => one === name)).toSorted()).toEqual(
    ofTopics.map(([name, { change }]) => [name, change, false]).toSorted(),
  );
  // Nothing that was approved is protected from what was approved.
  const names = new Set(approved.map(([name]) => name));
  expect(
    concerned.filter(({ urn, refusals: why }) => names.has(parseUrn(urn).name) && why.length > 0),
  ).toEqual([]);
});

test.for(Object.entries(changesNamed("-with-another-approved")))(
  "an approval of something else is no approval, and is named: %s",
  ([name, { other }]) => {
    expect(told[name]).toContain(`Approved is ${other} (a test, until 2099-12-31).`);
  },
);

test.for(Object.entries(changesNamed("-once-approved")))(
  "an approval that has ended is none, and its end is named: %s",
  ([name]) => {
    expect(told[name]).toContain("The approval by a test ended on 2020-12-31");
  },
);
