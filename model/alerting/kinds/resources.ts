import type { AlertKind } from "../alert-kind.ts";
import { LIMITS } from "../thresholds.ts";

const USED = "1 - kafka_log_dir_usable_bytes / kafka_log_dir_total_bytes";
/** Idle share of the threads that work on requests, and of those that read and write connections. */
const IDLE = {
  request: "kafka_server_kafkarequesthandlerpool_brokerrequesthandleravgidlepercent",
  network: "kafka_network_socketserver_networkprocessoravgidlepercent",
} as const;

/** Disks, threads, memory and logins. */
export const RESOURCE_ALERTS: readonly AlertKind[] = [
  {
    name: "KafkaLogDirOffline",
    summary: "A disk of broker {{ $labels.broker }} has failed",
    impact: "Its copies are gone until the disk is replaced.",
    command: ({ logs }) => logs("{{ $labels.broker }}"),
    conditions: [
      {
        severity: "critical",
        expr: "max by (cluster, broker) (kafka_log_logmanager_offlinelogdirectorycount) > 0",
        for: "1m",
        description: "{{ $value }} log directories of broker {{ $labels.broker }} are offline.",
      },
    ],
  },
  {
    name: "KafkaDiskUsage",
    summary: "The disk of broker {{ $labels.broker }} fills up",
    impact: "A full disk stops the broker; the others follow, because they hold the same records.",
    command: ({ disk }) => disk("{{ $labels.broker }}"),
    conditions: [
      {
        severity: "critical",
        expr: `max by (cluster, broker, directory) (${USED}) > ${LIMITS.disk.critical}`,
        for: "2m",
        description:
          "{{ $labels.directory }} of broker {{ $labels.broker }} is {{ $value | humanizePercentage }} full.",
      },
      {
        severity: "warning",
        expr: `max by (cluster, broker, directory) (${USED}) > ${LIMITS.disk.warning}`,
        for: "10m",
        description:
          "{{ $labels.directory }} of broker {{ $labels.broker }} is {{ $value | humanizePercentage }} full.",
      },
      {
        severity: "warning",
        labels: { forecast: "day" },
        // Not on a disk that is half empty: what is written right after a start says nothing of a day.
        expr:
          "min by (cluster, broker, directory) (predict_linear(kafka_log_dir_usable_bytes[6h], 86400)) < 0" +
          ` and on (cluster, broker, directory) max by (cluster, broker, directory) (${USED}) > 0.5`,
        for: "10m",
        description:
          "As {{ $labels.directory }} of broker {{ $labels.broker }} filled up in the last 6 hours, it is full within a day.",
      },
    ],
  },
  {
    name: "KafkaRequestQueueSlow",
    summary: "Requests wait on broker {{ $labels.broker }}",
    impact: "Every client of this broker waits; below 100 ms is good.",
    command: ({ logs }) => logs("{{ $labels.broker }}"),
    conditions: [
      {
        severity: "warning",
        // The percentile of a broker that gets no request stays what it was.
        expr:
          `max by (cluster, broker, request) (kafka_network_requestmetrics_requestqueuetimems{quantile="0.99"}) > ${LIMITS.requestQueue}` +
          " and on (cluster, broker, request) sum by (cluster, broker, request) (rate(kafka_network_requestmetrics_requests_total[5m])) > 0",
        for: "5m",
        description:
          "One in a hundred {{ $labels.request }} requests waits {{ $value | humanize }} ms for a thread of broker {{ $labels.broker }}.",
      },
    ],
  },
  {
    name: "KafkaThreadsBusy",
    summary: "The {{ $labels.pool }} threads of broker {{ $labels.broker }} are busy",
    impact: "Requests begin to wait.",
    command: ({ stack }) => `npx kafka-platform capacity --stack ${stack}`,
    conditions: (["request", "network"] as const).map((pool) => ({
      severity: "warning" as const,
      labels: { pool },
      expr: `min by (cluster, broker) (${IDLE[pool]}) < ${LIMITS.idle}`,
      // Right after a start the share says nothing.
      for: "10m",
      description: `The ${pool} threads of broker {{ $labels.broker }} are idle {{ $value | humanizePercentage }} of the time.`,
    })),
  },
  {
    name: "KafkaHeapFull",
    summary: "The heap of broker {{ $labels.broker }} is full",
    impact: "Garbage is collected more and more often, until the broker stops.",
    command: ({ logs }) => logs("{{ $labels.broker }}"),
    conditions: [
      {
        severity: "warning",
        // After a collection: before one, a full heap is normal.
        expr:
          'max by (cluster, broker) (jvm_memory_pool_collection_used_bytes{job="kafka",pool=~".*Old Gen"})' +
          ` / max by (cluster, broker) (jvm_memory_max_bytes{job="kafka",area="heap"}) > ${LIMITS.heap}`,
        for: "10m",
        description:
          "{{ $value | humanizePercentage }} of the heap of broker {{ $labels.broker }} is in use after garbage collection.",
      },
    ],
  },
  {
    name: "KafkaCleanerStuck",
    summary: "Broker {{ $labels.broker }} does not compact any more",
    impact: "Compacted topics grow without end, Kafka's own positions of consumers among them.",
    command: ({ logs }) => logs("{{ $labels.broker }}"),
    conditions: [
      {
        severity: "warning",
        expr:
          "sum by (cluster, broker) (kafka_log_logcleanermanager_uncleanable_partitions_count)" +
          " + max by (cluster, broker) (kafka_log_logcleaner_deadthreadcount) > 0",
        for: "10m",
        description:
          "{{ $value }} partitions or threads of the cleaner of broker {{ $labels.broker }} have failed.",
      },
    ],
  },
  {
    name: "KafkaLoginsRefused",
    summary: "Logins are refused on {{ $labels.listener }}",
    impact: "A client has an old password, or somebody tries passwords.",
    command: ({ logs }) => logs("0"),
    conditions: [
      {
        severity: "warning",
        expr: `sum by (cluster, listener) (rate(kafka_server_socket_server_metrics_failed_authentication_total[5m])) > ${LIMITS.refusedLogins}`,
        for: "10m",
        description:
          "{{ $value | humanize }} logins a second are refused on {{ $labels.listener }} of {{ $labels.cluster }}.",
      },
    ],
  },
];
