/** Whether alerts came and went as they have to. Pure. */
import type { Measured } from "./measured.ts";

const inSeconds = (value: number): string => `${String(value)} s`;

/** What is wrong with one; undefined when nothing is. */
export function complaintOf(one: Measured): string | undefined {
  const { fault, alert, kind, after, within, resolved, resolvedWithin } = one;
  const subject = `${fault}: ${alert}`;
  if (after === undefined) return `${subject} was not ${kind}`;
  if (after > within) {
    return `${subject} was ${kind} after ${inSeconds(after)}; wanted at most ${inSeconds(within)}`;
  }
  if (kind !== "called") return undefined;
  if (resolvedWithin === undefined) return `${subject}: nobody waited for its end`;
  if (resolved === undefined) {
    return `${subject} was not told to be over; wanted within ${inSeconds(resolvedWithin)}`;
  }
  return resolved > resolvedWithin
    ? `${subject} was told to be over after ${inSeconds(resolved)}; wanted at most ${inSeconds(resolvedWithin)}`
    : undefined;
}

export const complaintsOf = (measured: readonly Measured[]): string[] =>
  measured.flatMap((one) => complaintOf(one) ?? []);
