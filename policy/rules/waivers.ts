import { MILLISECONDS } from "../../model/values/units.ts";
import { EVERYWHERE, type ResourceRule } from "../rule.ts";
import { readWaivers, WAIVER_HOLDERS } from "../waivers.ts";
import type { Subject } from "../subject.ts";
import { isoDay } from "../../model/values/iso-day.ts";
import { isInForce } from "../../model/agreements/agreement.ts";

/** Days for which something may be agreed. */
const LONGEST_TERM = 366;

/** Everything that somebody has agreed to, in words, with its end. */
function agreements({ resource, fields }: Subject): { what: string; until: string }[] {
  const ends = (what: string, until = "") => ({ what, until });
  return [
    ...readWaivers(resource).map(({ rule, until }) => ends(`the waiver of ${rule}`, until)),
    ...fields
      .list("approve")
      .map((one) => ends(`the approval of ${one.text("change") ?? ""}`, one.text("until"))),
    ...(fields.has("retire") ? [ends("the retirement", fields.in("retire").text("until"))] : []),
  ];
}

export const WAIVER_RULES: readonly ResourceRule[] = [
  {
    id: "waiver-expired",
    level: "mandatory",
    environments: EVERYWHERE,
    types: WAIVER_HOLDERS,
    title: "Waivers have a reason, somebody who agreed, and an end that is not past",
    reason: "What was let pass for a while would be let pass for ever.",
    fix: "Mend what it waives and remove it; or decide anew, and say until when.",
    check: ({ resource, today }) =>
      readWaivers(resource)
        .filter((waiver) => !isInForce(waiver, today))
        .map(({ rule, reason, by, until }) =>
          reason === "" || by === "" || until === ""
            ? `the waiver of ${rule} lacks reason, by or until`
            : `the waiver of ${rule} ended on ${until}; today is ${isoDay(today)}`,
        ),
  },
  {
    id: "agreement-term",
    level: "advisory",
    environments: EVERYWHERE,
    types: WAIVER_HOLDERS,
    title: "Approvals, retirements and waivers end within a year",
    reason: "Whoever agreed for ever has agreed to what nobody knows yet.",
    fix: "Name an earlier day; agree anew when it comes.",
    check(subject) {
      const latest = isoDay(new Date(subject.today.getTime() + LONGEST_TERM * MILLISECONDS.d));
      return agreements(subject)
        .filter(({ until }) => until > latest)
        .map(({ what, until }) => `${what} ends on ${until}; wanted ${latest} at the latest`);
    },
  },
];
