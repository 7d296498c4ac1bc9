import { type AlertCases, DAY, held, HOUR, inTurn, MINUTE, rising } from "../alert-case.ts";

const of = (what: string) => (broker: number) =>
  `kafka_canary_${what}{job="kafka-exporter",instance="e",broker="${broker}"}`;
const sent = of("sent_total");
const failed = of("failed_total");
const works = of("up");

/** Both brokers get a record a second, of which so many in 10,000 fail at the first. */
const failing = (perTenThousand: number, hours: number, interval: number, later = 0) => ({
  [sent(0)]: rising(0, interval, hours * HOUR * 2, interval),
  [sent(1)]: rising(0, interval, hours * HOUR * 2, interval),
  [failed(0)]: inTurn(
    rising(0, (interval * perTenThousand) / 10_000, hours * HOUR, interval),
    rising(
      (hours * HOUR * perTenThousand) / 10_000 + (interval * later) / 10_000,
      (interval * later) / 10_000,
      hours * HOUR,
      interval,
    ),
  ),
  [failed(1)]: held(0, hours * HOUR * 2, interval),
});

export const SERVICE_LEVEL_CASES: AlertCases = {
  "KafkaErrorBudgetBurn critical 1h": [
    {
      title: "fewer failures lately end it, though there still are some",
      series: failing(800, 2, 15, 240),
      silent: [2 * HOUR + 8 * MINUTE],
    },
    {
      title: "1.45 percent of the records fail",
      series: failing(290, 2, 15),
      // A share of an hour: so long it takes.
      since: 3585,
      fires: [{}],
      says: "1.45% of the canary's records failed within 1h, 14.4 times what may.",
      still: 119 * MINUTE,
      silent: [130 * MINUTE],
    },
    {
      title: "failures of another cluster do not prolong it",
      series: {
        ...failing(290, 2, 15),
        'kafka_canary_sent_total{cluster="d",broker="0"}': rising(0, 15, 4 * HOUR),
        'kafka_canary_failed_total{cluster="d",broker="0"}': inTurn(
          held(0, 129.5 * MINUTE),
          rising(0, 15, 30),
          held(30, HOUR),
        ),
      },
      silent: [130 * MINUTE],
    },
    {
      title: "1.43 percent fail, which is not fast enough",
      series: failing(286, 2, 15),
      silent: [HOUR, 110 * MINUTE],
    },
    {
      title: "a burst of a few seconds is forgiven by the long window",
      series: {
        [sent(0)]: rising(0, 15, 2 * HOUR),
        [failed(0)]: inTurn(held(0, HOUR), held(30, HOUR)),
      },
      silent: [62 * MINUTE, 64 * MINUTE],
    },
    {
      title:
        "failures that begin after an hour of success are told once they are 1.44 percent of it",
      series: {
        [sent(0)]: rising(0, 15, 3 * HOUR),
        [failed(0)]: inTurn(held(0, HOUR), rising(0, 15, HOUR)),
      },
      since: 61 * MINUTE,
      fires: [{}],
      says: "3.333% of the canary's records failed within 1h, 14.4 times what may.",
    },
    {
      title:
        "a minute's failure of a canary that began ten minutes ago is a small share of an hour",
      series: {
        [sent(0)]: rising(0, 15, HOUR),
        [sent(1)]: rising(0, 15, HOUR),
        [failed(0)]: inTurn(held(0, 10 * MINUTE), rising(0, 15, MINUTE), held(60, HOUR)),
      },
      silent: [11 * MINUTE, 12 * MINUTE, 13 * MINUTE, 14 * MINUTE],
    },
    {
      title: "all fail from the start",
      series: { [sent(0)]: rising(0, 15, HOUR), [failed(0)]: rising(0, 15, HOUR) },
      since: 15,
      fires: [{}],
    },
    { title: "no canary runs", series: { up: held(1, HOUR) }, silent: [30 * MINUTE] },
    {
      title: "an exporter that restarts has failed nothing",
      series: {
        [sent(0)]: inTurn(rising(0, 15, HOUR), rising(0, 15, HOUR)),
        [failed(0)]: inTurn(held(500, HOUR), held(0, HOUR)),
      },
      silent: [61 * MINUTE, 70 * MINUTE],
    },
  ],
  "KafkaErrorBudgetBurn critical 6h": [
    {
      title: "fewer failures lately end it, though there still are some",
      series: failing(400, 8, 60, 100),
      interval: "1m",
      silent: [8 * HOUR + 40 * MINUTE],
    },
    {
      title: "0.61 percent of the records fail for hours",
      series: failing(122, 8, 60),
      interval: "1m",
      since: 355 * MINUTE,
      fires: [{}],
      says: "0.6032% of the canary's records failed within 6h, 6 times what may.",
      still: 7.9 * HOUR,
      silent: [8 * HOUR + 40 * MINUTE],
    },
    {
      title: "0.59 percent is not fast enough",
      series: failing(118, 8, 60),
      interval: "1m",
      silent: [6 * HOUR],
    },
    {
      title: "a burst is forgiven by the long window",
      series: {
        [sent(0)]: rising(0, 60, 9 * HOUR, 60),
        [failed(0)]: inTurn(held(0, 7 * HOUR, 60), held(100, 2 * HOUR, 60)),
      },
      interval: "1m",
      silent: [7 * HOUR + 10 * MINUTE],
    },
  ],
  "KafkaErrorBudgetBurn warning 3d": [
    {
      title: "fewer failures lately end it, though there still are some",
      series: failing(60, 96, 900, 17),
      interval: "15m",
      silent: [103 * HOUR],
    },
    {
      title: "0.11 percent of the records fail for days",
      series: failing(22, 96, 900),
      interval: "15m",
      since: 15 * MINUTE,
      fires: [{}],
      says: "0.11% of the canary's records failed within 3d, 1 times what may.",
      still: 95 * HOUR,
      silent: [103 * HOUR],
    },
    {
      title: "0.09 percent is what may fail",
      series: failing(18, 96, 900),
      interval: "15m",
      silent: [80 * HOUR],
    },
    {
      title: "a burst is forgiven by the long window",
      series: {
        [sent(0)]: rising(0, 900, 5 * DAY, 900),
        [failed(0)]: inTurn(held(0, 4 * DAY, 900), held(200, DAY, 900)),
      },
      interval: "15m",
      silent: [4 * DAY + HOUR],
    },
  ],
  "KafkaCanaryDown critical": [
    {
      title: "no record comes back through one broker",
      series: {
        [works(0)]: held(1, HOUR),
        [works(1)]: inTurn(held(1, 2 * MINUTE), held(0, HOUR)),
        'kafka_canary_up{job="kafka-exporter",instance="old",broker="0"}': held(0, HOUR),
      },
      since: 2 * MINUTE,
      fires: [{ broker: "1" }],
      says: "The canary's records do not come back through broker 1 of c.",
    },
    {
      title: "a roll holds it up for a minute and a half",
      series: {
        [works(0)]: inTurn(held(1, MINUTE), held(0, 90), held(1, HOUR)),
        [works(1)]: inTurn(held(1, 3 * MINUTE), held(0, 90), held(1, HOUR)),
      },
      silent: [2, 3, 4, 5].map((minutes) => minutes * MINUTE),
    },
  ],
};
