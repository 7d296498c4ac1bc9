import { type AlertCases, held, HOUR, inTurn, MINUTE, rising } from "../alert-case.ts";

const always = (value: number) => held(value, 3 * HOUR);
const comes = (before: number, after: number) =>
  inTurn(held(before, 2 * MINUTE), held(after, 2 * HOUR));
const onBroker = (metric: string, broker: number, labels = "", instance = "a") =>
  `${metric}{job="kafka",broker="${broker}",instance="${instance}"${labels}}`;
/** What a broker says, and the same and another figure from addresses that it had before. */
const everywhere = (series: string, values: string, other: string) => ({
  [series]: values,
  [series.replace('instance="a"', 'instance="b"')]: values,
  [series.replace('instance="a"', 'instance="c"')]: other,
});
const directory = (what: string, broker: number, name = "/data") =>
  `kafka_log_dir_${what}_bytes{job="kafka-exporter",instance="a",broker="${broker}",directory="${name}"}`;
/** The same of another cluster. */
const elsewhere = (series: string): string => series.replace("{", '{cluster="d",');
const usable = (broker: number, name?: string) => directory("usable", broker, name);
const total = (broker: number, name?: string) => directory("total", broker, name);
const waits = (broker: number, request: string, quantile = "0.99") =>
  onBroker(
    "kafka_network_requestmetrics_requestqueuetimems",
    broker,
    `,request="${request}",quantile="${quantile}"`,
  );
const requests = (broker: number, request: string, version = 9) =>
  onBroker(
    "kafka_network_requestmetrics_requests_total",
    broker,
    `,request="${request}",version="${version}"`,
  );
const handlers = (broker: number) =>
  onBroker("kafka_server_kafkarequesthandlerpool_brokerrequesthandleravgidlepercent", broker);
const network = (broker: number) =>
  onBroker("kafka_network_socketserver_networkprocessoravgidlepercent", broker);
const oldGen = (broker: number, pool = "G1 Old Gen") =>
  onBroker("jvm_memory_pool_collection_used_bytes", broker, `,pool="${pool}"`);
const heap = (broker: number, area = "heap") =>
  onBroker("jvm_memory_max_bytes", broker, `,area="${area}"`);
const uncleanable = (broker: number, name = "/data") =>
  onBroker(
    "kafka_log_logcleanermanager_uncleanable_partitions_count",
    broker,
    `,directory="${name}"`,
  );
const cleaners = (broker: number) => onBroker("kafka_log_logcleaner_deadthreadcount", broker);
const refused = (broker: number, listener: string, processor = 0) =>
  onBroker(
    "kafka_server_socket_server_metrics_failed_authentication_total",
    broker,
    `,listener="${listener}",networkprocessor="${processor}"`,
  );
const offline = (broker: number) =>
  onBroker("kafka_log_logmanager_offlinelogdirectorycount", broker);

