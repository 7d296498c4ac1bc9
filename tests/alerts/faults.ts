/** Which real fault causes which alerts. */
import { alertmanagerComesBack, alertmanagerGoes } from "./causes/watchers.ts";
import { comesBack, dies } from "./causes/brokers.ts";
import {
  readersBegin,
  readersComeBack,
  readersStop,
  recordsAreDeleted,
} from "./causes/consumers.ts";
import { fillsUp, getsItsDiskBack, getsSmallDisk } from "./causes/disk.ts";
import { clientsAreCutOff } from "./causes/network.ts";
import { FailingPayments } from "./causes/payments.ts";
import { reconnect } from "../faults/injection/network.ts";
import { makeTopicThatRots, removeTopicThatRots, rots } from "./causes/rot.ts";
import { makeTopicsOfTwoCopies, removeTopicsOfTwoCopies } from "./causes/topics.ts";
import type { Awaited, Fault, Stage } from "./fault.ts";

const named = (...names: readonly string[]): Awaited[] => names.map((alert) => ({ alert }));

/** Of the canary: what fails of an hour, and of six. */
const BURNS: readonly Awaited[] = [
  { alert: "KafkaErrorBudgetBurn", labels: { window: "1h" } },
  { alert: "KafkaErrorBudgetBurn", labels: { window: "6h" } },
];

/** One broker after the other, none of which comes back by itself. */
const twoBrokers: Fault = {
  name: "two-brokers",
  title: "two brokers die, and the first of them comes back alone",
  prepare: ({ cluster }) => makeTopicsOfTwoCopies(cluster),
  stages: [
    {
      what: "broker 1 dies, and topics have two copies that both have to be in sync",
      cause: ({ cluster }) => dies(cluster, 1),
      called: named("KafkaBrokerDown", "KafkaUnderMinIsr"),
    },
    {
      what: "broker 2 dies while broker 1 is dead",
      cause: ({ cluster }) => dies(cluster, 2),
      called: named("KafkaNoActiveController"),
    },
    {
      what: "broker 1 comes back alone, to partitions whose last copy in sync was on broker 2",
      cause: ({ cluster }) => comesBack(cluster, 1),
      called: named("KafkaUncleanElection", "KafkaOfflinePartitions"),
    },
  ],
  mayCall: BURNS,
  async undo({ cluster }) {
    await comesBack(cluster, 1);
    await comesBack(cluster, 2);
    await cluster.healthy();
    await removeTopicsOfTwoCopies(cluster);
  },
};

const deadMansSwitch: Fault = {
  name: "dead-mans-switch",
  title: "what waits for a sign of life every minute answers no more",
  stages: [
    {
      what: "the receiver of the watchdog answers 503",
      cause({ receiver }) {
        receiver.refused.add("watchdog");
        return Promise.resolve(Date.now());
      },
      called: [{ alert: "AlertsNotDelivered", labels: { to: "a receiver" } }],
    },
  ],
  undo({ receiver }) {
    receiver.refused.delete("watchdog");
    return Promise.resolve();
  },
};

const alertmanager: Fault = {
  name: "alertmanager",
  title: "Alertmanager is away",
  stages: [
    {
      what: "Alertmanager is away: nobody can be told, and the watchdog falls silent",
      cause: ({ cluster }) => alertmanagerGoes(cluster),
      called: [],
      shown: [{ alert: "AlertsNotDelivered", labels: { to: "Alertmanager" } }],
    },
  ],
  undo: ({ cluster }) => alertmanagerComesBack(cluster),
};

const DEAD_BROKER: Stage = {
  what: "broker 2 dies",
  cause: ({ cluster }) => dies(cluster, 2),
  called: named("KafkaBrokerDown"),
};

/** What is tried with every change: one broker is one call, which names it, although another alert fires. */
export const REDUCED: Fault = {
  name: "dead-broker",
  title: "one broker dies",
  stages: [
    {
      ...DEAD_BROKER,
      called: [{ alert: "KafkaBrokerDown", of: { broker: "2" } }],
      heldBack: named("KafkaBrokerFenced"),
    },
  ],
  mayCall: BURNS,
  async undo({ cluster }) {
    await comesBack(cluster, 2);
    await cluster.healthy();
  },
};

