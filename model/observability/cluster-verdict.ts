import type { ClusterView, TopicView } from "./cluster-view.ts";
import { count, duration, list, more, named, sum } from "./verdict-words.ts";
import { BEHIND_MS, excess, isFull, isLate, isPoor, used } from "./view-limits.ts";

export interface Verdict {
  readonly state: "fine" | "degraded" | "broken" | "unknown";
  readonly sentence: string;
  /** Why, as far as it can be seen, in a sentence. */
  readonly why?: string | undefined;
  /** The command that shows more of it, or mends it, without the name of the program. */
  readonly run?: string | undefined;
}

/**
 * The state of a cluster in one sentence: the worst of what is seen. What cannot be seen comes first,
 * because nothing can be said of the rest.
 */
export function clusterVerdict(view: ClusterView): Verdict {
  for (const judge of JUDGES) {
    const verdict = judge(view);
    if (verdict) return verdict;
  }
  const { brokers, topics, groups } = view;
  const counted = [
    count(brokers.length, "broker"),
    count(topics.length, "topic"),
    count(new Set(groups.map(({ group }) => group)).size, "consumer group"),
  ];
  return { state: "fine", sentence: `All is well: ${counted.join(", ")}.` };
}

type Judge = (view: ClusterView) => Verdict | undefined;

const unseen: Judge = ({ parts, quorum, viewer = "the exporter" }) => {
  const denied = [
    ...(quorum?.result === "denied" ? ["quorum"] : []),
    ...parts.filter(({ result }) => result === "denied").map(({ part }) => named(part)),
  ];
  if (denied.length > 0) {
    return unknown(`Not all can be seen: ${viewer} has no right to look at ${list(denied)}.`, {
      why: parts.find(({ result }) => result === "denied")?.reason,
    });
  }
  const failed = parts.filter(({ result }) => result === "failed");
  const [cluster] = failed.filter(({ part }) => part === "cluster");
  if (cluster) {
    return cluster.lastSeen === undefined
      ? unknown(
          viewer === "the exporter"
            ? "Kafka does not answer, and has not since the exporter started."
            : "Kafka does not answer, so nothing is known of it.",
          { why: cluster.reason },
        )
      : {
          state: "broken",
          sentence: "Kafka does not answer. What is shown is what was seen last.",
        };
  }
  return undefined;
};

const noQuorum: Judge = ({ quorum }) => {
  if (!quorum || quorum.result === "seen" || quorum.result === "denied") return undefined;
  const { result, reason } = quorum;
  return result === "timed out"
    ? broken("The controllers have no majority: nothing can be created, changed or elected.", {
        why: "Whoever asked for the quorum got no answer in time; what metadata says is old.",
        run: "health --detailed",
      })
    : unknown("Whether the controllers have a majority could not be found out.", { why: reason });
};

const withoutLeader: Judge = (view) => {
  const { topics } = view;
  const partitions = sum(topics, ({ withoutLeader: number }) => number);
  return partitions === 0
    ? undefined
    : broken(`${count(partitions, "partition")} can be neither read nor written: no leader.`, {
        why: whoIsAway(view) ?? "Every broker answers: the copies that could lead are not in sync.",
        run: topicsLike(topics, ({ withoutLeader: number }) => number),
      });
};

const refusesWrites: Judge = (view) => {
  const { topics } = view;
  const partitions = sum(topics, ({ belowMinIsr }) => belowMinIsr);
  return partitions === 0
    ? undefined
    : broken(`${count(partitions, "partition")} can be read, but not written: too few replicas.`, {
        why: whoIsAway(view) ?? "Every broker answers: copies catch up, or disks are too slow.",
        run: topicsLike(topics, ({ belowMinIsr }) => belowMinIsr),
      });
};

const brokersAway: Judge = ({ brokers, topics }) => {
  const away = brokers.filter(({ up }) => !up).map(({ id }) => String(id));
  if (away.length === 0) return undefined;
  const missing = sum(topics, ({ underReplicated }) => underReplicated);
  const broker = away.length === 1 ? "Broker" : "Brokers";
  return degraded(
    `${broker} ${list(away)} cannot be reached; ${count(missing, "partition")} ${missing === 1 ? "misses" : "miss"} a copy.`,
    { why: whoIsAway({ brokers }), run: "health --detailed" },
  );
};

const disksFull: Judge = ({ brokers }) => {
  const full = brokers.filter(isFull);
  const [worst, ...others] = full.toSorted((one, other) => used(other) - used(one));
  return (
    worst &&
    degraded(
      `The disk of broker ${String(worst.id)} is ${String(Math.floor(used(worst) * 100))} % full${more(others)}.`,
      {
        why: "A broker whose disk is full stops, and takes its copies with it.",
        run: "topics",
      },
    )
  );
};

