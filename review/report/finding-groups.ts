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

/** From so many findings of a kind on they are told once, with the names of a few. */
const MANY = 4;
const SHOWN = 3;

/** What stops a change is told one by one, however often; of the rest many alike are told as one. */
export const isToldOnce = ({ state, findings }: FindingGroup): boolean =>
  state !== "mandatory" && findings.length >= MANY;

/** The first names of many, and how many more there are. */
export function fewOf(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  return `${names.slice(0, SHOWN).join(", ")}${rest > 0 ? ` and ${String(rest)} more` : ""}`;
}

/** What is said of all of them; undefined where it is not the same of each. */
export const commonMessage = ({
  findings: [first, ...others],
}: FindingGroup): string | undefined =>
  others.every(({ message }) => message === first?.message) ? first?.message : undefined;

/** Such as `24 × topic-retention-bytes, 2 × topic-name (waived)`. */
export const groupsInShort = (groups: readonly FindingGroup[]): string =>
  groups
    .map(
      ({ rule, state, findings }) =>
        `${String(findings.length)} × ${rule}${state === "waived" ? " (waived)" : ""}`,
    )
    .join(", ");

/** Who answers for a waived finding, until when, and why. */
export const waiverText = ({ by, until, reason }: Agreement): string =>
  `${by}, until ${until}: ${reason}`;
