import { type AlertCases, held, HOUR, inTurn, MINUTE, rising } from "../alert-case.ts";

const always = (value: number) => held(value, 2 * HOUR);
const comes = (before: number, after: number) =>
  inTurn(held(before, 2 * MINUTE), held(after, 2 * HOUR));
const ofTopic = (metric: string, topic: string, instance = "a") =>
  `kafka_topic_${metric}{job="kafka-exporter",instance="${instance}",topic="${topic}"}`;
const errors = (topic: string, instance?: string) => ofTopic("error_ratio", topic, instance);
const written = (topic: string, instance?: string) => ofTopic("messages_total", topic, instance);
const offset = (which: "current" | "oldest", topic: string, partition: number, instance = "a") =>
  `kafka_topic_partition_${which}_offset{job="kafka-exporter",instance="${instance}",topic="${topic}",partition="${partition}"}`;
const due = (account: string, owner: string, instance = "a") =>
  `kafka_credential_due_timestamp_seconds{job="kafka-exporter",instance="${instance}",account="${account}",owner="${owner}"}`;

/** The same of another cluster, of which nothing is declared here. */
const elsewhere = (series: string): string => series.replace("{", '{cluster="d",');

const alert = (topic: string) => ({ topic, owner: "shop" });

export const TOPIC_CASES: AlertCases = {
  "KafkaErrorRate critical": [
    {
      title: "a topic has a limit of its own, and another the usual one",
      series: {
        [errors("orders")]: comes(0.1, 0.11),
        [errors("orders", "b")]: always(0.01),
        [errors("clicks")]: comes(0.05, 0.06),
      },
      since: 2 * MINUTE,
      fires: [alert("clicks"), alert("orders")],
      says: [
        "6% of what is consumed of clicks ends in its dead letters.",
        "11% of what is consumed of orders ends in its dead letters.",
      ],
    },
    {
      title: "as much as the limit is not too much, and a topic without dead letters has none",
      series: {
        [elsewhere(errors("orders"))]: always(0.9),

        [errors("orders")]: always(0.1),
        [errors("clicks")]: always(0.05),
        [errors("views")]: always(0.9),
      },
      silent: [30 * MINUTE],
    },
    {
      title: "less than the limit is fine",
      series: { [errors("orders")]: always(0.01), [errors("clicks")]: always(0) },
      silent: [30 * MINUTE],
    },
  ],
  "KafkaDeadLetters warning": [
    {
      title: "one dead letter is told, whether its topic was made for them or is shared",
      series: {
        [written("orders.dlq")]: comes(7, 8),
        [written("orders.dlq", "b")]: comes(7, 8),
        [written("orders.dlq", "c")]: always(7),
        [elsewhere(written("orders.dlq"))]: comes(7, 8),
        [written("failures")]: comes(0, 5),
        [written("orders")]: rising(0, 10, 2 * HOUR),
      },
      since: 2 * MINUTE,
      fires: [alert("failures"), alert("orders.dlq")],
      says: [
        "About 5 records came to failures within an hour.",
        "About 1.062 records came to orders.dlq within an hour.",
      ],
      still: 61 * MINUTE,
      silent: [63 * MINUTE],
    },
    {
      title: "those of before are not told again, and neither is an exporter that restarts",
      series: {
        [written("orders.dlq")]: always(7),
        [written("failures")]: inTurn(held(4, 10 * MINUTE), always(0)),
      },
      silent: [HOUR],
    },
  ],
  "KafkaDeadLetters info": [
    {
      title: "a topic of dead letters is not empty",
      series: {
        [offset("current", "orders.dlq", 0)]: comes(5, 8),
        [offset("oldest", "orders.dlq", 0)]: always(5),
        [offset("current", "orders.dlq", 0, "b")]: always(5),
        [offset("oldest", "orders.dlq", 0, "b")]: always(0),
        [offset("current", "orders.dlq", 1)]: comes(4, 5),
        [offset("oldest", "orders.dlq", 1)]: always(4),
        [offset("current", "orders", 0)]: always(100),
        [offset("oldest", "orders", 0)]: always(0),
      },
      since: 2 * MINUTE,
      fires: [alert("orders.dlq")],
      says: "orders.dlq holds 4 records.",
    },
    {
      title: "one record is enough, whichever exporters saw it",
      series: {
        [offset("current", "failures", 0)]: comes(5, 6),
        [offset("oldest", "failures", 0)]: always(5),
        [offset("oldest", "failures", 0, "b")]: always(5),
      },
      since: 2 * MINUTE,
      fires: [alert("failures")],
    },
    {
      title: "what retention has removed is gone",
      series: {
        [elsewhere(offset("current", "failures", 0))]: always(9),
        [elsewhere(offset("oldest", "failures", 0))]: always(5),

        [offset("current", "failures", 0)]: always(5),
        [offset("oldest", "failures", 0)]: always(5),
      },
      silent: [HOUR],
    },
  ],
  "KafkaTopicQuiet warning 600s": [
    {
      title: "nothing is written for ten minutes to a topic that may be quiet for so long",
      series: {
        [written("orders")]: inTurn(rising(0, 1, 20 * MINUTE), held(80, 2 * HOUR)),
        [written("orders", "b")]: inTurn(rising(0, 1, 20 * MINUTE), held(80, 2 * HOUR)),
        [written("clicks")]: always(1),
      },
      since: 30 * MINUTE,
      fires: [alert("orders")],
      says: "Nothing was written to orders for 600 s, its quietAfter.",
    },
    {
      title: "one record is enough, and so is one that another exporter sees",
      series: {
        [written("orders")]: inTurn(
          held(1, 9 * MINUTE),
          held(2, 9 * MINUTE),
          held(3, 9 * MINUTE),
          always(4),
        ),
      },
      silent: [13, 20, 28, 35].map((minutes) => minutes * MINUTE),
    },
    {
      title:
        "a topic that is not watched for so long yet is not quiet, whatever another or another cluster is",
      series: {
        [written("views")]: always(1),
        [elsewhere(written("orders"))]: always(5),
        [written("orders")]: inTurn(held("_", 20 * MINUTE), always(5)),
      },
      silent: [24, 28, 30].map((minutes) => minutes * MINUTE),
    },
    {
      title: "a topic that is made anew again and again is not quiet",
      series: { [written("orders")]: Array<string>(120).fill("80 0").join(" ") },
      silent: [20 * MINUTE, 40 * MINUTE],
    },
    {
      title: "of one exporter of two that stopped counting nothing follows",
      series: { [written("orders")]: rising(0, 1, 2 * HOUR), [written("orders", "b")]: always(3) },
      silent: [20 * MINUTE],
    },
    {
      title: "it is quiet also right after it was watched for so long",
      series: { [written("orders")]: always(5) },
      since: 10 * MINUTE,
      fires: [alert("orders")],
    },
  ],
  "KafkaTopicQuiet warning 7200s": [
    {
      title: "two hours without a record",
      series: {
        [written("clicks")]: inTurn(rising(0, 1, HOUR, 60), held(60, 4 * HOUR, 60)),
        [written("clicks", "b")]: inTurn(rising(0, 1, HOUR, 60), held(60, 4 * HOUR, 60)),
        [written("orders")]: held(1, 6 * HOUR, 60),
      },
      interval: "1m",
      since: 3 * HOUR,
      fires: [alert("clicks")],
      says: "Nothing was written to clicks for 7200 s, its quietAfter.",
    },
    {
      title: "not yet, whatever another topic or another cluster is",
      series: {
        [written("views")]: held(1, 6 * HOUR, 60),
        [elsewhere(written("clicks"))]: held(5, 6 * HOUR, 60),
        [written("clicks")]: inTurn(held("_", HOUR, 60), held(60, 4 * HOUR, 60)),
      },
      interval: "1m",
      silent: [2 * HOUR + 30 * MINUTE],
    },
    {
      title: "a topic that is made anew again and again is not quiet",
      series: { [written("clicks")]: Array<string>(200).fill("80 0").join(" ") },
      interval: "1m",
      silent: [3 * HOUR, 5 * HOUR],
    },
    {
      title: "one exporter of two still counts",
      series: {
        [written("clicks")]: rising(0, 1, 4 * HOUR, 60),
        [written("clicks", "b")]: held(3, 4 * HOUR, 60),
      },
      interval: "1m",
      silent: [3 * HOUR],
    },
  ],
  "KafkaTopicLoud warning": [
    {
      title: "more than one and a half times of what is declared comes in an hour",
      series: {
        [written("orders")]: inTurn(
          held(0, 2 * HOUR, 60),
          held(1_485, HOUR, 60),
          held(1_520, HOUR, 60),
        ),
        [written("orders", "b")]: held(0, 4 * HOUR, 60),
        [written("clicks")]: inTurn(held(0, 2 * HOUR, 60), held(7_450, 4 * HOUR, 60)),
      },
      interval: "1m",
      since: 3 * HOUR,
      fires: [],
      silent: [2.5 * HOUR],
    },
    {
      title: "a burst counts for an hour",
      series: {
        [written("orders")]: inTurn(held(0, 70 * MINUTE, 60), held(1_530, 4 * HOUR, 60)),
        [written("orders", "b")]: inTurn(held(0, 70 * MINUTE, 60), held(1_530, 4 * HOUR, 60)),
        [written("orders", "c")]: held(0, 5 * HOUR, 60),
        [written("clicks")]: inTurn(held(0, 70 * MINUTE, 60), held(7_500, 4 * HOUR, 60)),
        [elsewhere(written("orders"))]: inTurn(held(0, 70 * MINUTE, 60), held(1_530, 4 * HOUR, 60)),
      },
      interval: "1m",
      since: 70 * MINUTE,
      fires: [alert("orders")],
      says: "1.53k records an hour come to orders: more than 1.5 times its eventsPerHour.",
      still: 129 * MINUTE,
      silent: [132 * MINUTE],
    },
    {
      title: "a topic that was made anew is counted from 0",
      series: {
        [written("orders")]: inTurn(held(90_000, 70 * MINUTE, 60), held(1_600, 4 * HOUR, 60)),
      },
      interval: "1m",
      since: 70 * MINUTE,
      fires: [alert("orders")],
    },
    {
      title: "a topic that declares nothing, and an exporter that restarts, are not loud",
      series: {
        [written("views")]: rising(0, 1_000, 3 * HOUR, 60),
        [written("orders")]: inTurn(held(90_000, 70 * MINUTE, 60), held(90, 2 * HOUR, 60)),
      },
      interval: "1m",
      silent: [85 * MINUTE, 2 * HOUR],
    },
  ],
  "KafkaCredentialOverdue warning": [
    {
      title: "the very moment at which it is due is not too late",
      series: { [due("billing", "finance")]: always(1_200) },
      since: 1_215,
      fires: [{ account: "billing", owner: "finance" }],
    },
    {
      title: "the day is over on which a password was due",
      series: {
        [due("billing", "finance")]: always(1_199),
        [due("billing", "finance", "b")]: always(600),
        [due("audit", "security")]: always(90_000),
      },
      since: 20 * MINUTE,
      fires: [{ account: "billing", owner: "finance" }],
      says: "The password of billing should have been rotated 10m 1s ago.",
    },
    { title: "nobody has a date", series: { up: always(1) }, silent: [HOUR] },
  ],
};
