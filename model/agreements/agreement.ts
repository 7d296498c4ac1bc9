import { z } from "zod";
import { isIsoDay, isoDay, isoDaySchema } from "../values/iso-day.ts";

export const text = (what: string) => z.string({ error: what }).min(1, { error: what });

/** What every approval, retirement and waiver says: why, who agreed, and for how long. */
export const agreementFields = {
  reason: text("a sentence that says why").describe("Why that is right."),
  by: text("the team or person that agreed").describe("Who agreed, and answers for it."),
  until: isoDaySchema("2027-06-30").describe("Last day on which it holds (UTC)."),
};

export interface Agreement {
  readonly reason: string;
  readonly by: string;
  readonly until: string;
}

/** Whether it still holds. One without a reason, somebody who agreed, or an end never does. */
export const isInForce = ({ reason, by, until }: Agreement, today: Date): boolean =>
  reason !== "" && by !== "" && isIsoDay(until) && until >= isoDay(today);
