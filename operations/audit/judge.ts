import type { AuditParts, AuditView } from "./audit-view.ts";
import type { Control, Evidence } from "./control.ts";

/** What a control came to. What could not be looked at is an answer of its own, and never a pass. */
export interface ControlResult {
  readonly control: Control;
  readonly outcome: "fine" | "found" | "not-seen";
  readonly found: readonly Evidence[];
  /** A sentence on each thing that could not be looked at, also where something was found in the rest. */
  readonly notSeen: readonly string[];
}

/** Puts every control to what was seen. */
export const judge = (controls: readonly Control[], view: AuditView): ControlResult[] =>
  controls.map((control) => resultOf(control, view));

function resultOf(control: Control, { parts, today, declared }: AuditView): ControlResult {
  const looked = control.looksAt.map((part) => parts[part]);
  const missing = [...new Set(looked.flatMap((part) => part.missing))];
  if (looked.some(({ value }) => value === undefined)) {
    return { control, outcome: "not-seen", found: [], notSeen: missing };
  }
  const seen = Object.fromEntries(
    control.looksAt.map((part) => [part, parts[part].value]),
  ) as unknown as AuditParts;
  const { found, hidden = [] } = control.check(seen, { today, declared });
  const notSeen = [...missing, ...hidden];
  const outcome = found.length > 0 ? "found" : notSeen.length > 0 ? "not-seen" : "fine";
  return { control, outcome, found, notSeen };
}