export const RESOURCE_CASES: AlertCases = {
  "KafkaLogDirOffline critical": [
    {
      title: "a log directory has failed",
      series: { ...everywhere(offline(1), comes(0, 1), always(0)), [offline(2)]: always(0) },
      since: 2 * MINUTE,
      fires: [{ broker: "1" }],
      says: "1 log directories of broker 1 are offline.",
    },
    { title: "none has", series: { [offline(1)]: always(0) }, silent: [10 * MINUTE] },
  ],
  "KafkaDiskUsage critical": [
    {
      title: "one of two disks is fuller than 85 percent",
      series: {
        ...everywhere(usable(1), comes(15, 14), always(40)),
        ...everywhere(total(1), always(100), always(100)),
        [usable(1, "/other")]: always(50),
        [total(1, "/other")]: always(100),
        [usable(2)]: always(15),
        [total(2)]: always(100),
      },
      since: 2 * MINUTE,
      fires: [{ broker: "1", directory: "/data" }],
      says: "/data of broker 1 is 86% full.",
    },
    {
      title: "85 percent is not more than that",
      series: {
        [usable(1)]: always(15),
        [total(1)]: always(100),
        [usable(2)]: always(90),
        [total(2)]: always(100),
      },
      silent: [HOUR],
    },
    { title: "its size is not known", series: { [usable(1)]: always(0) }, silent: [HOUR] },
  ],
  "KafkaDiskUsage warning": [
    {
      title: "a disk is fuller than 70 percent",
      series: {
        ...everywhere(usable(1), comes(30, 29), always(40)),
        ...everywhere(total(1), always(100), always(100)),
        [usable(2)]: always(60),
        [total(2)]: always(100),
      },
      since: 2 * MINUTE,
      fires: [{ broker: "1", directory: "/data" }],
      says: "/data of broker 1 is 71% full.",
    },
    {
      title: "70 percent is not more than that",
      series: { [usable(1)]: always(30), [total(1)]: always(100) },
      silent: [HOUR],
    },
  ],
  "KafkaDiskUsage warning day": [
    {
      title: "what is left goes within a day at the pace of the last hours",
      // 2 in a minute, of what would last for 23 hours after an hour and 10 minutes.
      series: {
        ...everywhere(usable(1), rising(2_900, -2, 3 * HOUR, 60), held(5_000, 3 * HOUR, 60)),
        ...everywhere(total(1), held(5_515, 3 * HOUR, 60), held(5_515, 3 * HOUR, 60)),
        [usable(1, "/other")]: held(2_000, 3 * HOUR, 60),
        [total(1, "/other")]: held(5_515, 3 * HOUR, 60),
        [usable(2)]: held(2_000, 3 * HOUR, 60),
        [total(2)]: held(5_515, 3 * HOUR, 60),
        [usable(3)]: rising(2_900, -2, 3 * HOUR, 60),
        [total(3)]: held(5_000, 3 * HOUR, 60),
        [elsewhere(usable(3))]: held(2_000, 3 * HOUR, 60),
        [elsewhere(total(3))]: held(5_000, 3 * HOUR, 60),
      },
      interval: "1m",
      since: 72 * MINUTE,
      fires: [{ broker: "1", directory: "/data" }],
      says: "As /data of broker 1 filled up in the last 6 hours, it is full within a day.",
    },
    {
      title: "a disk that is half empty is left alone",
      series: {
        [usable(1)]: rising(2_600, -2, 90 * MINUTE, 60),
        [total(1)]: held(5_000, 2 * HOUR, 60),
      },
      interval: "1m",
      silent: [40 * MINUTE, 48 * MINUTE],
    },
    {
      title: "a pace that leaves something for more than a day is no matter",
      series: {
        [usable(1)]: rising(3_200, -2, 2 * HOUR, 60),
        [total(1)]: held(8_000, 2 * HOUR, 60),
      },
      interval: "1m",
      silent: [60 * MINUTE, 110 * MINUTE],
    },
    {
      title: "the last hours count, and not a burst before them",
      series: {
        [usable(1)]: inTurn(rising(8_000, -100, 50 * MINUTE, 60), held(2_900, 12 * HOUR, 60)),
        [total(1)]: held(10_000, 14 * HOUR, 60),
      },
      interval: "1m",
      since: 31 * MINUTE,
      fires: [{ broker: "1", directory: "/data" }],
      still: 6 * HOUR,
      silent: [8 * HOUR],
    },
  ],
  "KafkaRequestQueueSlow warning": [
    {
      title: "one in a hundred requests waits for more than half a second",
      series: {
        ...everywhere(waits(1, "Produce"), comes(500, 501), always(1)),
        [requests(1, "Produce")]: rising(0, 1, 2 * HOUR),
        [requests(1, "Produce", 11)]: always(0),
        [waits(1, "Fetch")]: always(2),
        [requests(1, "Fetch")]: rising(0, 1, 2 * HOUR),
        [waits(2, "Produce")]: always(500),
        [waits(3, "Produce")]: always(20),
        [requests(2, "Produce")]: rising(0, 1, 2 * HOUR),
      },
      since: 2 * MINUTE,
      fires: [{ broker: "1", request: "Produce" }],
      says: "One in a hundred Produce requests waits 501 ms for a thread of broker 1.",
    },
    {
      title: "a broker without requests keeps the figure of before",
      series: {
        [elsewhere(requests(1, "Produce"))]: rising(0, 1, 2 * HOUR),
        [waits(1, "Produce")]: always(900),
        [requests(1, "Produce")]: inTurn(rising(0, 1, MINUTE), held(4, 2 * HOUR)),
        [requests(2, "Produce")]: rising(0, 1, 2 * HOUR),
        [requests(1, "Fetch")]: rising(0, 1, 2 * HOUR),
      },
      silent: [11.5 * MINUTE, 30 * MINUTE],
    },
    {
      title: "half of the requests may tell another story",
      series: {
        [waits(1, "Produce", "0.5")]: always(900),
        [requests(1, "Produce")]: rising(0, 1, 2 * HOUR),
      },
      silent: [30 * MINUTE],
    },
    {
      title: "a broker that begins to get requests again after a restart is judged again",
      series: {
        [waits(1, "Produce")]: always(900),
        [requests(1, "Produce")]: inTurn(held(50, 10 * MINUTE), rising(0, 1, 2 * HOUR)),
      },
      since: 10 * MINUTE + 15,
      fires: [{ broker: "1", request: "Produce" }],
    },
    {
      title: "a pause of more than five minutes between requests ends it",
      series: {
        [waits(1, "Produce")]: always(900),
        [requests(1, "Produce")]: inTurn(rising(0, 1, 20 * MINUTE), held(80, HOUR)),
      },
      since: 15,
      fires: [{ broker: "1", request: "Produce" }],
      still: 24.5 * MINUTE,
      silent: [25.5 * MINUTE],
    },
  ],
  "KafkaThreadsBusy warning request": [
    {
      title: "request handlers are idle for less than 30 percent of the time",
      series: {
        ...everywhere(handlers(1), comes(0.3, 0.29), always(1)),
        [handlers(2)]: always(0.3),
        [handlers(3)]: always(0.9),
      },
      since: 2 * MINUTE,
      fires: [{ broker: "1" }],
      says: "The request threads of broker 1 are idle 29% of the time.",
    },
    {
      title: "30 percent is enough, and a start is over before anybody is told",
      series: {
        [handlers(1)]: inTurn(held(0.1, 9 * MINUTE), always(1)),
        [handlers(2)]: always(0.3),
      },
      silent: [9 * MINUTE, 30 * MINUTE],
    },
  ],
  "KafkaThreadsBusy warning network": [
    {
      title: "network threads are idle for less than 30 percent of the time",
      series: {
        ...everywhere(network(1), comes(0.3, 0.29), always(1)),
        [network(2)]: always(0.3),
        [network(3)]: always(0.9),
      },
      since: 2 * MINUTE,
      fires: [{ broker: "1" }],
      says: "The network threads of broker 1 are idle 29% of the time.",
    },
    { title: "30 percent is enough", series: { [network(1)]: always(0.3) }, silent: [30 * MINUTE] },
  ],
  "KafkaHeapFull warning": [
    {
      title: "more than 85 percent is in use after a collection",
      series: {
        ...everywhere(oldGen(1), comes(85, 86), always(1)),
        [oldGen(1, "G1 Eden Space")]: always(0),
        ...everywhere(heap(1), always(100), always(50)),
        [heap(1, "nonheap")]: always(200),
        [oldGen(2)]: always(85),
        [heap(2)]: always(100),
        [oldGen(3)]: always(20),
        [heap(3)]: always(100),
      },
      since: 2 * MINUTE,
      fires: [{ broker: "1" }],
      says: "86% of the heap of broker 1 is in use after garbage collection.",
    },
    {
      title: "what is in the young generation, or outside of the heap, does not count",
      series: {
        [oldGen(1)]: always(85),
        [oldGen(1, "G1 Survivor Space")]: always(95),
        [heap(1)]: always(100),
        'jvm_memory_pool_collection_used_bytes{job="other",broker="1",pool="G1 Old Gen"}':
          always(99),
        'jvm_memory_max_bytes{job="other",broker="1",area="heap"}': always(100),
      },
      silent: [HOUR],
    },
    {
      title: "another program with that label does not make it look empty",
      series: {
        [oldGen(1)]: always(90),
        [heap(1)]: always(100),
        'jvm_memory_max_bytes{job="other",broker="1",area="heap"}': always(1_000),
      },
      since: 0,
      fires: [{ broker: "1" }],
    },
  ],
  "KafkaCleanerStuck warning": [
    {
      title: "a partition cannot be cleaned",
      series: {
        [uncleanable(1)]: comes(0, 1),
        [uncleanable(1, "/other")]: comes(0, 2),
        [cleaners(1)]: always(0),
        [uncleanable(2)]: always(0),
        [cleaners(2)]: always(0),
      },
      since: 2 * MINUTE,
      fires: [{ broker: "1" }],
      says: "3 partitions or threads of the cleaner of broker 1 have failed.",
    },
    {
      title: "a thread has died",
      series: { [uncleanable(2)]: always(0), ...everywhere(cleaners(2), comes(0, 2), always(0)) },
      since: 2 * MINUTE,
      fires: [{ broker: "2" }],
      says: "2 partitions or threads of the cleaner of broker 2 have failed.",
    },
    {
      title: "one partition is enough",
      series: { [uncleanable(1)]: comes(0, 1), [cleaners(1)]: always(0) },
      since: 2 * MINUTE,
      fires: [{ broker: "1" }],
    },
    {
      title: "all is cleaned",
      series: { [uncleanable(1)]: always(0), [cleaners(1)]: always(0) },
      silent: [HOUR],
    },
  ],
  "KafkaLoginsRefused warning": [
    {
      title: "more than one login a second is refused on one listener",
      series: {
        [refused(1, "EXTERNAL")]: inTurn(held(0, 10 * MINUTE), rising(0, 16, HOUR)),
        [refused(1, "EXTERNAL", 1)]: always(0),
        [refused(1, "INTERNAL")]: rising(0, 7, HOUR),
      },
      since: 15 * MINUTE - 15,
      fires: [{ listener: "EXTERNAL" }],
      says: "1.067 logins a second are refused on EXTERNAL of c.",
    },
    {
      title: "brokers and threads count together",
      series: {
        [refused(1, "EXTERNAL")]: rising(0, 8, HOUR),
        [refused(2, "EXTERNAL", 1)]: rising(0, 8, HOUR),
      },
      since: 5 * MINUTE - 15,
      fires: [{ listener: "EXTERNAL" }],
    },
    {
      title: "one a second is not too many, and a restart of the broker is none",
      series: {
        [refused(1, "EXTERNAL")]: inTurn(rising(1_000_000, 15, 20 * MINUTE), rising(0, 15, HOUR)),
        [refused(1, "INTERNAL")]: rising(0, 1, HOUR),
      },
      silent: [15 * MINUTE, 35 * MINUTE, 50 * MINUTE],
    },
    {
      title: "what is over is forgotten after five minutes",
      series: { [refused(1, "EXTERNAL")]: inTurn(rising(0, 100, 12 * MINUTE), held(4_800, HOUR)) },
      since: MINUTE,
      fires: [{ listener: "EXTERNAL" }],
      still: 16 * MINUTE,
      silent: [18 * MINUTE],
    },
  ],
};
