import { type AlertingInput, type RuleFile, ruleFile } from "../../../model/alerting/rule-file.ts";
import type { AlertCase } from "./alert-case.ts";

type Rule = RuleFile["groups"][number]["rules"][number];
export type Alert = Extract<Rule, { readonly alert: string }>;
type Recording = Exclude<Rule, Alert>;

const isAlert = (rule: Rule): rule is Alert => "alert" in rule;
const isRecording = (rule: Rule): rule is Recording => "record" in rule;

/** What tells an alert's condition from every other: its name, its severity, and its own labels. */
export const conditionOf = ({ alert, labels }: Alert): string => {
  const own = Object.entries(labels).filter(([label]) => label !== "owner");
  return [alert, ...own.map(([, value]) => value)].join(" ");
};

export const alertsOf = (input: AlertingInput): Alert[] =>
  ruleFile(input).groups.flatMap(({ rules }) => rules.filter(isAlert));

/** The recording rules that an expression is made of, in the order in which they are evaluated. */
export function recordingsFor(expr: string, input: AlertingInput): Recording[] {
  const all = ruleFile(input).groups.flatMap(({ rules }) => rules.filter(isRecording));
  const needed: Recording[] = [];
  const texts = [expr];
  // What is recorded later is made of what is recorded before.
  for (const rule of all.toReversed()) {
    if (!texts.some((text) => new RegExp(`(?<![\\w:])${rule.record}(?![\\w:])`).test(text)))
      continue;
    needed.unshift(rule);
    texts.push(rule.expr);
  }
  return needed;
}

/** Seconds of `2m` and the like. */
export function seconds(duration = "0s"): number {
  const factor = { s: 1, m: 60, h: 3_600, d: 86_400 }[duration.slice(-1)];
  if (factor === undefined) throw new Error(`no duration: ${duration}`);
  return Number(duration.slice(0, -1)) * factor;
}

const inCluster = (series: string): string =>
  series.includes("cluster=")
    ? series
    : series.includes("{")
      ? series.replace("{", '{cluster="c",')
      : `${series}{cluster="c"}`;

/** What is expected at one moment: the labels of every alert, and their annotations where they are looked at. */
interface Moment {
  readonly at: number;
  readonly fires: AlertCase["fires"];
}

function momentsOf(one: AlertCase, alert: Alert): Moment[] {
  const { since, fires = [], silent = [], still } = one;
  const step = seconds(one.interval ?? "15s");
  const boundary =
    since === undefined
      ? []
      : [
          ...(since + seconds(alert.for) >= step
            ? [{ at: since + seconds(alert.for) - step, fires: [] }]
            : []),
          { at: since + seconds(alert.for), fires },
        ];
  return [
    ...boundary,
    ...(still === undefined ? [] : [{ at: still, fires }]),
    ...silent.map((at) => ({ at, fires: [] })),
  ];
}

/** Seconds between two evaluations in the cases in which it fires: durations are told apart by no less. */
export const stepOf = (cases: readonly AlertCase[]): number =>
  Math.min(
    ...cases
      .filter(({ fires = [] }) => fires.length > 0)
      .map(({ interval = "15s" }) => seconds(interval)),
  );

/** A case without what comes after the moment at which it begins to fire: figures in texts change. */
export const boundaryOf = ({
  title,
  series,
  since = 0,
  fires = [],
  interval = "15s",
}: AlertCase): AlertCase => ({
  title,
  series,
  since,
  fires,
  interval,
});

/** A test of promtool for a case. `named` are the rules that it looks at, by their names in the rule file. */
export function promtoolTest(
  one: AlertCase,
  alert: Alert,
  named: readonly string[],
  says?: readonly string[],
) {
  const interval = one.interval ?? "15s";
  return {
    name: one.title,
    interval,
    input_series: Object.entries(one.series).map(([series, values]) => ({
      series: inCluster(series),
      values,
    })),
    alert_rule_test: named.flatMap((alertname) =>
      momentsOf(one, alert).map(({ at, fires = [] }) => ({
        eval_time: `${at}s`,
        alertname,
        exp_alerts: fires.map((labels, index) => ({
          exp_labels: { cluster: "c", ...alert.labels, ...labels },
          ...(says !== undefined && { exp_annotations: { description: says[index] } }),
        })),
      })),
    ),
  };
}

/** The rule under a name of its own, without the texts that are not looked at. */
export const renamed = (alert: Alert, name: string, described = false): Alert => ({
  ...alert,
  alert: name,
  annotations: described ? { description: alert.annotations["description"] ?? "" } : {},
});

/** A file of tests; every distance of evaluations is that of the case. */
export const testFile = (tests: readonly ReturnType<typeof promtoolTest>[]) => ({
  rule_files: ["rules.yml"],
  evaluation_interval: tests[0]?.interval ?? "15s",
  tests,
});
