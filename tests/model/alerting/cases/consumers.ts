import { type AlertCases, held, HOUR, inTurn, MINUTE, rising } from "../alert-case.ts";

const always = (value: number) => held(value, HOUR);
const comes = (before: number, after: number) =>
  inTurn(held(before, 2 * MINUTE), held(after, HOUR));
const of =
  (what: string) =>
  (group: string, topic: string, instance = "a") =>
    `kafka_consumergroup_${what}{job="kafka-exporter",instance="${instance}",consumergroup="${group}",topic="${topic}"}`;
const lag = of("lag_sum");
const behind = of("lag_seconds");
const position = of("current_offset_sum");
const toLoss = of("seconds_to_data_loss");
const lost = of("lost_records_total");

/** The same of another cluster, of which nothing is declared here. */
const elsewhere = (series: string): string => series.replace("{", '{cluster="d",');

const alert = (consumergroup: string, topic: string, owner: string) => ({
  consumergroup,
  topic,
  owner,
});

export const CONSUMER_CASES: AlertCases = {
  "KafkaConsumerLag critical": [
    {
      title:
        "a declared group is further behind than usual, and its own owner is told, not the topic's",
      series: {
        [lag("audit", "orders")]: comes(10_000, 10_001),
        [lag("repair", "failures")]: always(10_000),
        [lag("repair", "scratch")]: always(20),
      },
      since: 2 * MINUTE,
      fires: [alert("audit", "orders", "security")],
      says: "audit has 10k records of orders to read.",
    },
    {
      title: "a limit is that of its own cluster",
      series: {
        [lag("audit", "clicks")]: always(400),
        [elsewhere(lag("audit", "clicks"))]: always(600),
        [elsewhere(lag("audit", "orders"))]: always(10_001),
      },
      since: 0,
      fires: [{ ...alert("audit", "orders", "platform"), cluster: "d" }],
    },
    {
      title: "a topic sets a limit of its own for all its groups, also those with a budget",
      series: {
        [lag("audit", "clicks")]: comes(500, 501),
        [lag("billing", "clicks")]: comes(500, 501),
        [lag("unheard", "clicks")]: comes(500, 501),
        [lag("other", "clicks")]: always(500),
      },
      since: 2 * MINUTE,
      fires: [
        alert("audit", "clicks", "security"),
        alert("billing", "clicks", "finance"),
        alert("unheard", "clicks", "shop"),
      ],
    },
    {
      title:
        "of an undeclared group the owner of the topic is told, and of an undeclared topic the platform",
      series: {
        [lag("unheard", "orders")]: comes(10_000, 10_001),
        [lag("unheard", "scratch")]: comes(10_000, 10_001),
        [lag("other", "scratch")]: always(10_000),
        [lag("other", "orders")]: always(10_000),
      },
      since: 2 * MINUTE,
      fires: [alert("unheard", "orders", "shop"), alert("unheard", "scratch", "platform")],
    },
    {
      title: "two exporters that overlap are one alert",
      series: {
        [lag("audit", "orders")]: comes(10_000, 10_002),
        [lag("audit", "orders", "b")]: comes(9_000, 9_000),
        [lag("unheard", "scratch")]: always(1),
        [lag("unheard", "scratch", "b")]: always(1),
      },
      since: 2 * MINUTE,
      fires: [alert("audit", "orders", "security")],
    },
    {
      title:
        "a budget stands for the limit, dead letters have none, and neither has a topic that says off",
      series: {
        [lag("billing", "orders")]: always(1e9),
        [lag("billing", "views")]: always(1e9),
        [lag("unheard", "views")]: always(1e9),
        [lag("repair", "orders.dlq")]: always(1e9),
      },
      silent: [30 * MINUTE],
    },
  ],
  "KafkaConsumerLag warning": [
    {
      title: "half of the limit is a warning, whosever it is",
      series: {
        [lag("audit", "orders")]: comes(5_000, 5_001),
        [lag("audit", "clicks")]: comes(250, 251),
        [lag("unheard", "scratch")]: comes(5_000, 5_001),
        [lag("other", "scratch")]: always(5_000),
        [lag("audit", "orders", "b")]: always(10),
        [elsewhere(lag("audit", "clicks"))]: always(400),
      },
      since: 2 * MINUTE,
      fires: [
        alert("audit", "clicks", "security"),
        alert("audit", "orders", "security"),
        alert("unheard", "scratch", "platform"),
      ],
      says: [
        "audit has 251 records of clicks to read.",
        "audit has 5.001k records of orders to read.",
        "unheard has 5.001k records of scratch to read.",
      ],
    },
    {
      title: "less than half of it is none",
      series: { [lag("audit", "orders")]: always(5_000), [lag("billing", "orders")]: always(1e9) },
      silent: [30 * MINUTE],
    },
  ],
  "KafkaLagBudgetExceeded critical time": [
    {
      title: "a group is further behind than the time that it may be",
      series: {
        [behind("billing", "orders")]: comes(300, 301),
        [behind("billing", "orders", "b")]: always(2),
        [behind("audit", "orders")]: always(9_000),
      },
      since: 2 * MINUTE,
      fires: [alert("billing", "orders", "finance")],
      says: "billing is 5m 1s behind in orders, which is more than its lagBudget.",
    },
    {
      title: "the time that it may be is not too long, and another topic has no such budget",
      series: {
        [elsewhere(behind("billing", "orders"))]: always(9_000),
        [behind("billing", "orders", "old")]: always(20),

        [behind("billing", "orders")]: always(300),
        [behind("billing", "clicks")]: always(9_000),
      },
      silent: [30 * MINUTE],
    },
    {
      title: "less than it may be is fine",
      series: { [behind("billing", "orders")]: always(20) },
      silent: [30 * MINUTE],
    },
  ],
  "KafkaLagBudgetExceeded critical records": [
    {
      title: "a group is further behind than the records that it may be",
      series: {
        [lag("billing", "views")]: comes(2_000, 2_001),
        [lag("billing", "views", "b")]: always(2),
        [lag("audit", "orders")]: always(9_000),
      },
      since: 2 * MINUTE,
      fires: [alert("billing", "views", "finance")],
      says: "billing is 2.001k records behind in views, which is more than its lagBudget.",
    },
    {
      title: "as many as it may be are not too many",
      series: {
        [elsewhere(lag("billing", "views"))]: always(9_000),
        [lag("audit", "views")]: always(9_000),
        [lag("billing", "clicks")]: always(20),

        [lag("billing", "views")]: always(2_000),
        [lag("billing", "orders")]: always(9_000),
      },
      silent: [30 * MINUTE],
    },
  ],
  "KafkaConsumerStalled warning": [
    {
      title: "a group with something to read commits nothing",
      series: {
        [position("audit", "orders")]: inTurn(rising(0, 1, 10 * MINUTE), held(40, 2 * HOUR)),
        [position("audit", "orders", "b")]: inTurn(rising(0, 1, 10 * MINUTE), held(40, 2 * HOUR)),
        [lag("audit", "orders")]: held(1, 3 * HOUR),
        [lag("audit", "orders", "b")]: held(0, 3 * HOUR),
        [position("billing", "orders")]: rising(0, 1, 3 * HOUR),
        [lag("billing", "orders")]: held(500, 3 * HOUR),
      },
      since: 20 * MINUTE,
      fires: [alert("audit", "orders", "security")],
      says: "audit has records of orders to read and has committed nothing for 10 minutes.",
    },
    {
      title:
        "a group that has read everything, one that nobody declares, and one that went back are none",
      series: {
        [position("billing", "clicks")]: inTurn(
          held(40, 12 * MINUTE),
          held(0, 8 * MINUTE),
          rising(0, 1, HOUR),
        ),
        [lag("billing", "clicks")]: always(100),
        [position("audit", "clicks")]: rising(0, 1, HOUR),
        [lag("audit", "clicks")]: always(100),
        [position("repair", "orders.dlq")]: Array<string>(120).fill("5 6").join(" "),
        [lag("repair", "orders.dlq")]: always(100),
        [elsewhere(position("audit", "orders"))]: always(40),
        [elsewhere(lag("audit", "orders"))]: always(100),

        [position("audit", "orders")]: always(40),
        [lag("audit", "orders")]: always(0),
        [position("unheard", "orders")]: always(40),
        [lag("unheard", "orders")]: always(100),
        [position("billing", "orders")]: rising(5_000, -1, HOUR),
        [lag("billing", "orders")]: always(100),
        [position("repair", "failures")]: always(40),
        [position("repair", "failures", "b")]: rising(0, 1, HOUR),
        [lag("repair", "failures")]: always(5),
      },
      silent: [20 * MINUTE, 50 * MINUTE],
    },
  ],
  "KafkaConsumerLosesData critical ahead": [
    {
      title: "records will be gone in less than an hour",
      series: {
        [toLoss("audit", "orders")]: comes(3_600, 3_599),
        [toLoss("audit", "orders", "b")]: always(1e12),
        [toLoss("audit", "clicks")]: always(1e12),
        [toLoss("billing", "orders")]: always(3_600),
      },
      since: 2 * MINUTE,
      fires: [alert("audit", "orders", "security")],
      says: "In 59m 59s retention removes records of orders that audit has not read.",
    },
    {
      title: "an undeclared group may lose what it likes",
      series: {
        [elsewhere(toLoss("audit", "orders"))]: always(10),

        [toLoss("unheard", "orders")]: always(10),
        [toLoss("audit", "orders")]: always(1e12),
      },
      silent: [30 * MINUTE],
    },
  ],
  "KafkaConsumerLosesData critical happened": [
    {
      title: "records are gone",
      series: {
        [lost("audit", "orders")]: comes(0, 8),
        [lost("audit", "orders", "b")]: comes(0, 8),
        [lost("audit", "orders", "c")]: always(0),
        [lost("audit", "clicks")]: always(3),
        [lost("billing", "orders")]: comes(0, 1),
        [elsewhere(lost("audit", "orders"))]: comes(0, 8),
      },
      since: 2 * MINUTE,
      fires: [alert("audit", "orders", "security"), alert("billing", "orders", "finance")],
      says: [
        "About 8 records of orders were removed before audit had read them.",
        "About 1 records of orders were removed before billing had read them.",
      ],
      still: 11.5 * MINUTE,
      silent: [13 * MINUTE],
    },
    {
      title: "an undeclared group, and an exporter that restarts, are none",
      series: {
        [lost("unheard", "orders")]: comes(0, 8),
        [lost("audit", "orders")]: inTurn(held(8, 5 * MINUTE), always(0)),
      },
      silent: [2 * MINUTE, 6 * MINUTE, 20 * MINUTE],
    },
  ],
};
