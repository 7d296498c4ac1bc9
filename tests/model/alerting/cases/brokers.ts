import { type AlertCases, held, HOUR, MINUTE, inTurn } from "../alert-case.ts";

const up = (broker: number) => `up{job="kafka",broker="${broker}",instance="b${broker}"}`;
const registered = (broker: number) => `kafka_broker_up{broker="${broker}",job="kafka-exporter"}`;
const always = (value: number) => held(value, HOUR);
/** It is 0 from two minutes on. */
const goes = inTurn(held(1, 2 * MINUTE), held(0, HOUR));
const comes = (before: number, after: number) =>
  inTurn(held(before, 2 * MINUTE), held(after, HOUR));

const controller = (metric: string, node: number) =>
  `kafka_controller_kafkacontroller_${metric}{job="kafka",broker="${node}",instance="b${node}"}`;
const raft = (node: number, state: string) =>
  `kafka_server_raft_metrics_current_state{job="kafka",broker="${node}",state="${state}"}`;
const epoch = (node: number) =>
  `kafka_server_raft_metrics_current_epoch{job="kafka",broker="${node}"}`;
const metadata = (what: string, node: number, instance = "a") =>
  `kafka_server_broker_metadata_metrics_metadata_${what}_error_count{job="kafka",broker="${node}",instance="${instance}"}`;
/** What one broker says, and what it said from addresses that it had before. */
const everywhere = (what: string, node: number, values: string) => ({
  [metadata(what, node)]: values,
  [metadata(what, node, "b")]: values,
  [metadata(what, node, "c")]: always(0),
});

