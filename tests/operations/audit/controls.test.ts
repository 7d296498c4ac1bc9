import { describe, expect, it } from "vitest";
import type { AuditPart } from "../../../operations/audit/audit-view.ts";
import { CONTROLS } from "../../../operations/audit/controls.ts";
import { judge } from "../../../operations/audit/judge.ts";
import { cleanParts, viewOf } from "./clean-view.ts";
import { PLANTED } from "./planted.ts";

const clean = cleanParts();
const LEAST = 40;

const resultOf = (id: string, view: ReturnType<typeof viewOf>) => {
  const [result] = judge(
    CONTROLS.filter((control) => control.id === id),
    view,
  );
  return result ?? expect.fail(`no control ${id}`);
};

it(`has at least ${LEAST} controls, each with an id of its own and a planted violation`, () => {
  const ids = CONTROLS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(LEAST);
  expect(Object.keys(PLANTED).sort()).toEqual([...ids].sort());
});

it("finds nothing in a cluster that is as the shipped catalogue declares it", () => {
  const found = judge(CONTROLS, viewOf(clean)).filter(({ outcome }) => outcome !== "fine");
  expect(found.map(({ control, found, notSeen }) => [control.id, found, notSeen])).toEqual([]);
});

describe.each(CONTROLS.map((control) => [control.id, control] as const))("%s", (id, control) => {
  const { plant, finds } = PLANTED[id] ?? expect.fail(`nothing is planted for ${id}`);
  const planted = plant(clean);

  it("finds what was planted, and shows where", () => {
    const declared = { ...clean.declared, ...planted.declared };
    const parts = { ...clean.parts, ...planted.parts };
    const { outcome, found } = resultOf(id, viewOf({ declared, parts }));
    expect(outcome).toBe("found");
    expect(found.map(({ subject }) => subject).join("\n")).toContain(finds);
  });

  it("says what to do, and where it comes from", () => {
    expect(control.title).not.toMatch(/\.$/);
    expect(control.fix).toMatch(/\.$/);
    expect(control.source.length).toBeGreaterThan(5);
  });
});

describe.each(
  CONTROLS.filter(({ looksAt }) => looksAt.length > 0).map(
    ({ id, looksAt }) => [id, looksAt] as const,
  ),
)("%s, blind", (id, looksAt) => {
  it.each(looksAt)("never passes without having seen the %s", (part) => {
    const view = viewOf(clean);
    const blind = { value: undefined, missing: [`${part}: not allowed`] };
    const result = resultOf(id, { ...view, parts: { ...view.parts, [part]: blind } });
    expect(result).toMatchObject({ outcome: "not-seen", found: [], notSeen: blind.missing });
  });
});

it("keeps what it found in one part of the cluster beside what it could not see of the rest", () => {
  const view = viewOf(clean);
  const part: AuditPart = "brokers";
  const { plant } = PLANTED["broker-auto-create"] ?? expect.fail();
  const value = plant(clean).parts?.brokers;
  const parts = { ...view.parts, [part]: { value, missing: ["broker 2: no answer"] } };
  const result = resultOf("broker-auto-create", { ...view, parts });
  expect(result).toMatchObject({ outcome: "found", notSeen: ["broker 2: no answer"] });
  const rest = resultOf("broker-authorizer", { ...view, parts });
  expect(rest).toMatchObject({ outcome: "not-seen", notSeen: ["broker 2: no answer"] });
});

it("has not seen a value that Kafka hides, unless the stack says what it writes there", () => {
  const view = viewOf({ ...clean, declared: { ...clean.declared, hiddenProperties: new Map() } });
  for (const id of ["broker-super-users", "broker-allow-everyone"]) {
    const { outcome, notSeen } = resultOf(id, view);
    expect(outcome).toBe("not-seen");
    expect(notSeen[0]).toContain("Kafka shows nobody its value");
  }
});
