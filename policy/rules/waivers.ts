import { EVERYWHERE, type ResourceRule } from "../rule.ts";
import { readWaivers, WAIVER_HOLDERS } from "../waivers.ts";
import { isoDay } from "../../model/values/iso-day.ts";
import { isInForce } from "../../model/agreements/agreement.ts";

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
];
