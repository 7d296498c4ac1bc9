/** The critical alerts of the model, with the times that they declare. Pure. */
import type { WatchedCluster } from "../../model/alerting/alert-kind.ts";
import { ALERT_KINDS } from "../../model/alerting/alert-kinds.ts";
import { MILLISECONDS } from "../../model/values/units.ts";
import type { Awaited } from "./fault.ts";

/** A call comes this long after a fault at the latest, where its alert does not wait longer by declaration. */
const CALLED_WITHIN_SECONDS = 180;
/** On top of what an alert waits: a scrape, an evaluation, and Alertmanager's wait for more of the same. */
const ON_THE_WAY_SECONDS = 60;
/** For how long Alertmanager keeps what is new of a group that it has told of. */
const GROUP_INTERVAL_SECONDS = 300;
/** Until a broker that comes back is in sync, on a busy machine. */
const RECOVERY_SECONDS = 120;

/** The prod stack of the lab. */
const WATCHED: WatchedCluster = {
  ...{ cluster: "kafka", brokers: 3, voters: 3, quietAfter: [], exporter: true },
};

export interface CriticalCondition {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds that it has to hold. */
  readonly waits: number;
  /** Seconds for which the expression goes on to see what is over. */
  readonly remembers: number;
}

const UNITS = MILLISECONDS as Readonly<Record<string, number>>;

/** @param text such as 90s, 2m or 1h */
const seconds = (text: string): number =>
  (Number(text.slice(0, -1)) * (UNITS[text.slice(-1)] ?? NaN)) / 1000;

/** Each on the prod stack of the lab. */
export const CRITICAL_CONDITIONS: readonly CriticalCondition[] = Object.values(ALERT_KINDS)
  .flat()
  .flatMap(({ name, conditions }) =>
    (typeof conditions === "function" ? conditions(WATCHED) : conditions)
      .filter(({ severity, where }) => severity === "critical" && (where?.(WATCHED) ?? true))
      .map(({ expr, labels = {}, for: held }) => {
        const text = typeof expr === "function" ? expr(WATCHED) : expr;
        // What is recorded over a window has its length in its name; the shortest one ends the alert.
        const recorded = [...text.matchAll(/:(\d+[smh])\b/g)].map(([, range = ""]) =>
          seconds(range),
        );
        const ranges = [...text.matchAll(/\[(\d+[smh])\]/g)].map(([, range = ""]) =>
          seconds(range),
        );
        return {
          ...{ alert: name, labels, waits: held === undefined ? 0 : seconds(held) },
          remembers: recorded.length > 0 ? Math.min(...recorded) : Math.max(0, ...ranges),
        };
      }),
  );

/** The condition that is meant. @throws Error when it is none, or not one alone */
export function conditionOf({ alert, labels = {} }: Awaited): CriticalCondition {
  const found = CRITICAL_CONDITIONS.filter((one) => one.alert === alert && agrees(one, labels));
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(
      `${String(found.length)} critical conditions are ${labelled({ alert, labels })}`,
    );
  }
  return only;
}

const agrees = (
  { labels }: Pick<CriticalCondition, "labels">,
  wanted: Readonly<Record<string, string>>,
): boolean => Object.entries(wanted).every(([name, value]) => labels[name] === value);

/** Whether labels of an alert are those of the one that is waited for. */
export const isThat = (
  { alert, labels, of }: Awaited,
  found: Readonly<Record<string, string>>,
): boolean =>
  found["alertname"] === alert &&
  found["severity"] === "critical" &&
  Object.entries({ ...labels, ...of }).every(([name, value]) => found[name] === value);

/** As it is called in messages and tables. */
export function labelled({ alert, labels, of }: Awaited): string {
  const said = Object.entries({ ...labels, ...of }).map(([name, value]) => `${name} ${value}`);
  return said.length === 0 ? alert : `${alert} (${said.join(", ")})`;
}

/** Seconds from the fault within which somebody has to be called. */
export const calledWithin = ({ waits }: CriticalCondition): number =>
  Math.max(CALLED_WITHIN_SECONDS, waits + ON_THE_WAY_SECONDS);

/** Seconds from the end of the fault within which it has to be told that it is over. */
export const resolvedWithin = ({ remembers }: CriticalCondition): number =>
  RECOVERY_SECONDS + remembers + GROUP_INTERVAL_SECONDS + ON_THE_WAY_SECONDS;
