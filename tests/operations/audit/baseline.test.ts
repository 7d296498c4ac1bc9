import { describe, expect, it } from "vitest";
import { reportLines, tally } from "../../../cli/audit/report-text.ts";
import { readBaseline, withoutAccepted } from "../../../operations/audit/baseline.ts";
import { CONTROLS } from "../../../operations/audit/controls.ts";
import { judge } from "../../../operations/audit/judge.ts";
import { sarif } from "../../../operations/audit/sarif.ts";
import { cleanParts, viewOf } from "./clean-view.ts";
import { PLANTED } from "./planted.ts";

const today = new Date("2026-12-01T12:00:00Z");
const clean = cleanParts();
const { parts } = PLANTED["topic-undeclared"]?.plant(clean) ?? expect.fail();
const view = viewOf({ ...clean, parts: { ...clean.parts, ...parts } });
const results = judge(CONTROLS, view);
const accept = (changed: object = {}) => ({
  ...{ control: "topic-undeclared", reason: "A load test.", by: "platform", until: "2026-12-31" },
  ...changed,
});
const audited = (...accepted: object[]) =>
  withoutAccepted(results, readBaseline({ accepted }, "known.json", CONTROLS), today);

describe("a baseline", () => {
  it("sets aside what it names, and nothing else", () => {
    expect(tally(audited())).toMatchObject({ findings: 2, accepted: 0 });
    expect(tally(audited(accept()))).toMatchObject({ findings: 1, accepted: 1 });
    expect(tally(audited(accept({ subject: "topic by-hand" })))).toMatchObject({ findings: 1 });
    const other = audited(accept({ subject: "topic other" }));
    expect(tally(other)).toMatchObject({ findings: 2 });
    expect(other.remarks).toEqual([
      "topic-undeclared (topic other): accepted, and not found any more: take it out",
    ]);
  });

  it("counts again what has ended, and says so", () => {
    const ended = audited(accept({ until: "2026-11-30" }));
    expect(tally(ended)).toMatchObject({ findings: 2, accepted: 0 });
    expect(ended.remarks).toEqual([
      "topic-undeclared: accepted until 2026-11-30, which has passed",
    ]);
  });

  it("is refused without an end or a reason, and for a control that there is not", () => {
    const read = (one: object) => readBaseline({ accepted: [one] }, "known.json", CONTROLS);
    expect(() => read(accept({ until: "soon" }))).toThrow("accepted[0].until");
    expect(() => read(accept({ reason: "" }))).toThrow("accepted[0].reason");
    expect(() => read(accept({ control: "topic-undeclare" }))).toThrow(
      'did you mean "topic-undeclared"?',
    );
  });
});

describe("the report", () => {
  it("says first how much was found, then each with what to do", () => {
    const lines = reportLines(audited());
    expect(lines[0]).toBe(`2 findings of 2 of ${CONTROLS.length} controls.`);
    expect(lines).toContain("  topic by-hand: declared nowhere");
    expect(lines.join("\n")).toContain("To do: Declare it in topics/");
  });

  it("names what could not be looked at beside what was found", () => {
    const blind = { value: undefined, missing: ["listing SCRAM users: no answer"] };
    const dark = judge(CONTROLS, { ...view, parts: { ...view.parts, users: blind } });
    const lines = reportLines(withoutAccepted(dark, [], today));
    expect(lines[0]).toMatch(/^2 findings .* could not look at everything\.$/);
    expect(lines).toContain("  user-undeclared: listing SCRAM users: no answer");
  });
});

describe("SARIF", () => {
  it("has what its schema requires, a rule for each control and a suppression for what is accepted", () => {
    const document = sarif(audited(accept()), "prod") as SarifLog;
    expect(document.version).toBe("2.1.0");
    const [run] = document.runs;
    const { driver } = run?.tool ?? expect.fail();
    expect(driver.name).not.toBe("");
    expect(driver.rules.map(({ id }) => id)).toEqual(CONTROLS.map(({ id }) => id));
    const { results: found, invocations } = run ?? expect.fail();
    expect(invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
    expect(found.length).toBe(2);
    for (const { ruleId, ruleIndex, level, message, locations } of found) {
      expect(driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(["none", "note", "warning", "error"]).toContain(level);
      expect(message.text).not.toBe("");
      expect(locations[0]?.physicalLocation.artifactLocation.uri).toBe("Pulumi.prod.yaml");
    }
    const suppressed = found.filter(({ suppressions }) => suppressions !== undefined);
    expect(suppressed.map(({ ruleId }) => ruleId)).toEqual(["topic-undeclared"]);
    expect(suppressed[0]?.suppressions).toEqual([
      { kind: "external", justification: "A load test." },
    ]);
  });

  it("says that an audit which could not look was not a success", () => {
    const blind = { value: undefined, missing: ["no right"] };
    const dark = judge(CONTROLS, { ...view, parts: { ...view.parts, acls: blind } });
    const { runs } = sarif(withoutAccepted(dark, [], today), "prod") as SarifLog;
    expect(runs[0]?.invocations[0]).toMatchObject({ executionSuccessful: false });
  });
});

/** What SARIF 2.1.0 requires of what is used here. */
interface SarifLog {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { name: string; rules: readonly { id: string }[] } };
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
      }[];
      readonly suppressions?: readonly object[];
    }[];
  }[];
}