const oneBroker: Fault = {
  name: "one-broker",
  title: "one broker dies, and comes back to records that have rotted meanwhile",
  prepare: ({ cluster }) => makeTopicThatRots(cluster),
  stages: [
    {
      ...DEAD_BROKER,
      heldBack: named(
        "KafkaCanaryDown",
        "KafkaBrokerFenced",
        "KafkaBrokersMissing",
        "KafkaQuorumAtRisk",
        "KafkaUnderReplicated",
      ),
    },
    {
      what: "broker 2 comes back, and copies from a disk on which a batch of records has another offset",
      endsTheOthers: true,
      async cause({ cluster }) {
        await rots(cluster);
        return comesBack(cluster, 2);
      },
      called: named("KafkaReplicaFetcherFailed"),
    },
  ],
  mayCall: BURNS,
  async undo({ cluster }) {
    await comesBack(cluster, 2);
    await removeTopicThatRots(cluster);
    await cluster.healthy();
  },
};

const clientsCutOff: Fault = {
  name: "clients-cut-off",
  title: "clients do not reach a broker that otherwise is well",
  stages: [
    {
      what: "the network drops all that clients and broker 0 send each other",
      cause: ({ cluster }) => clientsAreCutOff(cluster, 0),
      called: [...named("KafkaCanaryDown"), ...BURNS],
    },
  ],
  undo: reconnect,
};

const consumers: Fault = {
  name: "consumers",
  title: "groups stop reading, and records are deleted that nobody has read",
  prepare: ({ cluster }) => readersBegin(cluster),
  stages: [
    {
      what: "groups do not read on, and are behind more than they may be",
      cause: ({ cluster }) => readersStop(cluster),
      called: [
        ...named("KafkaConsumerLag"),
        { alert: "KafkaLagBudgetExceeded", labels: { budget: "time" } },
        { alert: "KafkaLagBudgetExceeded", labels: { budget: "records" } },
        { alert: "KafkaConsumerLosesData", labels: { loss: "ahead" } },
      ],
    },
    {
      what: "somebody deletes records that a group has not read",
      cause: ({ cluster }) => recordsAreDeleted(cluster),
      called: [{ alert: "KafkaConsumerLosesData", labels: { loss: "happened" } }],
    },
  ],
  undo: ({ cluster }) => readersComeBack(cluster),
};

let payments: FailingPayments | undefined;

const deadLetters: Fault = {
  name: "dead-letters",
  title: "records cannot be processed",
  stages: [
    {
      what: "two of five records that are read end in the dead letters",
      cause({ cluster }) {
        payments = new FailingPayments(cluster);
        return payments.begin();
      },
      called: named("KafkaErrorRate"),
    },
  ],
  undo: async () => payments?.end(),
};

const disk: Fault = {
  name: "disk",
  title: "a disk fills up",
  prepare: ({ cluster }) => getsSmallDisk(cluster, 1),
  stages: [
    {
      what: "the disk of broker 1 is filled to nine tenths",
      cause: ({ cluster }) => fillsUp(cluster, 1),
      called: named("KafkaDiskUsage"),
    },
  ],
  undo: ({ cluster }) => getsItsDiskBack(cluster, 1),
};

/** Those of a round are caused together; what takes long to be over is first. */
export const ROUNDS: readonly (readonly Fault[])[] = [
  [clientsCutOff],
  [twoBrokers],
  [deadMansSwitch, consumers, deadLetters],
  [alertmanager],
  [disk],
  [oneBroker],
];

export const FAULTS: readonly Fault[] = ROUNDS.flat();

/** Critical alerts that no fault here causes, and why. */
export const NOT_CAUSED: readonly (Awaited & { readonly why: string })[] = [
  {
    alert: "KafkaLogDirOffline",
    why:
      "A broker of the platform has one log directory. When that fails it stops at once, and KafkaBrokerDown calls; " +
      "the gauge is there for brokers that are given more.",
  },
  {
    alert: "KafkaMetadataErrors",
    why:
      "Each broker is a controller too, which stops when it cannot load metadata, and KafkaBrokerDown calls. What is " +
      "counted without a stop is metadata that is loaded and cannot be applied: known of bugs alone.",
  },
];
