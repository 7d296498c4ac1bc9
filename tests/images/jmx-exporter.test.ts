import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

interface Rule {
  readonly pattern: string;
  readonly name: string;
  readonly type: "GAUGE" | "COUNTER";
  readonly labels?: Readonly<Record<string, string>>;
}
interface Rules {
  readonly includeObjectNames: readonly string[];
  readonly rules: readonly Rule[];
}

const file = path.join(import.meta.dirname, "../../images/kafka/jmx-exporter.yml");
const { includeObjectNames, rules } = parse(readFileSync(file, "utf8")) as Rules;

/** What the agent does with one attribute: the first rule whose pattern occurs in the line. */
function exported(line: string): string | undefined {
  for (const rule of rules) {
    const match = new RegExp(rule.pattern).exec(line);
    if (!match) continue;
    const fill = (text: string): string =>
      text.replace(/\$(\d)/g, (_all, group: string) => match[Number(group)] ?? "");
    const labels = Object.entries(rule.labels ?? {})
      .map(([label, value]) => `${label.toLowerCase()}="${fill(value)}"`)
      .join(",");
    const name = fill(rule.name)
      .toLowerCase()
      .replace(/[^a-z0-9_]/g, "_");
    return `${rule.type} ${name}${labels && `{${labels}}`}`;
  }
  return undefined;
}

describe("an attribute", () => {
  it.each([
    [
      "kafka.server<type=ReplicaManager, name=UnderMinIsrPartitionCount><>Value: 0",
      "GAUGE kafka_server_replicamanager_underminisrpartitioncount",
    ],
    [
      "kafka.server<type=ReplicaManager, name=IsrShrinksPerSec><>Count: 4",
      "COUNTER kafka_server_replicamanager_isrshrinks_total",
    ],
    [
      "kafka.controller<type=ControllerStats, name=UncleanLeaderElectionsPerSec><>Count: 0",
      "COUNTER kafka_controller_controllerstats_uncleanleaderelections_total",
    ],
    [
      "kafka.server<type=raft-metrics><>current-state: leader",
      'GAUGE kafka_server_raft_metrics_current_state{state="leader"}',
    ],
    [
      "kafka.server<type=raft-metrics><>commit-latency-avg: 1.5",
      "GAUGE kafka_server_raft_metrics_commit_latency_avg",
    ],
    [
      "kafka.server<type=raft-metrics><>current-leader: 2",
      "GAUGE kafka_server_raft_metrics_current_leader",
    ],
    [
      "kafka.server<type=KafkaServer, name=BrokerState><>Value: 3",
      "GAUGE kafka_server_kafkaserver_brokerstate",
    ],
    [
      "kafka.server<type=ReplicaManager, name=UnderReplicatedPartitions><>Value: 0",
      "GAUGE kafka_server_replicamanager_underreplicatedpartitions",
    ],
    [
      "kafka.server<type=SnapshotEmitter, name=LatestSnapshotGeneratedAgeMs><>Value: 900",
      "GAUGE kafka_server_snapshotemitter_latestsnapshotgeneratedagems",
    ],
    [
      "kafka.server<type=KafkaRequestHandlerPool, name=BrokerRequestHandlerAvgIdlePercent><>OneMinuteRate: 0.9",
      "GAUGE kafka_server_kafkarequesthandlerpool_brokerrequesthandleravgidlepercent",
    ],
    [
      "kafka.server<type=BrokerTopicMetrics, name=BytesInPerSec><>Count: 12",
      "COUNTER kafka_server_brokertopicmetrics_bytesin_total",
    ],
    [
      "kafka.server<type=BrokerTopicMetrics, name=BytesInPerSec, topic=sales.orders><>Count: 12",
      'COUNTER kafka_server_brokertopicmetrics_bytesin_total{topic="sales.orders"}',
    ],
    [
      "kafka.network<type=RequestMetrics, name=TotalTimeMs, request=Produce><>99thPercentile: 3",
      'GAUGE kafka_network_requestmetrics_totaltimems{request="Produce",quantile="0.99"}',
    ],
    [
      "kafka.network<type=RequestMetrics, name=ErrorsPerSec, request=Fetch, error=UNKNOWN_TOPIC_ID><>Count: 1",
      'COUNTER kafka_network_requestmetrics_errors_total{request="Fetch",error="UNKNOWN_TOPIC_ID"}',
    ],
    [
      "kafka.server<type=socket-server-metrics, listener=CLIENT, networkProcessor=2><>failed-authentication-total: 0",
      'COUNTER kafka_server_socket_server_metrics_failed_authentication_total{listener="CLIENT",networkprocessor="2"}',
    ],
    [
      'kafka.log<type=LogCleanerManager, name=uncleanable-partitions-count, logDirectory="/var/lib/kafka/data/log"><>Value: 0',
      'GAUGE kafka_log_logcleanermanager_uncleanable_partitions_count{directory="/var/lib/kafka/data/log"}',
    ],
  ])("%s becomes %s", (line, metric) => {
    expect(exported(line)).toBe(metric);
  });
});

describe("the exporter's rules", () => {
  it.each([
    [
      "rates of counters",
      "kafka.server<type=ReplicaManager, name=IsrShrinksPerSec><>OneMinuteRate: 0",
    ],
    [
      "idle shares since the start",
      "kafka.server<type=KafkaRequestHandlerPool, name=RequestHandlerAvgIdlePercent><>MeanRate: 1",
    ],
    [
      "other quantiles",
      "kafka.network<type=RequestMetrics, name=TotalTimeMs, request=Produce><>999thPercentile: 1",
    ],
    [
      "times of other requests",
      "kafka.network<type=RequestMetrics, name=TotalTimeMs, request=Heartbeat><>99thPercentile: 1",
    ],
    [
      "anything per partition",
      "kafka.cluster<type=Partition, name=UnderReplicated, topic=t, partition=0><>Value: 0",
    ],
    [
      "lag of a single fetcher",
      "kafka.server<type=FetcherLagMetrics, name=ConsumerLag, clientId=c, topic=t, partition=0><>Value: 0",
    ],
  ])("drop %s", (_why, line) => {
    expect(exported(line)).toBeUndefined();
  });
});

describe("rules that hold for agents 1.0 to 1.6", () => {
  it("never let a group run over a key's end", () => {
    expect(rules.filter(({ pattern }) => /\.[*+]/.test(pattern))).toEqual([]);
  });

  it("call counters, and only counters, total", () => {
    const wrong = rules.filter(
      ({ name, type, pattern }) =>
        (type === "COUNTER") !== (name.endsWith("_total") || pattern.includes("-total|")),
    );
    expect(wrong).toEqual([]);
  });

  it("take nothing from the server's rates but idle shares", () => {
    const rates = rules.filter(({ pattern }) => /(Minute|Mean)Rate/.test(pattern));
    expect(rates.map(({ name }) => name)).toEqual(["kafka_server_kafkarequesthandlerpool_$1"]);
  });

  it("read no object that exists once per partition", () => {
    expect(includeObjectNames.filter((name) => /kafka\.cluster|type=Log,|Lag/.test(name))).toEqual(
      [],
    );
    expect(includeObjectNames.filter((name) => !name.includes(":type="))).toEqual([]);
  });
});
