import { UserError } from "../../model/values/user-error.ts";
import type { ResetTarget } from "../../operations/offsets/reset-target.ts";
import { isSet, text } from "../terminal/arguments.ts";
import type { Arguments, Flag } from "../terminal/command.ts";
import { timeWithZone } from "../terminal/time-with-zone.ts";

export const TARGET_FLAGS: Readonly<Record<string, Flag>> = {
  "to-earliest": { type: "boolean", description: "the first record that is still there" },
  "to-latest": { type: "boolean", description: "the end: only what comes from now on" },
  "to-time": {
    type: "string",
    value: "TIME",
    description: "the first record from then on, such as 2026-03-01T08:00:00Z; a zone is needed",
  },
  "to-offset": { type: "string", value: "N", description: "the record with that offset" },
  by: { type: "string", value: "±N", description: "N records on, or back when negative" },
  like: { type: "string", value: "OTHER", description: "where another group stands" },
};

/** @throws UserError unless exactly one target is given, and well */
export function askedTarget(args: Arguments): ResetTarget {
  const asked: ResetTarget[] = [];
  if (isSet(args, "to-earliest")) asked.push({ to: "earliest" });
  if (isSet(args, "to-latest")) asked.push({ to: "latest" });
  const time = text(args, "to-time");
  if (time !== undefined) asked.push({ to: "time", at: timeWithZone("to-time", time) });
  const offset = text(args, "to-offset");
  if (offset !== undefined)
    asked.push({ to: "offset", offset: whole("to-offset", offset, /^\d+$/) });
  const by = text(args, "by");
  if (by !== undefined) asked.push({ to: "by", by: whole("by", by, /^[+-]?\d+$/) });
  const like = text(args, "like");
  if (like !== undefined) asked.push({ to: "like", group: like });
  const [only, ...more] = asked;
  if (only !== undefined && more.length === 0) return only;
  const flags = Object.keys(TARGET_FLAGS).map((flag) => `--${flag}`);
  throw new UserError(`Wanted one of ${flags.join(", ")}, given ${String(asked.length)} of them.`);
}

/** A whole number of a form. @throws UserError */
export function whole(flag: string, given: string, form: RegExp): number {
  const number = Number(given);
  if (form.test(given) && Number.isSafeInteger(number)) return number;
  throw new UserError(`--${flag} ${given}: wanted a whole number.`);
}
