import { counter, gauge, type Metric } from "./metric.ts";

/** `kafka_server_replicamanager_…`; each broker reports the partitions that it leads: sum over brokers. */
const replicas = (name: string, help: string) =>
  gauge(`kafka_server_replicamanager_${name}`, [], help);
/** `kafka_controller_kafkacontroller_…`; each controller keeps its own copy: max over nodes. */
const controller = (name: string, help: string) =>
  gauge(`kafka_controller_kafkacontroller_${name}`, [], help);
const raft = (name: string, help: string) => gauge(`kafka_server_raft_metrics_${name}`, [], help);
const request = (name: string, help: string) =>
  gauge(`kafka_network_requestmetrics_${name}`, ["request", "quantile"], help);
/** Without the label `topic`: the whole broker. Never sum both. */
const traffic = (name: string, help: string) =>
  counter(`kafka_server_brokertopicmetrics_${name}_total`, ["topic"], help);
const listener = ["listener", "networkprocessor"] as const;

/**
 * What the JMX agent in each broker serves, as `images/kafka/jmx-exporter.yml` names it: the part that
 * rules and dashboards use.
 */
export const BROKER = {
  state: gauge("kafka_server_kafkaserver_brokerstate", [], "3 while the broker runs"),
  diskRead: counter(
    "kafka_server_kafkaserver_linux_disk_read_bytes_total",
    [],
    "Bytes that the process has read from block devices",
  ),
  diskWritten: counter(
    "kafka_server_kafkaserver_linux_disk_write_bytes_total",
    [],
    "Bytes that the process has written to block devices",
  ),

  underReplicated: replicas("underreplicatedpartitions", "Partitions with a replica out of sync"),
  underMinIsr: replicas("underminisrpartitioncount", "Partitions that refuse acks=all"),
  atMinIsr: replicas("atminisrpartitioncount", "Partitions one failure away from refusing"),
  offlineReplicas: replicas("offlinereplicacount", "Replicas in directories that are offline"),
  reassigning: replicas("reassigningpartitions", "Partitions that are being moved"),
  leaders: replicas("leadercount", "Partitions that the broker leads"),
  partitions: replicas("partitioncount", "Replicas on the broker"),
  lateTransactions: replicas(
    "partitionswithlatetransactionscount",
    "Partitions with a transaction that is open for too long",
  ),
  isrShrinks: counter("kafka_server_replicamanager_isrshrinks_total", [], "Replicas fallen behind"),
  isrExpands: counter("kafka_server_replicamanager_isrexpands_total", [], "Replicas caught up"),
  fetcherMaxLag: gauge("kafka_server_replicafetchermanager_maxlag", [], "Lag of the worst replica"),
  fetcherFailed: gauge(
    "kafka_server_replicafetchermanager_failedpartitionscount",
    [],
    "Partitions whose replication has failed",
  ),
  fetcherDead: gauge(
    "kafka_server_replicafetchermanager_deadthreadcount",
    [],
    "Fetcher threads that have died",
  ),

  activeControllers: controller(
    "activecontrollercount",
    "1 on the active controller; the one to sum",
  ),
  offlinePartitions: controller("offlinepartitionscount", "Partitions without a leader"),
  preferredImbalance: controller(
    "preferredreplicaimbalancecount",
    "Partitions that their preferred replica does not lead",
  ),
  activeBrokers: controller("activebrokercount", "Brokers that are registered and not fenced"),
  fencedBrokers: controller("fencedbrokercount", "Brokers that are registered and away"),
  globalTopics: controller("globaltopiccount", "Topics of the cluster"),
  globalPartitions: controller("globalpartitioncount", "Partitions of the cluster"),
  metadataErrors: controller("metadataerrorcount", "Metadata records that failed to apply"),
  registrationState: gauge(
    "kafka_controller_kafkacontroller_brokerregistrationstate",
    ["broker"],
    "10 fenced, 20 in controlled shutdown, 30 active",
  ),
  uncleanElections: counter(
    "kafka_controller_controllerstats_uncleanleaderelections_total",
    [],
    "Leaders elected outside the replicas in sync: records were lost",
  ),

  raftState: gauge("kafka_server_raft_metrics_current_state", ["state"], "Always 1: its role"),
  raftEpoch: raft("current_epoch", "Epoch of the quorum"),
  raftLeader: raft("current_leader", "Id of the leader of the quorum, -1 when there is none"),
  raftHighWatermark: raft("high_watermark", "Offset up to which the metadata log is committed"),
  raftLogEnd: raft("log_end_offset", "End of the metadata log"),
  raftCommitLatency: raft("commit_latency_avg", "Milliseconds to commit a metadata record"),
  raftVoters: raft("number_of_voters", "Voters of the quorum"),
  metadataLag: gauge(
    "kafka_server_broker_metadata_metrics_last_applied_record_lag_ms",
    [],
    "Age of the newest metadata that the broker has applied, in milliseconds",
  ),
  metadataApplyErrors: gauge(
    "kafka_server_broker_metadata_metrics_metadata_apply_error_count",
    [],
    "Metadata that the broker failed to apply",
  ),
  metadataLoadErrors: gauge(
    "kafka_server_broker_metadata_metrics_metadata_load_error_count",
    [],
    "Metadata that the broker failed to load",
  ),
  snapshotAge: gauge(
    "kafka_server_snapshotemitter_latestsnapshotgeneratedagems",
    [],
    "Age of the last metadata snapshot in milliseconds",
  ),

  handlersIdle: gauge(
    "kafka_server_kafkarequesthandlerpool_brokerrequesthandleravgidlepercent",
    [],
    "Idle share of the request handlers, 0 to 1",
  ),
  networkIdle: gauge(
    "kafka_network_socketserver_networkprocessoravgidlepercent",
    [],
    "Idle share of the network threads, 0 to 1",
  ),
  requestQueueSize: gauge("kafka_network_requestchannel_requestqueuesize", [], "Requests waiting"),
  requestQueueTime: request("requestqueuetimems", "Milliseconds a request waits for a handler"),
  localTime: request("localtimems", "Milliseconds the leader works"),
  remoteTime: request("remotetimems", "Milliseconds the leader waits for followers"),
  responseSendTime: request("responsesendtimems", "Milliseconds to send the answer"),
  totalTime: request("totaltimems", "Milliseconds from request to answer"),
  requests: counter(
    "kafka_network_requestmetrics_requests_total",
    ["request", "version"],
    "Requests",
  ),
  requestErrors: counter(
    "kafka_network_requestmetrics_errors_total",
    ["request", "error"],
    "Requests answered with an error",
  ),

  bytesIn: traffic("bytesin", "Bytes from producers"),
  bytesOut: traffic("bytesout", "Bytes to consumers"),
  messagesIn: traffic("messagesin", "Records from producers"),
  replicationBytesIn: traffic("replicationbytesin", "Bytes from the leaders it follows"),
  replicationBytesOut: traffic("replicationbytesout", "Bytes to the followers it leads"),
  failedProduce: traffic("failedproducerequests", "Produce requests that failed"),
  failedFetch: traffic("failedfetchrequests", "Fetch requests that failed"),

  connections: gauge(
    "kafka_server_socket_server_metrics_connection_count",
    listener,
    "Open connections",
  ),
  failedLogins: counter(
    "kafka_server_socket_server_metrics_failed_authentication_total",
    listener,
    "Logins refused",
  ),
  groupCount: gauge(
    "kafka_server_group_coordinator_metrics_group_count",
    ["protocol"],
    "Groups that the broker coordinates",
  ),
  coordinatorPartitions: gauge(
    "kafka_server_group_coordinator_metrics_num_partitions",
    ["state"],
    "Partitions of the coordinator by state; failed ones lose their groups",
  ),

  offlineLogDirs: gauge(
    "kafka_log_logmanager_offlinelogdirectorycount",
    [],
    "Log directories offline",
  ),
  flushTime: gauge(
    "kafka_log_logflushstats_logflushrateandtimems",
    ["quantile"],
    "Milliseconds to flush a log to disk",
  ),
  cleanerDead: gauge("kafka_log_logcleaner_deadthreadcount", [], "Cleaner threads that have died"),
  uncleanable: gauge(
    "kafka_log_logcleanermanager_uncleanable_partitions_count",
    ["directory"],
    "Partitions that the cleaner has given up",
  ),

  oldGenAfterGc: gauge(
    "jvm_memory_pool_collection_used_bytes",
    ["pool"],
    "Bytes used after the last garbage collection",
  ),
  heapUsed: gauge("jvm_memory_used_bytes", ["area"], "Bytes used"),
  heapMax: gauge("jvm_memory_max_bytes", ["area"], "Most bytes that may be used"),
  poolMax: gauge("jvm_memory_pool_max_bytes", ["pool"], "Most bytes of a pool"),
  gcSeconds: counter("jvm_gc_collection_seconds_sum", ["gc"], "Seconds of garbage collection"),
  threads: gauge("jvm_threads_current", [], "Threads of the process"),
  residentMemory: gauge("process_resident_memory_bytes", [], "Bytes of memory that are resident"),
  cpuSeconds: counter("process_cpu_seconds_total", [], "Seconds of processor time"),
  openFiles: gauge("process_open_fds", [], "Open file descriptors"),
  maxFiles: gauge("process_max_fds", [], "File descriptors that may be open"),
} as const satisfies Readonly<Record<string, Metric>>;
