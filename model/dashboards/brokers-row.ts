import type { Row } from "./dashboard.ts";

/** What each broker uses of its machine. */
export const BROKERS_ROW: Row = {
  title: "Brokers",
  panels: [
    {
      title: "CPU, by broker",
      description: "Cores that the broker's process uses.",
      shape: "lines",
      unit: "none",
      queries: [
        {
          expr: 'sum by (broker) (rate(process_cpu_seconds_total{job="kafka",cluster="$cluster"}[$__rate_interval]))',
          legend: "broker {{broker}}",
        },
      ],
    },
    {
      title: "Memory, by broker",
      description: "Memory of the process that is resident: heap, direct buffers and threads.",
      shape: "lines",
      unit: "bytes",
      queries: [
        {
          expr: 'process_resident_memory_bytes{job="kafka",cluster="$cluster"}',
          legend: "broker {{broker}}",
        },
      ],
    },
    {
      title: "Network, by broker",
      description: "Bytes from producers and other brokers, and to consumers and other brokers.",
      shape: "lines",
      unit: "Bps",
      queries: [
        {
          expr: 'sum by (broker) (rate(kafka_server_brokertopicmetrics_bytesin_total{cluster="$cluster",topic=""}[$__rate_interval]) + rate(kafka_server_brokertopicmetrics_replicationbytesin_total{cluster="$cluster"}[$__rate_interval]))',
          legend: "broker {{broker}} in",
        },
        {
          expr: 'sum by (broker) (rate(kafka_server_brokertopicmetrics_bytesout_total{cluster="$cluster",topic=""}[$__rate_interval]) + rate(kafka_server_brokertopicmetrics_replicationbytesout_total{cluster="$cluster"}[$__rate_interval]))',
          legend: "broker {{broker}} out",
        },
      ],
    },
    {
      title: "Disk I/O, by broker",
      description: "Bytes that the process reads from and writes to block devices.",
      shape: "lines",
      unit: "Bps",
      queries: [
        {
          expr: 'rate(kafka_server_kafkaserver_linux_disk_read_bytes_total{cluster="$cluster"}[$__rate_interval])',
          legend: "broker {{broker}} read",
        },
        {
          expr: 'rate(kafka_server_kafkaserver_linux_disk_write_bytes_total{cluster="$cluster"}[$__rate_interval])',
          legend: "broker {{broker}} write",
        },
      ],
    },
  ],
};
