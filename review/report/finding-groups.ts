import type { Finding } from "../../policy/finding.ts";
import type { Agreement } from "../../model/agreements/agreement.ts";

/** Findings of one rule that count alike: why and how are said once. */
export interface FindingGroup {
  readonly rule: string;
  readonly state: "mandatory" | "advisory" | "waived";
  readonly reason: string;
  readonly fix: string;
  readonly findings: readonly Finding[];
}

const STATES: readonly FindingGroup["state"][] = ["mandatory", "advisory", "waived"];

const stateOf = ({ level, waiver }: Finding): FindingGroup["state"] =>
  waiver === undefined ? level : "waived";

/** What stops a change first, waived findings last; a rule whose fix depends on the case is told by case. */
export function groupedFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups = Map.groupBy(findings, (finding) =>
    JSON.stringify([stateOf(finding), finding.rule, finding.fix]),
  );
  return [...groups.values()]
    .flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const { rule, reason, fix } = first;
      return [{ rule, state: stateOf(first), reason, fix, findings: all }];
    })
    .sort((one, other) => STATES.indexOf(one.state) - STATES.indexOf(other.state));
}

/** Who answers for a waived finding, until when, and why. */
export const waiverText = ({ by, until, reason }: Agreement): string =>
  `${by}, until ${until}: ${reason}`;
