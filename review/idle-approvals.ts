import type { Agreement } from "../model/agreements/agreement.ts";
import { isInForce } from "../model/agreements/agreement.ts";
import { isoDay } from "../model/values/iso-day.ts";
import type { ApprovalSet } from "./approval-set.ts";
import type { AssessedChange } from "./plan-decisions.ts";

/**
 * What was agreed to and is of no use: nothing of the plan needs it, or it has ended. It is worth a word,
 * because it would let the next change of its kind pass, which nobody has looked at. One sentence each.
 *
 * A retirement that holds is never one: it waits for its declaration to go.
 */
export function idleApprovals(
  consents: ApprovalSet,
  judged: readonly AssessedChange[],
  today: Date,
): string[] {
  const used = new Set(
    judged.flatMap(({ decisions }) => decisions.flatMap(({ approval }) => approval ?? [])),
  );
  return consents.given.flatMap(({ subject, consent: { approve = [], retire } }) => [
    ...approve
      .filter((one) => !used.has(one))
      .map((one) => {
        const what = `the approval of ${one.change} of ${subject}${byWhom(one)}`;
        return isInForce(one, today)
          ? `${what} is not used: remove it, or what it allows passes unseen until ${one.until}`
          : ended(what, one.until, today);
      }),
    ...(retire && !isInForce(retire, today)
      ? [ended(`the retirement of ${subject}${byWhom(retire)}`, retire.until, today)]
      : []),
  ]);
}

const byWhom = ({ by }: Agreement): string => (by === "" ? "" : ` by ${by}`);

const ended = (what: string, until: string, today: Date): string =>
  until < isoDay(today)
    ? `${what} ended on ${until}: remove it, or agree anew`
    : `${what} lacks a reason, who agreed, or until when: remove it, or complete it`;
