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
import { BAD_CHANGES, credentialsIn, type Phase } from "./changes.ts";

const STACK = { project: PROJECT, stack: "prod" };

let values: Record<string, string>;
let base: State;

/** A preview of the shipped program on the embedded engine, with the catalogue of a phase. */
async function preview(phase: Phase, state?: State): Promise<Recording> {
  const catalogue = new URL(`./catalogue.ts?phase=${phase}`, import.meta.url).href;
  return recordProgram({
    target: { projectDir: PROJECT_DIR, ...STACK },
    config: {
      values: { ...values, ...credentialsIn(phase) },
      secretKeys: Object.keys(SECRET_KEYS).map((key) => `${PROJECT}:${key}`),
    },
    providers: PROVIDERS,
    onEvent: () => undefined,
    nodeArgs: ["--import", catalogue],
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
});

/** What the hooks refuse, by topic or account. */
const refusals = ({ failures }: Recording): Record<string, string> =>
  Object.fromEntries(
    failures
      .filter(({ message }) => message.includes('hook "'))
      .map(({ urn, message }) => [parseUrn(urn).name, message]),
  );

const all = Object.entries(BAD_CHANGES);

describe("what nobody has approved", () => {
  let bare: Recording;
  let told: Record<string, string>;
  beforeAll(async () => {
    bare = await preview("bare", base);
    told = refusals(bare);
  });

  test.for(all)("is refused: %s", ([name, { of, change, guard }]) => {
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

  test("is all that is refused", () => {
    expect(Object.keys(told).sort()).toEqual(all.map(([name]) => name).sort());
  });

  test("a declaration that goes is protected, unless the one before it was retired", () => {
    const { goals } = bare;
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
    const told = judged.flatMap(({ change, decisions }) =>
      decisions.map(({ approval, refusal = "" }) => [
        change.name,
        approval === undefined ? refusal.replace(/; today is .*/, "") : `by ${approval.by}`,
      ]),
    );
    expect(Object.fromEntries(told)).toMatchObject({
      gone: "deletion is not approved. Needed is retire: { reason, by, until } in the declaration of the topic, applied before the declaration goes.",
      retired: "by a test",
      "retired|SCRAM-SHA-512": "by a test",
      "retired-too-long-ago": expect.stringContaining(
        "The retirement by a test ended on 2020-12-31",
      ) as unknown,
    });
  });
});

test("what is approved passes, in hooks and in the report", async () => {
  const recording = await preview("approved", base);
  expect(refusals(recording)).toEqual({});
  const { resources } = planGoals({
    ...{ stack: STACK, providers: PROVIDERS, goals: recording.goals, state: base },
  });
  const judged = assessChanges(resources.map(changeOf), new Date());
  const changed = judged.filter(({ change }) => change.verb !== "delete");
  const decisions = changed.flatMap(({ change, decisions: made }) =>
    made.map((decision) => [change.name, decision.change, isRefused(decision)] as const),
  );
  const approved = all.filter(([, { of }]) => of === "topic");
  expect(decisions.toSorted()).toEqual(
    approved.map(([name, { change }]) => [name, change, false]).toSorted(),
  );
  // Nothing that was approved is protected from what was approved.
  expect(
    resources.filter(({ verb, refusals: why }) => verb !== "delete" && why.length > 0),
  ).toEqual([]);
});

test("an approval of something else is no approval, and is named", async () => {
  const told = refusals(await preview("other", base));
  expect(Object.keys(told).sort()).toEqual(all.map(([name]) => name).sort());
  for (const [name, { other }] of all) {
    expect(told[name]).toContain(`Approved is ${other} (a test, until 2099-12-31).`);
  }
});

test("an approval that has ended is none, and its end is named", async () => {
  const told = refusals(await preview("expired", base));
  expect(Object.keys(told).sort()).toEqual(all.map(([name]) => name).sort());
  for (const [name] of all) {
    expect(told[name]).toContain("The approval by a test ended on 2020-12-31");
  }
});
