import type { Finding } from "./finding.ts";
import { EVERYWHERE, type RuleText } from "./rule.ts";
import type { HeldWaiver } from "./waivers.ts";

/** What no rule finds by itself, because it is about what all of them found. */
export const WAIVER_UNUSED = {
  id: "waiver-unused",
  level: "advisory",
  environments: EVERYWHERE,
  title: "Every waiver waives something",
  reason: "It would let the next violation pass, which nobody has looked at.",
  fix: "Remove it.",
} as const satisfies RuleText;

/** The finding on a waiver that holds, for a rule that counts here, and that waived nothing. */
export const waivesNothing = ({ rule, holder }: HeldWaiver): Finding => {
  const { id, level, reason, fix } = WAIVER_UNUSED;
  const message = `the waiver of ${rule} waives nothing`;
  return { rule: id, level, urn: holder, message, reason, fix };
};
