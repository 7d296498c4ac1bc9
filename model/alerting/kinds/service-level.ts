import type { AlertKind, Severity } from "../alert-kind.ts";
import { LIMITS } from "../thresholds.ts";

/** Windows over which the share of failed canary records is recorded. */
export const FAILURE_WINDOWS = ["5m", "30m", "1h", "6h", "3d"] as const;
type Window = (typeof FAILURE_WINDOWS)[number];

export const failureRatio = (window: Window): string => `canary:failure_ratio:${window}`;

/**
 * How many times as fast as it may the month's budget of failures is used up, over a long window, and over a short
 * one so that the alert ends soon after the failures (The Site Reliability Workbook, chapter 5).
 */
const BURN_RATES: readonly {
  readonly severity: Severity;
  readonly rate: number;
  readonly long: Window;
  readonly short: Window;
  readonly held: string;
}[] = [
  { severity: "critical", rate: 14.4, long: "1h", short: "5m", held: "1m" },
  { severity: "critical", rate: 6, long: "6h", short: "30m", held: "1m" },
  { severity: "warning", rate: 1, long: "3d", short: "6h", held: "15m" },
];

/** What users feel: a record a second through each broker, and back. */
export const SERVICE_LEVEL_ALERTS: readonly AlertKind[] = [
  {
    name: "KafkaErrorBudgetBurn",
    summary: "Writing and reading fail too often",
    impact: "At this pace the failures of a month, 1 in 1,000, are used up early.",
    command: ({ brokers }) => brokers,
    conditions: BURN_RATES.map(({ severity, rate, long, short, held }) => {
      const limit = Number((rate * LIMITS.failures).toPrecision(6));
      return {
        severity,
        labels: { window: long },
        expr: `${failureRatio(long)} > ${limit} and on (cluster) ${failureRatio(short)} > ${limit}`,
        for: held,
        description: `{{ $value | humanizePercentage }} of the canary's records failed within ${long}, ${rate} times what may.`,
      };
    }),
  },
  {
    name: "KafkaCanaryDown",
    summary: "No record gets through broker {{ $labels.broker }}",
    impact: "Clients of this broker can neither write nor read.",
    command: ({ logs }) => logs("{{ $labels.broker }}"),
    conditions: [
      {
        severity: "critical",
        expr: "max by (cluster, broker) (kafka_canary_up) == 0",
        for: "2m",
        description:
          "The canary's records do not come back through broker {{ $labels.broker }} of {{ $labels.cluster }}.",
      },
    ],
  },
];
