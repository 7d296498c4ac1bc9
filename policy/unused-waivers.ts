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

/**
 * Waivers that waived nothing. One of a domain is carried by all that is the domain's: it is told once, and
 * only where it waived nothing of any of them.
 */
export function unusedWaivers(
  waivers: readonly HeldWaiver[],
  used: ReadonlySet<HeldWaiver>,
): readonly HeldWaiver[] {
  const groups = Map.groupBy(waivers, (waiver) =>
    waiver.domain === undefined ? waiver : JSON.stringify([waiver.domain, waiver.rule]),
  );
  return [...groups.values()].flatMap((group) =>
    group.some((waiver) => used.has(waiver)) ? [] : group.slice(0, 1),
  );
}

/** The finding on a waiver that holds, for a rule that counts here, and that waived nothing. */
export const waivesNothing = ({ rule, holder, domain }: HeldWaiver): Finding => {
  const { id, level, reason, fix } = WAIVER_UNUSED;
  const whose = domain === undefined ? "" : ` by the domain of ${domain}`;
  const message = `the waiver of ${rule}${whose} waives nothing`;
  return { rule: id, level, urn: holder, message, reason, fix };
};
