import {
  type AlertKind,
  majority,
  orZero,
  severalBrokers,
  type WatchedCluster,
} from "../alert-kind.ts";

/** Ids that brokers of the stack may have: from 0 up; the only one on Docker is number 1. */
const idsOf = ({ brokers }: WatchedCluster): string =>
  Array.from({ length: Math.max(brokers, 2) }, (_, id) => id).join("|");

/** Brokers and their quorum. A roll takes each broker away for less than two minutes, one after the other. */
export const BROKER_ALERTS: readonly AlertKind[] = [
  {
    name: "KafkaBrokerDown",
    summary: "Broker {{ $labels.broker }} is down",
    impact:
      "Its partitions are led by others, with one copy less; a second failure may stop writes.",
    command: ({ logs }) => logs("{{ $labels.broker }}"),
    conditions: [
      {
        severity: "critical",
        // The process, or what the other brokers say of it: either is enough. One that has left the stack is no matter:
        // a Prometheus that restarts finds the last figure of it, a 0, for five minutes.
        expr: (stack) => {
          const own = `broker=~"${idsOf(stack)}"`;
          return `min by (cluster, broker) (up{job="kafka",${own}} or kafka_broker_up{${own}}) == 0`;
        },
        for: "2m",
        description:
          "Broker {{ $labels.broker }} of {{ $labels.cluster }} has not answered for 2 minutes.",
      },
    ],
  },
  {
    name: "KafkaBrokersMissing",
    summary: "Brokers are missing",
    impact: "Partitions have fewer copies than declared, or none.",
    command: ({ brokers }) => brokers,
    conditions: [
      {
        severity: "critical",
        expr: (stack) =>
          `${orZero('sum by (cluster) (up{job="kafka"})', stack)} < ${stack.brokers}`,
        for: "5m",
        description:
          "{{ $value }} brokers of {{ $labels.cluster }} can be seen, also counting those that are not looked for any more.",
      },
    ],
  },
  {
    name: "KafkaBrokerFenced",
    summary: "A broker is registered and takes no part",
    impact: "It leads nothing and serves no client although its process may run.",
    command: ({ brokers }) => brokers,
    conditions: [
      {
        severity: "critical",
        expr: "max by (cluster) (kafka_controller_kafkacontroller_fencedbrokercount) > 0",
        for: "2m",
        description:
          "The controller of {{ $labels.cluster }} fences {{ $value }} brokers: it gets no heartbeat of them.",
        where: severalBrokers,
      },
    ],
  },
  {
    name: "KafkaNoActiveController",
    summary: "There is not exactly one active controller",
    impact: "No leader is elected, no topic changes, no broker can join.",
    command: ({ brokers }) => brokers,
    conditions: [
      {
        severity: "critical",
        expr: (stack) =>
          `${orZero("sum by (cluster) (kafka_controller_kafkacontroller_activecontrollercount)", stack)} != 1`,
        for: "2m",
        description: "{{ $labels.cluster }} has {{ $value }} active controllers; wanted 1.",
      },
    ],
  },
  {
    name: "KafkaQuorumAtRisk",
    summary: "The quorum does not survive another failure",
    impact: "With one voter less, metadata stands still: no elections, no changes.",
    command: ({ brokers }) => brokers,
    conditions: [
      {
        severity: "critical",
        expr: (stack) =>
          `count by (cluster) (kafka_server_raft_metrics_current_state{state=~"leader|follower"} == 1) <= ${majority(stack)}`,
        for: "5m",
        description: "{{ $value }} voters of {{ $labels.cluster }} take part in the quorum.",
        where: ({ voters }) => voters > 2,
      },
    ],
  },
  {
    name: "KafkaControllerChurn",
    summary: "The controller changes again and again",
    impact: "Each election holds up changes of leaders and topics for seconds.",
    command: ({ logs }) => logs("0"),
    conditions: [
      {
        severity: "warning",
        // A roll elects one for each voter, and a vote may have to be repeated. Of a broker that starts, the epoch is 0.
        expr: (stack) =>
          "max by (cluster) (kafka_server_raft_metrics_current_epoch)" +
          ` - max by (cluster) (kafka_server_raft_metrics_current_epoch offset 15m) > ${2 * stack.voters}`,
        for: "1m",
        description: "{{ $value }} elections in {{ $labels.cluster }} within 15 minutes.",
        where: severalBrokers,
      },
    ],
  },
  {
    name: "KafkaMetadataErrors",
    summary: "Broker {{ $labels.broker }} could not take in metadata",
    impact: "What it believes of topics and rights may be wrong until it restarts.",
    command: ({ logs }) => logs("{{ $labels.broker }}"),
    conditions: [
      {
        severity: "critical",
        expr:
          "max by (cluster, broker) (kafka_server_broker_metadata_metrics_metadata_load_error_count)" +
          " + max by (cluster, broker) (kafka_server_broker_metadata_metrics_metadata_apply_error_count) > 0",
        for: "1m",
        description:
          "Broker {{ $labels.broker }} of {{ $labels.cluster }} failed {{ $value }} times to load or apply metadata.",
      },
    ],
  },
];
