import { type AlertCases, held, HOUR, inTurn, MINUTE } from "../alert-case.ts";

const always = (value: number) => held(value, HOUR);
/** From two minutes on it is another value. */
const comes = (before: number, after: number) =>
  inTurn(held(before, 2 * MINUTE), held(after, HOUR));
const controller = (metric: string, node: number) =>
  `kafka_controller_kafkacontroller_${metric}{job="kafka",broker="${node}",instance="b${node}"}`;
const replicas = (metric: string, node: number) =>
  `kafka_server_replicamanager_${metric}{job="kafka",broker="${node}",instance="b${node}"}`;
const fetcher = (metric: string, node: number, instance = "a") =>
  `kafka_server_replicafetchermanager_${metric}{job="kafka",broker="${node}",instance="${instance}"}`;
/** What one broker says, and what it said from addresses that it had before. */
const everywhere = (metric: string, node: number, values: string) => ({
  [fetcher(metric, node)]: values,
  [fetcher(metric, node, "b")]: values,
  [fetcher(metric, node, "c")]: always(0),
});
const elections = (node: number) =>
  `kafka_controller_controllerstats_uncleanleaderelections_total{job="kafka",broker="${node}"}`;
const under = (node: number) => replicas("underreplicatedpartitions", node);
const moving = (node: number) => replicas("reassigningpartitions", node);
const partitions = (node: number) => controller("globalpartitioncount", node);

/** A hundred partitions, as three controllers know them. */
const HUNDRED = {
  [partitions(0)]: always(100),
  [partitions(1)]: always(100),
  [partitions(2)]: always(99),
};

