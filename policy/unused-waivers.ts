import type { Finding } from "./finding.ts";
import { ADVICE, type Levels, type RuleText } from "./rule.ts";
import type { HeldWaiver } from "./waivers.ts";

/** What no rule finds by itself, because it is about what all of them found. */
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
