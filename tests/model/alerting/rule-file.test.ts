import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ALERT_KINDS } from "../../../model/alerting/alert-kinds.ts";
import { type AlertingInput, renderRuleFile, ruleFile } from "../../../model/alerting/rule-file.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { BROKER, EXPORTER } from "../../../model/observability/metric-names.ts";
import { DECLARATIONS } from "../../../topics/index.ts";
import { INPUT } from "./alerting-input.ts";
import { alertsOf } from "./rule-tests.ts";

const DEV: AlertingInput = {
  ...INPUT,
  brokers: 1,
  voters: 1,
  environment: "dev",
  run: { kind: "docker", name: "kafka-platform" },
};

/** What Prometheus and Alertmanager serve of themselves, and Prometheus of every target. */
const OF_THE_WATCHERS = [
  "up",
  "alertmanager_notifications_failed_total",
  "prometheus_config_last_reload_successful",
  "prometheus_notifications_dropped_total",
  "prometheus_notifications_errors_total",
  "prometheus_rule_evaluation_failures_total",
  "prometheus_tsdb_compactions_failed_total",
  "prometheus_tsdb_wal_writes_failed_total",
];

const rulesOf = (input: AlertingInput) => ruleFile(input).groups.flatMap(({ rules }) => rules);

/** Names of series in expressions: words that are no function, no keyword, no label and no text. */
function seriesIn(expr: string): string[] {
  const bare = expr
    .replaceAll(/"[^"]*"/g, "")
    .replaceAll(/\{[^}]*\}/g, "")
    .replaceAll(/\b(by|on|group_left) \([^)]*\)/g, "")
    .replaceAll(/\[[^\]]*\]|offset \d+[smhd]/g, "");
  const words = bare.match(/[a-z_][\w:]*(?!\w*\s*\()/g) ?? [];
  return words.filter(
    (word) => !/^(and|or|unless|bool|offset|vector|by|on|group_left|Inf|nf)$/.test(word),
  );
}

describe("rules", () => {
  test("use series that somebody serves or records, and no others", () => {
    const served = new Set<string>([
      ...[...Object.values(BROKER), ...Object.values(EXPORTER)].map(({ name }) => name),
      ...OF_THE_WATCHERS,
      ...rulesOf(INPUT).flatMap((rule) => ("record" in rule ? [rule.record] : [])),
    ]);
    const used = new Set(rulesOf(INPUT).flatMap(({ expr }) => seriesIn(expr)));
    expect(used.size).toBeGreaterThan(40);
    expect([...used].filter((name) => !served.has(name))).toEqual([]);
    expect(seriesIn("sum by (cluster) (rate(kafka_planted_total[5m])) > 0")).toEqual([
      "kafka_planted_total",
    ]);
  });

  test("say nothing of a Prometheus that is not the stack's, but that alerting works", () => {
    const names = (input: AlertingInput) => new Set(alertsOf(input).map(({ alert }) => alert));
    const left = names({ ...INPUT, ownPrometheus: false });
    expect([...names(INPUT)].filter((name) => !left.has(name))).toEqual([
      "PrometheusUnwell",
      "AlertsNotDelivered",
    ]);
  });

  test("are of at most 35 kinds, each with a name of its own", () => {
    const names = Object.values(ALERT_KINDS).flatMap((kinds) => kinds.map(({ name }) => name));
    expect(names.length).toBeLessThanOrEqual(35);
    expect(new Set(names).size).toBe(names.length);
  });

  test("say for each alert whose it is, what to do and where to read on", () => {
    for (const { alert, labels, annotations } of alertsOf(INPUT)) {
      expect(labels["severity"]).toMatch(/^(critical|warning|info)$/);
      expect(Object.keys(annotations)).toEqual([
        "summary",
        "description",
        "impact",
        "command",
        "runbook_url",
      ]);
      expect(Object.values(annotations).every((text) => text.length > 10)).toBe(true);
      expect(annotations["runbook_url"]).toBe(`https://example.org/runbooks/${alert}.md`);
    }
  });

  test("do not wait longer than two minutes to call somebody, unless another alert calls for the same", () => {
    const later = alertsOf(INPUT).filter(
      ({ labels, for: wait = "0s" }) =>
        labels["severity"] === "critical" && !/^([01]m|2m|\d+s)$/.test(wait),
    );
    expect(later.map(({ alert }) => alert)).toEqual([
      "KafkaBrokersMissing",
      "KafkaQuorumAtRisk",
      "KafkaUnderReplicated",
    ]);
  });

  test("count brokers and voters as the stack has them", () => {
    const exprs = alertsOf({ ...INPUT, brokers: 5, voters: 5 });
    const exprOf = (name: string) => exprs.find(({ alert }) => alert === name)?.expr ?? "";
    expect(exprOf("KafkaBrokersMissing")).toMatch(/< 5$/);
    expect(exprOf("KafkaQuorumAtRisk")).toMatch(/<= 3$/);
  });

  test("of one broker leave out what takes several", () => {
    const names = new Set(alertsOf(DEV).map(({ alert }) => alert));
    const without = alertsOf(INPUT)
      .map(({ alert }) => alert)
      .filter((name) => !names.has(name));
    expect([...new Set(without)]).toEqual([
      "KafkaBrokerFenced",
      "KafkaQuorumAtRisk",
      "KafkaControllerChurn",
      "KafkaUnderMinIsr",
      "KafkaUncleanElection",
      "KafkaUnderReplicated",
      "KafkaReplicaFetcherFailed",
    ]);
  });

  test("are only those that can fire: without an exporter none that it alone would see", () => {
    const rules = (exporter: boolean) =>
      ruleFile({ ...INPUT, exporter }).groups.flatMap((group) => group.rules);
    const names = (exporter: boolean) => [
      ...new Set(
        rules(exporter).map((rule) => ("alert" in rule ? rule.alert : rule.record.split(":")[0])),
      ),
    ];
    expect(names(true).filter((name) => !names(false).includes(name))).toEqual([
      ...["canary", "KafkaDiskUsage", "KafkaConsumerLag", "KafkaLagBudgetExceeded"],
      ...["KafkaConsumerStalled", "KafkaConsumerLosesData", "KafkaErrorRate", "KafkaDeadLetters"],
      ...["KafkaTopicQuiet", "KafkaTopicLoud", "KafkaCredentialOverdue", "KafkaErrorBudgetBurn"],
      ...["KafkaCanaryDown", "KafkaExporterDown", "KafkaExporterBlind"],
    ]);
    // What brokers say as well stays.
    expect(names(false)).toContain("KafkaBrokerDown");
  });

  test("give commands for where the brokers run", () => {
    const command = (input: AlertingInput) =>
      alertsOf(input).find(({ alert }) => alert === "KafkaBrokerDown")?.annotations["command"];
    expect(command(DEV)).toBe("docker logs --tail 100 kafka-platform-broker");
    expect(command(INPUT)).toBe(
      "kubectl --namespace kafka logs --tail 100 kafka-{{ $labels.broker }}",
    );
  });

  test("of the demo are written as they are meant, for both kinds of stacks", () => {
    const { topics, accounts } = loadCatalogue(DECLARATIONS);
    for (const input of [INPUT, DEV]) {
      const file = ruleFile({ ...input, topics, accounts });
      expect(parse(renderRuleFile(file))).toEqual(JSON.parse(JSON.stringify(file)));
    }
  });
});
