import { setTimeout as sleep } from "node:timers/promises";
import type { Alertmanager, Deliveries } from "../../clients/alertmanager/alertmanager.ts";

/** Which alert is tried. */
export interface TestAlert {
  readonly alertname: string;
  readonly severity: string;
  readonly owner: string;
  readonly cluster: string;
  /** What tells this try from every other. */
  readonly test: string;
}

/** What became of it; none of these is another. */
export type TestOutcome =
  /** Everybody of the receiver has answered that it has the message. */
  | { readonly kind: "delivered"; readonly receiver: string; readonly by: readonly string[] }
  /** Somebody has answered with an error, or not at all. Alertmanager goes on trying. */
  | { readonly kind: "failed"; readonly receiver: string; readonly by: readonly string[] }
  /** The route ends at a receiver that tells nobody. */
  | { readonly kind: "nobody"; readonly receiver: string }
  /** A silence, or another alert, keeps it from being sent. */
  | { readonly kind: "suppressed"; readonly silences: readonly string[] }
  /** Nothing was sent in the time given: it may still be. */
  | { readonly kind: "pending"; readonly receiver: string | undefined };

export interface Patience {
  /** Milliseconds until the outcome is `pending`. */
  readonly patienceMs: number;
  /** Milliseconds between two looks. @default 1000 */
  readonly pauseMs?: number;
}

/** How long a test counts as firing, unless it is ended before. */
const FIRES_MS = 10 * 60_000;

/**
 * Sends an alert through the real route, and waits until whoever it is for has answered. It is ended
 * afterwards, whatever came of it; the message that it is resolved follows by itself.
 *
 * Alertmanager counts messages by what carries them, not by alert: a real alert that is sent by the same
 * means in these seconds counts, too.
 */
export async function sendTestAlert(
  alertmanager: Alertmanager,
  alert: TestAlert,
  { patienceMs, pauseMs = 1000 }: Patience,
): Promise<TestOutcome> {
  const before = await alertmanager.deliveries();
  await alertmanager.post([posted(alert, new Date(Date.now() + FIRES_MS))]);
  try {
    const until = Date.now() + patienceMs;
    for (;;) {
      const outcome = await look(alertmanager, alert, before);
      if (outcome.kind !== "pending" || Date.now() >= until) return outcome;
      await sleep(pauseMs);
    }
  } finally {
    await alertmanager.post([posted(alert, new Date())]);
  }
}

async function look(
  alertmanager: Alertmanager,
  alert: TestAlert,
  before: Deliveries,
): Promise<TestOutcome> {
  const [found] = await alertmanager.find({ ...alert });
  if (!found || found.status.state === "unprocessed") {
    return { kind: "pending", receiver: undefined };
  }
  const { silencedBy, inhibitedBy, state } = found.status;
  if (state === "suppressed" || silencedBy.length > 0 || inhibitedBy.length > 0) {
    return { kind: "suppressed", silences: silencedBy };
  }
  const receiver = found.receivers.map(({ name }) => name).join(", ");
  const wanted = await integrationsOf(alertmanager, found.receivers);
  if (wanted.length === 0) return { kind: "nobody", receiver };
  return { receiver, ...judgeDeliveries(wanted, before, await alertmanager.deliveries()) };
}

async function integrationsOf(
  alertmanager: Alertmanager,
  receivers: readonly { readonly name: string }[],
): Promise<(readonly [string, number])[]> {
  const each = await Promise.all(receivers.map(({ name }) => alertmanager.integrationsOf(name)));
  return each.flatMap((one) => Object.entries(one));
}

/** Whether everybody has the message, by what was sent since. */
export function judgeDeliveries(
  wanted: readonly (readonly [integration: string, times: number])[],
  before: Deliveries,
  after: Deliveries,
): { readonly kind: "delivered" | "failed" | "pending"; readonly by: readonly string[] } {
  const since = (integration: string) => {
    const [was, is] = [before[integration], after[integration]];
    const failed = (is?.failed ?? 0) - (was?.failed ?? 0);
    return { failed, arrived: (is?.tried ?? 0) - (was?.tried ?? 0) - failed };
  };
  const missing = wanted.filter(([name, times]) => since(name).arrived < times);
  if (missing.length === 0) return { kind: "delivered", by: wanted.map(([name]) => name) };
  const failing = missing.filter(([name]) => since(name).failed > 0);
  return failing.length > 0
    ? { kind: "failed", by: failing.map(([name]) => name) }
    : { kind: "pending", by: missing.map(([name]) => name) };
}

const posted = (alert: TestAlert, endsAt: Date) => ({
  labels: { ...alert },
  annotations: {
    summary: `A test: nothing is wrong. ${alert.alertname} would arrive like this.`,
    description: "Somebody ran `kafka-platform test-alert`, to see that alerts arrive.",
  },
  endsAt,
});
