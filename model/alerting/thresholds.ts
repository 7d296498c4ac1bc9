import { THRESHOLDS } from "../capacity/capacity.ts";

/** From when on it is an alert. Those of a topic or a group may be set in its declaration. */
export const LIMITS = {
  /** Records that a group may be behind where nobody says otherwise. */
  lagRecords: 10_000,
  /** Share of that from which it is a warning. */
  lagWarning: 0.5,
  /** Share of consumed records that may end in the dead letters. */
  errorRate: 0.05,
  /** Shares of a volume, the ones that capacity is planned with. */
  disk: { warning: THRESHOLDS.warning, critical: THRESHOLDS.failure },
  /** Share of partitions that may lack a replica. */
  underReplicated: 0.1,
  /** Milliseconds that a request may wait for a thread. */
  requestQueue: 500,
  /** Idle share of threads. */
  idle: 0.3,
  /** Share of the heap in use after a garbage collection. */
  heap: 0.85,
  /** Refused logins a second on one listener. */
  refusedLogins: 1,
  /** Seconds before records are lost unread. */
  dataLoss: 3_600,
  /** Times the declared volume. */
  loud: 1.5,
  /** Share of canary records that may fail. */
  failures: 0.001,
} as const;
