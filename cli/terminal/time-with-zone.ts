import { UserError } from "../../model/values/user-error.ts";

const FORM =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?))?(Z|[+-]\d{2}:?\d{2})?$/;
const EXAMPLE = "2026-03-01T08:00:00Z or 2026-03-01T09:00:00+01:00";

/**
 * A time as somebody types it, in Unix milliseconds.
 *
 * @throws UserError for one without a zone, with both readings; it is never guessed
 */
export function timeWithZone(flag: string, given: string): number {
  const [, day = "", clock = "00:00", zone] = FORM.exec(given) ?? [];
  const wrong = () =>
    new UserError(`--${flag} ${given}: wanted a time with its zone, such as ${EXAMPLE}.`);
  const utc = Date.parse(`${day}T${clock}Z`);
  // A day that there is not, such as the 30th of February, would be taken for another one.
  if (day === "" || Number.isNaN(utc) || !new Date(utc).toISOString().startsWith(day))
    throw wrong();
  if (zone === undefined) {
    const local = new Date(`${day}T${clock}`);
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    throw new UserError(
      `--${flag} ${given} has no zone. As UTC it is ${new Date(utc).toISOString()}; as the time of this machine ` +
        `(${here}) it is ${withOffset(local)}, which is ${local.toISOString()}. Write the one that you mean.`,
    );
  }
  const at = Date.parse(`${day}T${clock}${zone}`);
  if (Number.isNaN(at)) throw wrong();
  return at;
}

/** A time with the offset of this machine's zone, such as `2026-03-01T08:00:00+01:00`. */
function withOffset(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const two = (number: number) => String(Math.trunc(Math.abs(number))).padStart(2, "0");
  const shifted = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  return `${shifted}${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
