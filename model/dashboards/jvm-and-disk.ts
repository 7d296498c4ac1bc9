import type { Dashboard } from "./dashboard.ts";

/** What brokers run on: heap, threads, files, disks. */
export const JVM_AND_DISK: Dashboard = {
  uid: "kafka-jvm-and-disk",
  title: "Kafka JVM, requests and disk",
  description: "Whether brokers have enough memory, threads and disk, and where requests wait.",
  rows: [
    {
      title: "Disk",
      panels: [
        {
          title: "Disk in use, by broker",
          description:
            "Share of the volume that holds the log directory. Above 85 %: add disk or shorten retention.",
          shape: "lines",
          unit: "percentunit",
          queries: [
            {
              expr: '1 - kafka_log_dir_usable_bytes{cluster="$cluster"} / kafka_log_dir_total_bytes{cluster="$cluster"}',
              legend: "broker {{broker}}",
            },
          ],
        },
        {
          title: "Size of topics",
          description: "Bytes of all copies on all brokers, the ten largest topics.",
          shape: "lines",
          unit: "bytes",
          queries: [
            {
              expr: 'topk(10, kafka_topic_log_bytes{cluster="$cluster"})',
              legend: "{{topic}}",
            },
          ],
        },
        {
          title: "Time to flush to disk",
          description: "99th percentile. It grows when the disk is too slow.",
          shape: "lines",
          unit: "ms",
          queries: [
            {
              expr: 'kafka_log_logflushstats_logflushrateandtimems{cluster="$cluster",quantile="0.99"}',
              legend: "broker {{broker}}",
            },
          ],
        },
        {
          title: "Partitions that cannot be compacted",
          description: "Above 0 the log cleaner gave them up: their topics grow without end.",
          shape: "lines",
          unit: "none",
          queries: [
            {
              expr: 'sum by (broker) (kafka_log_logcleanermanager_uncleanable_partitions_count{cluster="$cluster"})',
              legend: "broker {{broker}}",
            },
          ],
        },
      ],
    },
    {
      title: "Requests",
      panels: [
        {
          title: "Time of a produce request",
          description: "99th percentile of the whole request. Above a second producers feel it.",
          shape: "lines",
          unit: "ms",
          queries: [
            {
              expr: 'max by (broker) (kafka_network_requestmetrics_totaltimems{cluster="$cluster",request="Produce",quantile="0.99"})',
              legend: "broker {{broker}}",
            },
          ],
        },
        {
          title: "Time in the request queue",
          description:
            "99th percentile, by request. Good below 100 ms; above 500 ms threads are missing.",
          shape: "lines",
          unit: "ms",
          queries: [
            {
              expr: 'max by (request) (kafka_network_requestmetrics_requestqueuetimems{cluster="$cluster",quantile="0.99"})',
              legend: "{{request}}",
            },
          ],
        },
        {
          title: "Idle threads",
          description:
            "Share of time that request handlers and network threads wait. Below 30 %: a broker is busy.",
          shape: "lines",
          unit: "percentunit",
          queries: [
            {
              expr: 'kafka_server_kafkarequesthandlerpool_brokerrequesthandleravgidlepercent{cluster="$cluster"}',
              legend: "broker {{broker}} requests",
            },
            {
              expr: 'kafka_network_socketserver_networkprocessoravgidlepercent{cluster="$cluster"}',
              legend: "broker {{broker}} network",
            },
          ],
        },
        {
          title: "Requests",
          description: "By kind, over all brokers.",
          shape: "lines",
          unit: "reqps",
          queries: [
            {
              expr: 'sum by (request) (rate(kafka_network_requestmetrics_requests_total{cluster="$cluster"}[$__rate_interval]))',
              legend: "{{request}}",
            },
          ],
        },
        {
          title: "Connections, by listener",
          description: "Open connections. A sudden rise: clients that connect for each record.",
          shape: "lines",
          unit: "none",
          queries: [
            {
              expr: 'sum by (listener) (kafka_server_socket_server_metrics_connection_count{cluster="$cluster"})',
              legend: "{{listener}}",
            },
          ],
        },
        {
          title: "Failed logins, by listener",
          description:
            "Wrong or retired passwords. Many: a client was not rotated, or somebody guesses.",
          shape: "lines",
          unit: "cps",
          queries: [
            {
              expr: 'sum by (listener) (rate(kafka_server_socket_server_metrics_failed_authentication_total{cluster="$cluster"}[$__rate_interval]))',
              legend: "{{listener}}",
            },
          ],
        },
      ],
    },
    {
      title: "JVM",
      panels: [
        {
          title: "Heap after collection",
          description:
            "Share of the old generation that is full after a collection. Above 85 %: more memory.",
          shape: "lines",
          unit: "percentunit",
          queries: [
            {
              expr: 'max by (broker) (jvm_memory_pool_collection_used_bytes{cluster="$cluster",pool=~".*Old Gen"} / jvm_memory_pool_max_bytes{cluster="$cluster",pool=~".*Old Gen"})',
              legend: "broker {{broker}}",
            },
          ],
        },
        {
          title: "Time in garbage collection",
          description: "Share of time. Above 10 %: the heap is too small for the work.",
          shape: "lines",
          unit: "percentunit",
          queries: [
            {
              expr: 'sum by (broker) (rate(jvm_gc_collection_seconds_sum{job="kafka",cluster="$cluster"}[$__rate_interval]))',
              legend: "broker {{broker}}",
            },
          ],
        },
        {
          title: "Open files",
          description: "Share of the files that the process may open. Full: the broker stops.",
          shape: "lines",
          unit: "percentunit",
          queries: [
            {
              expr: 'process_open_fds{job="kafka",cluster="$cluster"} / process_max_fds{job="kafka",cluster="$cluster"}',
              legend: "broker {{broker}}",
            },
          ],
        },
        {
          title: "Threads",
          description: "Threads of the process. A steady rise is a leak.",
          shape: "lines",
          unit: "none",
          queries: [
            {
              expr: 'jvm_threads_current{job="kafka",cluster="$cluster"}',
              legend: "broker {{broker}}",
            },
          ],
        },
      ],
    },
  ],
};
