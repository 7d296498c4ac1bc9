import { counter, gauge, histogram, type Metric } from "./metric.ts";

const PARTITION = ["topic", "partition"] as const;
const GROUP_TOPIC = ["consumergroup", "topic"] as const;
const GROUP_PARTITION = ["consumergroup", "topic", "partition"] as const;

/**
 * What the exporter serves. Where kafka_exporter (danielqsj) has a metric, ours has its name and labels,
 * so that existing dashboards and alerts work; the rest follows Prometheus' naming conventions.
 */
export const EXPORTER = {
  brokers: gauge("kafka_brokers", [], "Registered brokers that answered"),
  brokerUp: gauge(
    "kafka_broker_up",
    ["broker"],
    "1 when the broker answered in the last cycle, 0 when not; one that was seen never vanishes",
  ),
  brokerInfo: gauge("kafka_broker_info", ["id", "address"], "Always 1: where a broker is reached"),

  topicPartitions: gauge("kafka_topic_partitions", ["topic"], "Partitions of a topic"),
  partitionCurrentOffset: gauge(
    "kafka_topic_partition_current_offset",
    PARTITION,
    "Offset that the next record gets",
  ),
  partitionOldestOffset: gauge(
    "kafka_topic_partition_oldest_offset",
    PARTITION,
    "First offset that is kept",
  ),
  partitionUnderReplicated: gauge(
    "kafka_topic_partition_under_replicated_partition",
    PARTITION,
    "1 when a replica is not in sync",
  ),
  partitionLeader: gauge(
    "kafka_topic_partition_leader",
    PARTITION,
    "Id of the broker that leads, -1 when there is none",
  ),
  partitionReplicas: gauge("kafka_topic_partition_replicas", PARTITION, "Replicas of a partition"),
  partitionInSyncReplicas: gauge(
    "kafka_topic_partition_in_sync_replica",
    PARTITION,
    "Replicas that are in sync",
  ),

  groupCurrentOffset: gauge(
    "kafka_consumergroup_current_offset",
    GROUP_PARTITION,
    "Offset that a group reads next, as committed",
  ),
  groupLag: gauge(
    "kafka_consumergroup_lag",
    GROUP_PARTITION,
    "Offsets between a group's position and the end, in records",
  ),
  groupCurrentOffsetSum: gauge(
    "kafka_consumergroup_current_offset_sum",
    GROUP_TOPIC,
    "Committed offsets of all partitions of a topic, added up",
  ),
  groupLagSum: gauge(
    "kafka_consumergroup_lag_sum",
    GROUP_TOPIC,
    "Lag over all partitions of a topic, in records",
  ),
  groupMembers: gauge("kafka_consumergroup_members", ["consumergroup"], "Members of a group"),
  groupLagSeconds: gauge(
    "kafka_consumergroup_lag_seconds",
    GROUP_TOPIC,
    "Age of the oldest record that a group has not read, in its worst partition, in seconds",
  ),
  groupTimeToZero: gauge(
    "kafka_consumergroup_time_to_zero_seconds",
    GROUP_TOPIC,
    "Seconds until a group has caught up at the present rates, +Inf when its lag does not shrink",
  ),
  groupTimeToDataLoss: gauge(
    "kafka_consumergroup_seconds_to_data_loss",
    GROUP_TOPIC,
    "Seconds until retention removes a record that a group has not read, +Inf when none is foreseen",
  ),
  groupLostRecords: counter(
    "kafka_consumergroup_lost_records_total",
    GROUP_TOPIC,
    "Records that were removed before a group had read them",
  ),
  groupState: gauge(
    "kafka_consumergroup_state",
    ["consumergroup", "type", "state"],
    "Always 1: type (classic, consumer, share, streams) and state of a group",
  ),
  groupRebalances: counter(
    "kafka_consumergroup_rebalances_total",
    ["consumergroup"],
    "Rebalances of a group seen since the exporter started",
  ),

  topicMessages: counter(
    "kafka_topic_messages_total",
    ["topic"],
    "End offsets of all partitions added up: records ever written, markers of transactions included",
  ),
  topicConsumerLag: gauge(
    "kafka_topic_consumer_lag",
    ["topic", "group"],
    "Lag of a group over all partitions of a topic, in records",
  ),
  topicHealthScore: gauge(
    "kafka_topic_health_score",
    ["topic"],
    "Health of a topic, from 0 (unusable) to 100",
  ),
  underReplicatedPartitions: gauge(
    "kafka_cluster_under_replicated_partitions",
    [],
    "Partitions with a replica that is not in sync",
  ),
  groupLagTotal: gauge(
    "kafka_consumer_group_lag_total",
    ["group"],
    "Lag of a group over all its topics, in records",
  ),
  topicLogBytes: gauge("kafka_topic_log_bytes", ["topic"], "Bytes of all copies of a topic"),
  topicErrorRatio: gauge(
    "kafka_topic_error_ratio",
    ["topic"],
    "Dead letters for each record consumed over the last minutes, 0 to 1",
  ),
  logDirSize: gauge(
    "kafka_log_dir_size_bytes",
    ["broker", "directory"],
    "Bytes of partitions in a log directory",
  ),
  logDirTotal: gauge(
    "kafka_log_dir_total_bytes",
    ["broker", "directory"],
    "Size of the volume that a log directory is on",
  ),
  logDirUsable: gauge(
    "kafka_log_dir_usable_bytes",
    ["broker", "directory"],
    "Free bytes of the volume that a log directory is on",
  ),
  credentialDue: gauge(
    "kafka_credential_due_timestamp_seconds",
    ["account", "owner"],
    "When the password of an account has to be rotated, in Unix time",
  ),

  collectSuccess: gauge(
    "kafka_collect_success",
    ["part"],
    "1 when all of a part of the last cycle was collected; if 0, its series show what was last known",
  ),
  collectDenied: gauge(
    "kafka_collect_denied",
    ["part"],
    "1 when the exporter lacks the right to see a part, or some of it",
  ),
  collectDuration: gauge(
    "kafka_collect_duration_seconds",
    ["part"],
    "How long a part of the last cycle took",
  ),
  collectLastSuccess: gauge(
    "kafka_collect_last_success_timestamp_seconds",
    ["part"],
    "When all of a part was last collected, in Unix time",
  ),
  collectRequests: counter("kafka_collect_requests_total", ["part"], "Requests sent to brokers"),

  canarySent: counter("kafka_canary_sent_total", ["broker"], "Canary records that were due"),
  canaryFailed: counter(
    "kafka_canary_failed_total",
    ["broker"],
    "Canary records that were not acknowledged by all replicas in sync, or not read back, in time",
  ),
  canaryLatency: histogram(
    "kafka_canary_latency_seconds",
    ["broker"],
    "From sending a canary record until it is read back",
  ),
  canaryUp: gauge(
    "kafka_canary_up",
    ["broker"],
    "1 when the last canary record was read back in time",
  ),
} as const satisfies Readonly<Record<string, Metric>>;

/** Values of the label `part`. */
export const COLLECTED_PARTS = [
  "cluster",
  "topics",
  "offsets",
  "groups",
  "positions",
  "log_dirs",
] as const;

export type CollectedPart = (typeof COLLECTED_PARTS)[number];
