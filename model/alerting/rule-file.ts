import { stringify } from "yaml";
import { atLoad } from "../capacity/environment-load.ts";
import type { CatalogueAccount, CatalogueTopic } from "../catalogue/catalogue.ts";
import type { Environment } from "../values/environment.ts";
import type { AlertCondition, AlertKind, OperatorCommands, WatchedCluster } from "./alert-kind.ts";
import { ALERT_KINDS } from "./alert-kinds.ts";
import { type DeclaredSeries, declaredSeries, EFFECTIVE_LIMITS } from "./declared-series.ts";
import { FAILURE_WINDOWS, failureRatio } from "./kinds/service-level.ts";
import { operatorCommands, type BrokersRun } from "./operator-commands.ts";
import { seesOnlyTheExporter, seesThePrometheus } from "./served-metrics.ts";

/** Owner of what nobody else answers for. */
const PLATFORM = "platform";

/** What the rules of a stack are made of. */
export interface AlertingInput {
  /** The label `cluster` of every series. */
  readonly cluster: string;
  readonly brokers: number;
  readonly voters: number;
  /** Whether the stack runs an exporter: without one, alerts on what it alone sees are left out. */
  readonly exporter: boolean;
  /** Whether the stack has a Prometheus of its own: who brings one, brings alerts on it, too. @default true */
  readonly ownPrometheus?: boolean;
  readonly environment: Environment;
  readonly topics: readonly CatalogueTopic[];
  readonly accounts: readonly CatalogueAccount[];
  /** Where the runbooks are; a name and `.md` are put after it. */
  readonly runbookBase: string;
  /** Share of the declared volumes that the stack handles. @default by environment */
  readonly load?: number | undefined;
  /** Stack that commands are given for. @default the environment */
  readonly stack?: string;
  /** Where brokers run, for commands. */
  readonly run: BrokersRun;
}

interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface RuleGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly (RecordingRule | AlertRule)[];
}

/** A rule file of Prometheus; its groups are those of a PrometheusRule, too. */
export interface RuleFile {
  readonly groups: readonly RuleGroup[];
}

/** Every rule of a stack: what is declared, what follows from it, and the alerts. */
export function ruleFile(input: AlertingInput): RuleFile {
  const { cluster, brokers, voters, exporter, ownPrometheus = true, environment } = input;
  const catalogue = atLoad(input, input);
  const declared = declaredSeries(catalogue, environment);
  const quiet = declared.filter(({ record }) => record === "declared:quiet_after_seconds");
  const quietAfter = [...new Set(quiet.map(({ value }) => value))].sort((a, b) => a - b);
  const watched = { cluster, brokers, voters, exporter, quietAfter };
  const commands = operatorCommands(input.run, input.stack ?? environment);
  return {
    groups: [
      // They change with the catalogue only.
      { name: "declared", interval: "1m", rules: declared.map((one) => constant(one, cluster)) },
      {
        name: "derived",
        rules: [EFFECTIVE_LIMITS, ...(exporter ? FAILURE_WINDOWS.map(failures) : [])],
      },
      ...Object.entries(ALERT_KINDS).map(([name, kinds]) => ({
        name,
        rules: kinds
          .flatMap((kind) => alertRules(kind, watched, commands, input.runbookBase))
          .filter(({ expr }) => exporter || !seesOnlyTheExporter(expr))
          .filter(({ expr }) => ownPrometheus || !seesThePrometheus(expr)),
      })),
    ].filter(({ rules }) => rules.length > 0),
  };
}

/** As Prometheus reads it. */
export const renderRuleFile = (file: RuleFile): string => stringify(file, { lineWidth: 0 });

const constant = ({ record, labels, value }: DeclaredSeries, cluster: string): RecordingRule => ({
  record,
  expr: `vector(${value === Infinity ? "Inf" : value})`,
  labels: { cluster, ...labels },
});

/**
 * The share of the canary's records that failed. A Prometheus that has just begun has minutes of a long window, and a
 * rate takes the rest for nothing: so that a short failure is no great share of what was sent, it is of what is sent now.
 */
function failures(window: (typeof FAILURE_WINDOWS)[number]): RecordingRule {
  const [failed, sent] = ["failed", "sent"].map((what) => `kafka_canary_${what}_total`);
  const rate = (series = "", over: string = window) =>
    `sum by (cluster) (rate(${series}[${over}]))`;
  const most = `(${rate(sent, "5m")} > ${rate(sent)} or ${rate(sent)})`;
  return {
    record: failureRatio(window),
    expr: `${rate(failed)} / ${window === "5m" ? rate(sent) : most}`,
  };
}

function alertRules(
  kind: AlertKind,
  watched: WatchedCluster,
  commands: OperatorCommands,
  runbookBase: string,
): AlertRule[] {
  const all = typeof kind.conditions === "function" ? kind.conditions(watched) : kind.conditions;
  const command = typeof kind.command === "function" ? kind.command(commands) : kind.command;
  const rule = ({ expr, severity, labels, description, ...condition }: AlertCondition) => ({
    alert: kind.name,
    expr: typeof expr === "function" ? expr(watched) : expr,
    ...(condition.for !== undefined && { for: condition.for }),
    labels: { severity, ...(kind.owner === undefined && { owner: PLATFORM }), ...labels },
    annotations: {
      summary: kind.summary,
      description,
      impact: kind.impact,
      command,
      runbook_url: `${runbookBase}${kind.name}.md`,
    },
  });
  return all.filter(({ where }) => where?.(watched) ?? true).map(rule);
}
