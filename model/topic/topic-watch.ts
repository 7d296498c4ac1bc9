import { z } from "zod";
import type { Environment } from "../values/environment.ts";
import { duration } from "../values/values.ts";
import { durationText } from "../values/amount-text.ts";
import { MILLISECONDS } from "../values/units.ts";

/** From when on somebody is told that a topic is not well. */

const RECORDS = 'a number of records such as 10_000, or "off"';
const SHARE = 'a share above 0 and below 1 such as 0.05, or "off"';
/** Prometheus keeps 15 days by default; what is older than half of it, it cannot be asked for after a gap. */
const LONGEST_QUIET = 7 * MILLISECONDS.d;

const alerts = z
  .strictObject({
    lag: z
      .union(
        [
          z.literal("off"),
          z
            .int({ error: RECORDS })
            .positive({ error: RECORDS })
            .max(1e12, { error: "at most 10^12 records" }),
        ],
        { error: RECORDS },
      )
      .optional()
      .describe(
        "Records that a group may be behind; half of them are a warning. Default: 10,000, and for a group with a lagBudget that alone.",
      ),
    errorRate: z
      .union(
        [
          z.literal("off"),
          z.number({ error: SHARE }).gt(0, { error: SHARE }).lt(1, { error: SHARE }),
        ],
        { error: SHARE },
      )
      .optional()
      .describe(
        "Share of what is consumed that may end in the dead letters. Default: 0.05 where there are some.",
      ),
  })
  .describe("Thresholds of alerts.");

/** Fields of a topic about being watched; all of them may differ between environments. */
export const watchFields = {
  alerts: alerts.optional(),
  quietAfter: duration
    .refine((time) => time >= MILLISECONDS.m, { error: "at least 1m: it is looked at every 15s" })
    .refine((time) => time <= LONGEST_QUIET, { error: "at most 7d: no more is remembered" })
    .optional()
    .describe("Time without a record after which its owner is told. Default: never."),
};

/** What the fields lean on. */
interface Said {
  readonly alerts?: z.output<typeof alerts> | undefined;
  readonly eventsPerHour?: { readonly from: number } | undefined;
  readonly quietAfter?: number | undefined;
}
interface Watched extends Said {
  readonly deadLetter?: string | true | undefined;
  readonly eventsPerHour: { readonly from: number };
  readonly environments?: { readonly [name in Environment]?: Said | undefined } | undefined;
}

interface Fault {
  readonly path: readonly string[];
  readonly message: string;
}

/** Thresholds that could never be crossed, or always would be. */
export function watchFaults({ environments = {}, ...topic }: Watched): Fault[] {
  const inEach = Object.entries(environments).map(([name, changes = {}]) => {
    const { alerts, eventsPerHour, quietAfter = topic.quietAfter } = changes;
    const values = {
      ...topic,
      alerts,
      quietAfter,
      eventsPerHour: eventsPerHour ?? topic.eventsPerHour,
    };
    const isSaid = changes.quietAfter !== undefined || eventsPerHour !== undefined;
    return { at: ["environments", name], values, isSaid };
  });
  return [{ at: [], values: topic, isSaid: true }, ...inEach].flatMap(({ at, values, isSaid }) => [
    ...errorRateFaults(at, values),
    ...(isSaid ? quietFaults(at, values) : []),
  ]);
}

function errorRateFaults(at: readonly string[], { alerts, deadLetter }: Watched): Fault[] {
  const { errorRate = "off" } = alerts ?? {};
  if (errorRate === "off" || deadLetter !== undefined) return [];
  const message = "a `deadLetter` beside it: errors are counted by the records there";
  return [{ path: [...at, "alerts", "errorRate"], message }];
}

function quietFaults(
  at: readonly string[],
  { quietAfter, eventsPerHour: { from } }: Watched,
): Fault[] {
  if (quietAfter === undefined) return [];
  const expected = from === 0 ? MILLISECONDS.h : MILLISECONDS.h / from;
  if (quietAfter > expected) return [];
  const message =
    from === 0
      ? "more than 1h: by eventsPerHour (`from` is 0) an hour without records is expected"
      : `more than ${durationText(Math.ceil(expected))}: by eventsPerHour (\`from\` is ${from}) so long a pause is expected`;
  return [{ path: [...at, "quietAfter"], message }];
}
