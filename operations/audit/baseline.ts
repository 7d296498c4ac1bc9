import { z } from "zod";
import { agreementFields, isInForce, text } from "../../model/agreements/agreement.ts";
import { didYouMean } from "../../model/values/spelling.ts";
import { describeFaults, SettingsError } from "../../model/values/faults.ts";
import type { Control, Evidence } from "./control.ts";
import type { ControlResult } from "./judge.ts";

const acceptance = z.strictObject({
  control: text("the id of a control, as docs/audit.md lists them"),
  subject: text("what the finding is about, as the audit shows it").optional(),
  ...agreementFields,
});

const baselineSchema = z.strictObject({
  accepted: z.array(acceptance, { error: "a list of findings that are known" }),
});

/** A finding that is known: with a reason, somebody who answers for it, and an end. */
export type Acceptance = z.output<typeof acceptance>;

/**
 * Reads a file of findings that are known.
 *
 * @param file what it is called in a message
 * @throws SettingsError with every fault, controls that there are not included
 */
export function readBaseline(
  written: unknown,
  file: string,
  controls: readonly Control[],
): Acceptance[] {
  const parsed = baselineSchema.safeParse(written);
  if (!parsed.success) {
    throw new SettingsError(`${file} is not valid`, describeFaults(parsed.error, written));
  }
  const known = controls.map(({ id }) => id);
  const faults = parsed.data.accepted
    .map(({ control }, at) => ({ control, at }))
    .filter(({ control }) => !known.includes(control))
    .map(({ control, at }) => {
      const question = didYouMean(control, known, "docs/audit.md lists them");
      return `accepted[${String(at)}].control: given "${control}", and there is no such control; ${question}`;
    });
  if (faults.length > 0) throw new SettingsError(`${file} is not valid`, faults);
  return parsed.data.accepted;
}

/** A finding, and what was agreed on it. */
export interface JudgedFinding extends Evidence {
  /** Undefined where nothing is agreed, or no longer. */
  readonly accepted: Acceptance | undefined;
}

/** What is left of an audit once that which is known is set aside. */
export interface Remaining {
  readonly results: readonly (Omit<ControlResult, "found"> & {
    readonly found: readonly JudgedFinding[];
  })[];
  /** A sentence on each acceptance that has ended, or that nothing was found for. */
  readonly remarks: readonly string[];
}

/** Sets aside what is accepted. What has ended counts again, and is named. */
export function withoutAccepted(
  results: readonly ControlResult[],
  accepted: readonly Acceptance[],
  today: Date,
): Remaining {
  const used = new Set<Acceptance>();
  const fits = (one: Acceptance, control: string, subject: string) =>
    one.control === control && (one.subject === undefined || one.subject === subject);
  const judged = results.map((result) => ({
    ...result,
    found: result.found.map((finding) => {
      const fitting = accepted.filter((one) => fits(one, result.control.id, finding.subject));
      for (const one of fitting) used.add(one);
      return { ...finding, accepted: fitting.find((one) => isInForce(one, today)) };
    }),
  }));
  // Of what could not be looked at nobody knows whether it is still there.
  const unseen = new Set(
    results.filter(({ notSeen }) => notSeen.length > 0).map(({ control }) => control.id),
  );
  const remarks = accepted.flatMap((one) => {
    const what = `${one.control}${one.subject === undefined ? "" : ` (${one.subject})`}`;
    if (!isInForce(one, today)) return [`${what}: accepted until ${one.until}, which has passed`];
    return used.has(one) || unseen.has(one.control)
      ? []
      : [`${what}: accepted, and not found any more: take it out`];
  });
  return { results: judged, remarks };
}