export const PARTITION_CASES: AlertCases = {
  "KafkaOfflinePartitions critical": [
    {
      title: "what three controllers say of one partition is one partition",
      series: {
        [controller("offlinepartitionscount", 0)]: comes(0, 1),
        [controller("offlinepartitionscount", 1)]: comes(0, 1),
        [controller("offlinepartitionscount", 2)]: always(0),
      },
      since: 2 * MINUTE,
      fires: [{}],
      says: "1 partitions of c are offline.",
    },
    {
      title: "none is offline",
      series: {
        [controller("offlinepartitionscount", 0)]: always(0),
        [controller("offlinepartitionscount", 1)]: always(0),
      },
      silent: [10 * MINUTE],
    },
    { title: "nobody says anything", series: { up: always(1) }, silent: [10 * MINUTE] },
  ],
  "KafkaUnderMinIsr critical": [
    {
      title: "partitions of two leaders refuse writes",
      series: {
        [replicas("underminisrpartitioncount", 0)]: comes(0, 2),
        [replicas("underminisrpartitioncount", 1)]: comes(0, 1),
        [replicas("underminisrpartitioncount", 2)]: always(0),
      },
      since: 2 * MINUTE,
      fires: [{}],
      says: "3 partitions of c have fewer copies in sync than they need for a write.",
    },
    {
      title: "one partition is enough",
      series: { [replicas("underminisrpartitioncount", 0)]: comes(0, 1) },
      since: 2 * MINUTE,
      fires: [{}],
    },
    {
      title: "a restart lowers it for a minute",
      series: {
        [replicas("underminisrpartitioncount", 0)]: inTurn(held(0, 60), held(5, 90), always(0)),
        [replicas("underminisrpartitioncount", 1)]: always(0),
      },
      silent: [2, 3, 4, 10].map((minutes) => minutes * MINUTE),
    },
  ],
  "KafkaUncleanElection critical": [
    {
      title: "two elections on two controllers are two",
      series: {
        [elections(0)]: comes(0, 1),
        [elections(1)]: comes(3, 4),
      },
      since: 2 * MINUTE,
      fires: [{}],
      says: "About 2.062 partitions of c got a leader that was not in sync.",
      still: 11.5 * MINUTE,
      silent: [13 * MINUTE],
    },
    {
      title: "one is enough",
      series: { [elections(0)]: comes(0, 1) },
      since: 2 * MINUTE,
      fires: [{}],
    },
    {
      title: "one after a restart of the controller is told too",
      series: { [elections(0)]: inTurn(held(3, 2 * MINUTE), held(0, MINUTE), held(1, HOUR)) },
      since: 3 * MINUTE,
      fires: [{}],
    },
    {
      title: "a restart alone is none, and neither are those of long ago",
      series: { [elections(0)]: inTurn(held(3, 2 * MINUTE), always(0)), [elections(1)]: always(7) },
      silent: [2 * MINUTE, 5 * MINUTE, 20 * MINUTE],
    },
  ],
  "KafkaUnderReplicated critical": [
    {
      title: "eleven of a hundred partitions lack a copy",
      series: { ...HUNDRED, [under(0)]: comes(5, 6), [under(1)]: always(5), [under(2)]: always(0) },
      since: 2 * MINUTE,
      fires: [{}],
      says: "11% of the partitions of c lack a copy in sync.",
    },
    {
      title: "ten of a hundred are not too many",
      series: { ...HUNDRED, [under(0)]: always(5), [under(1)]: always(5) },
      silent: [20 * MINUTE],
    },
    {
      title: "nine are not either",
      series: { ...HUNDRED, [under(0)]: always(5), [under(1)]: always(4) },
      silent: [20 * MINUTE],
    },
    {
      title: "nobody knows how many there are",
      series: { [under(0)]: always(5), [under(1)]: always(5) },
      silent: [20 * MINUTE],
    },
  ],
  "KafkaUnderReplicated warning": [
    {
      title: "one partition lacks a copy",
      series: {
        [under(0)]: comes(0, 1),
        [under(1)]: always(0),
        [moving(0)]: always(0),
        [moving(1)]: always(0),
      },
      since: 2 * MINUTE,
      fires: [{}],
      says: "1 partitions of c lack a copy in sync.",
    },
    {
      title: "two leaders have such partitions, and partitions are moved in another cluster only",
      series: {
        'kafka_server_replicamanager_reassigningpartitions{cluster="d",broker="0"}': always(1),
        [under(0)]: comes(0, 1),
        [under(1)]: comes(0, 2),
      },
      since: 2 * MINUTE,
      fires: [{}],
      says: "3 partitions of c lack a copy in sync.",
    },
    {
      title: "copies are moved",
      series: {
        [under(0)]: always(4),
        [under(1)]: always(0),
        [moving(0)]: always(0),
        [moving(1)]: always(1),
      },
      silent: [15 * MINUTE, 50 * MINUTE],
    },
    {
      title: "every partition has its copies",
      series: { [under(0)]: always(0), [under(1)]: always(0), [moving(0)]: always(0) },
      silent: [20 * MINUTE],
    },
  ],
  "KafkaReplicaFetcherFailed critical": [
    {
      title: "a partition has failed",
      series: {
        ...everywhere("failedpartitionscount", 1, comes(0, 1)),
        [fetcher("deadthreadcount", 1)]: always(0),
        [fetcher("failedpartitionscount", 2)]: always(0),
        [fetcher("deadthreadcount", 2)]: always(0),
      },
      since: 2 * MINUTE,
      fires: [{ broker: "1" }],
      says: "1 partitions or threads of the replication of broker 1 have failed.",
    },
    {
      title: "a thread has died",
      series: {
        [fetcher("failedpartitionscount", 2)]: always(0),
        ...everywhere("deadthreadcount", 2, comes(0, 2)),
      },
      since: 2 * MINUTE,
      fires: [{ broker: "2" }],
      says: "2 partitions or threads of the replication of broker 2 have failed.",
    },
    {
      title: "none has",
      series: {
        [fetcher("failedpartitionscount", 1)]: always(0),
        [fetcher("deadthreadcount", 1)]: always(0),
      },
      silent: [10 * MINUTE],
    },
  ],
};