export const BROKER_CASES: AlertCases = {
  "KafkaBrokerDown critical": [
    {
      title: "a broker whose process does not answer is down, and named",
      series: {
        [up(0)]: always(1),
        [up(1)]: goes,
        [registered(0)]: always(1),
        [registered(1)]: always(1),
      },
      since: 2 * MINUTE,
      fires: [{ broker: "1" }],
      says: "Broker 1 of c has not answered for 2 minutes.",
    },
    {
      title: "a broker that the others do not see is down although its process answers",
      series: {
        [up(0)]: always(1),
        [up(1)]: always(1),
        [registered(0)]: always(1),
        [registered(1)]: goes,
      },
      since: 2 * MINUTE,
      fires: [{ broker: "1" }],
    },
    {
      title: "two brokers that are down are two alerts of one group",
      series: { [up(0)]: goes, [up(1)]: goes, [up(2)]: always(1) },
      since: 2 * MINUTE,
      fires: [{ broker: "0" }, { broker: "1" }],
    },
    {
      title: "a roll, in which each is away for a minute and a half, is silent",
      series: {
        [up(0)]: inTurn(held(1, 2 * MINUTE), held(0, 1.5 * MINUTE), always(1)),
        [up(1)]: inTurn(held(1, 4 * MINUTE), held(0, 1.5 * MINUTE), always(1)),
        [up(2)]: inTurn(held(1, 6 * MINUTE), held(0, 1.5 * MINUTE), always(1)),
      },
      silent: [3, 4, 5, 6, 7, 8, 10].map((minutes) => minutes * MINUTE),
    },
    {
      title: "a broker that was taken away on purpose is not down",
      series: {
        ...{ [up(0)]: always(1), [registered(0)]: always(1) },
        ...{ [up(3)]: always(0), [registered(3)]: always(0) },
      },
      silent: [10 * MINUTE],
    },
    {
      title: "what else somebody watches on the host of a broker is no broker",
      series: { [up(1)]: always(1), 'up{job="node",broker="1",instance="n1"}': goes },
      silent: [10 * MINUTE],
    },
    {
      title: "programs beside the brokers are no brokers",
      series: {
        [up(0)]: always(1),
        'up{job="prometheus",instance="p"}': always(0),
        'up{job="kafka-exporter",instance="e"}': always(0),
      },
      silent: [10 * MINUTE],
    },
  ],
  "KafkaBrokersMissing critical": [
    {
      title: "a broker whose target is gone is missed",
      series: {
        [up(0)]: always(1),
        [up(1)]: always(1),
        [up(2)]: inTurn(held(1, 2 * MINUTE), "stale"),
        'up{job="prometheus"}': always(1),
      },
      since: 2 * MINUTE,
      fires: [{}],
      says: "2 brokers of c can be seen, also counting those that are not looked for any more.",
    },
    {
      title: "all of them are missed when no target is left",
      series: { 'up{job="prometheus"}': always(1) },
      since: 0,
      fires: [{}],
      says: "0 brokers of c can be seen, also counting those that are not looked for any more.",
    },
    {
      title: "all of them are missed when none answers",
      series: { [up(0)]: goes, [up(1)]: goes, [up(2)]: goes },
      since: 2 * MINUTE,
      fires: [{}],
    },
    {
      title: "four where three are wanted, as while one is added, are enough",
      series: { [up(0)]: always(1), [up(1)]: always(1), [up(2)]: always(1), [up(3)]: always(1) },
      silent: [10 * MINUTE],
    },
    {
      title: "three of three are enough, whatever else is down",
      series: {
        [up(0)]: always(1),
        [up(1)]: always(1),
        [up(2)]: always(1),
        'up{job="prometheus"}': always(0),
      },
      silent: [10 * MINUTE],
    },
  ],
  "KafkaBrokerFenced critical": [
    {
      title: "a fenced broker is told once, however many controllers say it",
      series: {
        [controller("fencedbrokercount", 0)]: comes(0, 1),
        [controller("fencedbrokercount", 1)]: comes(0, 1),
        [controller("fencedbrokercount", 2)]: always(0),
      },
      since: 2 * MINUTE,
      fires: [{}],
      says: "The controller of c fences 1 brokers: it gets no heartbeat of them.",
    },
    {
      title: "none is fenced",
      series: {
        [controller("fencedbrokercount", 0)]: always(0),
        [controller("fencedbrokercount", 1)]: always(0),
      },
      silent: [10 * MINUTE],
    },
    { title: "nobody says anything", series: { [up(0)]: always(0) }, silent: [10 * MINUTE] },
  ],
  "KafkaNoActiveController critical": [
    {
      title: "no node is the active controller",
      series: {
        [controller("activecontrollercount", 0)]: goes,
        [controller("activecontrollercount", 1)]: always(0),
      },
      since: 2 * MINUTE,
      fires: [{}],
      says: "c has 0 active controllers; wanted 1.",
    },
    {
      title: "two nodes are",
      series: {
        [controller("activecontrollercount", 0)]: always(1),
        [controller("activecontrollercount", 1)]: comes(0, 1),
      },
      since: 2 * MINUTE,
      fires: [{}],
    },
    {
      title: "nobody says so any more",
      series: { [controller("activecontrollercount", 0)]: inTurn(held(1, 2 * MINUTE), "stale") },
      since: 2 * MINUTE,
      fires: [{}],
      says: "c has 0 active controllers; wanted 1.",
    },
    {
      title: "one of three is",
      series: {
        [controller("activecontrollercount", 0)]: always(1),
        [controller("activecontrollercount", 1)]: always(0),
        [controller("activecontrollercount", 2)]: always(0),
      },
      silent: [10 * MINUTE],
    },
  ],
  "KafkaQuorumAtRisk critical": [
    {
      title: "two voters of three take part",
      series: {
        [raft(0, "leader")]: always(1),
        [raft(1, "follower")]: always(1),
        [raft(2, "follower")]: inTurn(held(1, 2 * MINUTE), "stale"),
        [raft(2, "candidate")]: inTurn(held("_", 2 * MINUTE), always(1)),
        [raft(3, "observer")]: always(1),
        [raft(4, "unattached")]: always(1),
      },
      since: 2 * MINUTE,
      fires: [{}],
      says: "2 voters of c take part in the quorum.",
    },
    {
      title: "one voter takes part, and no leader is known",
      series: {
        [raft(0, "follower")]: always(1),
        [raft(1, "follower")]: always(0),
        [raft(2, "follower")]: always(0),
      },
      since: 0,
      fires: [{}],
    },
    {
      title: "three of three take part",
      series: {
        [raft(0, "leader")]: always(1),
        [raft(1, "follower")]: always(1),
        [raft(2, "follower")]: always(1),
      },
      silent: [20 * MINUTE],
    },
  ],
  "KafkaControllerChurn warning": [
    {
      title: "seven elections in a quarter of an hour are too many",
      series: {
        [epoch(0)]: inTurn(held(5, 20 * MINUTE), held(12, HOUR)),
        [epoch(1)]: inTurn(held(5, 20 * MINUTE), held(12, HOUR)),
      },
      since: 20 * MINUTE,
      fires: [{}],
      says: "7 elections in c within 15 minutes.",
    },
    {
      title:
        "six, as a roll with repeated votes may have, are not; and neither is a node that starts at 0",
      series: {
        [epoch(0)]: inTurn(held(5, 20 * MINUTE), held(11, HOUR)),
        [epoch(1)]: inTurn(held(5, 10 * MINUTE), held(0, 10 * MINUTE), held(11, HOUR)),
      },
      silent: [11, 22, 25, 30, 40].map((minutes) => minutes * MINUTE),
    },
    {
      title: "after a quarter of an hour they are over",
      series: { [epoch(0)]: inTurn(held(5, 20 * MINUTE), held(12, HOUR)), [epoch(1)]: always(5) },
      since: 20 * MINUTE,
      fires: [{}],
      still: 34.5 * MINUTE,
      silent: [36 * MINUTE],
    },
  ],
  "KafkaMetadataErrors critical": [
    {
      title: "a broker failed to load metadata",
      series: {
        ...everywhere("load", 0, comes(0, 1)),
        [metadata("apply", 0)]: always(0),
        [metadata("load", 1)]: always(0),
        [metadata("apply", 1)]: always(0),
      },
      since: 2 * MINUTE,
      fires: [{ broker: "0" }],
      says: "Broker 0 of c failed 1 times to load or apply metadata.",
    },
    {
      title: "a broker failed to apply metadata",
      series: { [metadata("load", 1)]: always(0), ...everywhere("apply", 1, comes(0, 2)) },
      since: 2 * MINUTE,
      fires: [{ broker: "1" }],
      says: "Broker 1 of c failed 2 times to load or apply metadata.",
    },
    {
      title: "none has, or it has restarted since",
      series: {
        [metadata("load", 0)]: inTurn(held(1, 30), always(0)),
        [metadata("apply", 0)]: always(0),
      },
      silent: [2 * MINUTE, 10 * MINUTE],
    },
  ],
};