const votersBehind: Judge = ({ quorum }) => {
  if (quorum?.result !== "seen") return undefined;
  const behind = quorum.voters.filter(({ behindMs }) => behindMs > BEHIND_MS);
  if (behind.length === 0) return undefined;
  const left = quorum.voters.length - behind.length;
  return degraded(
    `Controller ${list(behind.map(({ id }) => String(id)))} does not follow the leader, ${String(quorum.leader)}.`,
    {
      why: `${String(left)} of ${String(quorum.voters.length)} controllers are left; a majority is needed.`,
      run: "health --detailed",
    },
  );
};

const ending: Judge = ({ ends = [] }) => {
  const [first, ...others] = ends;
  const rest =
    others.length === 0
      ? ""
      : `; ${String(others.length)} more ${others.length === 1 ? "ends" : "end"} soon`;
  return first === undefined ? undefined : degraded(`${first}${rest}.`);
};

const copiesMissing: Judge = ({ topics }) => {
  const missing = sum(topics, ({ underReplicated }) => underReplicated);
  return missing === 0
    ? undefined
    : degraded(`${count(missing, "partition")} ${missing === 1 ? "misses" : "miss"} a copy.`, {
        why: "Every broker answers: copies catch up, or a disk is too slow.",
        run: topicsLike(topics, ({ underReplicated }) => underReplicated),
      });
};

const losing: Judge = ({ groups }) => {
  const [worst, ...others] = groups
    .filter(({ secondsToDataLoss: seconds }) => seconds !== undefined && seconds < 3600)
    .toSorted((one, other) => (one.secondsToDataLoss ?? 0) - (other.secondsToDataLoss ?? 0));
  return (
    worst &&
    degraded(`${worst.group} is about to lose records of ${worst.topic}${more(others)}.`, {
      why: "Retention removes what it has not read yet.",
      run: `groups ${worst.group}`,
    })
  );
};

const overBudget: Judge = ({ groups }) => {
  const [worst, ...others] = groups
    .filter(isLate)
    .toSorted((one, other) => excess(other) - excess(one));
  return (
    worst &&
    degraded(`${worst.group} is further behind on ${worst.topic} than it may be${more(others)}.`, {
      why:
        worst.members === 0
          ? "It has no members: nobody reads."
          : `Its oldest unread record is ${duration(worst.lagSeconds)} old; ${duration(worst.lagBudgetSeconds)} are allowed.`,
      run: `groups ${worst.group}`,
    })
  );
};

const poorTopics: Judge = ({ topics }) => {
  const [worst, ...others] = topics
    .filter(isPoor)
    .toSorted((one, other) => (one.health ?? 0) - (other.health ?? 0));
  return (
    worst &&
    degraded(`Topic ${worst.name} is in poor health${more(others)}.`, {
      why: `It scores ${String(worst.health)} of 100.`,
      run: `topics ${worst.name}`,
    })
  );
};

const partlySeen: Judge = ({ parts }) => {
  const failed = parts.filter(({ result }) => result === "failed").map(({ part }) => named(part));
  return failed.length === 0
    ? undefined
    : unknown(`Not all can be seen: the last look at ${list(failed)} failed.`, {
        why: parts.find(({ result }) => result === "failed")?.reason,
      });
};

const JUDGES: readonly Judge[] = [
  unseen,
  noQuorum,
  withoutLeader,
  refusesWrites,
  brokersAway,
  disksFull,
  copiesMissing,
  votersBehind,
  losing,
  overBudget,
  ending,
  poorTopics,
  partlySeen,
];

type More = Pick<Verdict, "why" | "run">;
const broken = (sentence: string, and: More = {}): Verdict => ({
  ...{ state: "broken", sentence },
  ...and,
});
const degraded = (sentence: string, and: More = {}): Verdict => ({
  ...{ state: "degraded", sentence },
  ...and,
});
const unknown = (sentence: string, and: More = {}): Verdict => ({
  ...{ state: "unknown", sentence },
  ...and,
});

/** In words which brokers do not answer; undefined where all do. */
function whoIsAway({ brokers }: Pick<ClusterView, "brokers">): string | undefined {
  const away = brokers.filter(({ up }) => !up);
  if (away.length === 0) return undefined;
  const named = away.map(({ id, address }) => `${String(id)} (${address})`);
  return `Nothing answers at broker ${list(named)}.`;
}

/** The command that shows the worst topic of some. */
function topicsLike(topics: readonly TopicView[], of: (topic: TopicView) => number): string {
  const [worst] = topics.toSorted((one, other) => of(other) - of(one));
  return worst ? `topics ${worst.name}` : "topics";
}
