import type { Finding } from "./finding.ts";
import { ADVICE, EVERYWHERE, type Levels, type RuleText } from "./rule.ts";
import type { HeldWaiver } from "./waivers.ts";

/** Findings that no rule makes by itself: they are about rules and waivers. */

export const UNDECIDABLE = {
  id: "undecidable",
  levels: EVERYWHERE,
  title: "What a rule judges is known, and of the kind that it should be",
  reason: "What cannot be judged is not let pass. It counts as the rule that asked does.",
  fix: "Let the program decide it by itself, from plain values; it must not wait for another resource.",
} as const satisfies RuleText;

export const WAIVER_UNUSED = {
  id: "waiver-unused",
  levels: ADVICE,
  title: "Every waiver waives something",
  reason: "It would let the next violation pass, which nobody has looked at.",
  fix: "Remove it.",
} as const satisfies RuleText;

/** One finding for each waiver that holds, for a rule that counts here, and that waived nothing. */
export function unusedWaivers(
  holding: readonly HeldWaiver[],
  used: ReadonlySet<HeldWaiver>,
  level: (rule: string) => Levels["dev"],
): Finding[] {
  const { id, reason, fix } = WAIVER_UNUSED;
  return holding
    .filter((waiver) => !used.has(waiver) && level(waiver.rule) !== "off")
    .map(({ rule, holder }) => ({
      rule: id,
      level: "advisory",
      urn: holder,
      message: `the waiver of ${rule} waives nothing`,
      reason,
      fix,
    }));
}
