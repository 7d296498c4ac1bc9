import {
  type BrokerLinks,
  isDenied,
  type Problem,
} from "../../clients/kafka/observation/broker-links.ts";
import {
  type ClusterLayout,
  clusterLayout,
  type TopicLayout,
} from "../../clients/kafka/observation/cluster-layout.ts";
import { groupMembers } from "../../clients/kafka/observation/group-members.ts";
import { groupPositions } from "../../clients/kafka/observation/group-positions.ts";
import { type Group, listGroups } from "../../clients/kafka/observation/groups.ts";
import { logDirectories } from "../../clients/kafka/observation/log-directories.ts";
import { nextRecords } from "../../clients/kafka/observation/next-records.ts";
import { partitionOffsets } from "../../clients/kafka/observation/partition-offsets.ts";
import {
  type RegisteredBroker,
  registeredBrokers,
} from "../../clients/kafka/observation/registered-brokers.ts";
import { describeLayouts } from "../../clients/kafka/topic-description.ts";
import { KafkaAdminError } from "../../clients/kafka/errors.ts";
import type { CollectedPart } from "../../model/observability/exporter-metrics.ts";
import { hostAndPort } from "../../model/values/network-address.ts";
import type { ClusterState } from "./cluster-state.ts";
import { forgetUnused, noteFound, placesToRead } from "./places-to-read.ts";
import type { Problems } from "./problems.ts";

/** Disks fill slowly: they are looked at in one of so many cycles. */
const CYCLES_PER_DISK_LOOK = 4;
/** Kafka's own topic, there as soon as the first group is: to know a missing right from an empty cluster. */
const PROBE_TOPIC = "__consumer_offsets";

type Collected = readonly Problem[];

/**
 * Asks the cluster, part by part, and notes what it says. A part that fails, or some of it, leaves what
 * was known before. A broker that does not answer once is not asked again in the same cycle.
 */
export class Collector {
  readonly #links: BrokerLinks;
  readonly #state: ClusterState;
  readonly #problems: Problems;
  readonly #declared: readonly string[];
  #brokers: readonly RegisteredBroker[] = [];
  #topics: readonly TopicLayout[] = [];
  #groups: readonly Group[] = [];
  #mayDescribe = true;
  #silent = new Set<number>();
  #cycles = 0;

  constructor(
    links: BrokerLinks,
    state: ClusterState,
    problems: Problems,
    declaredTopics: readonly string[],
  ) {
    this.#links = links;
    this.#state = state;
    this.#problems = problems;
    this.#declared = declaredTopics;
  }

  /** Every broker that is registered, those that are away too. */
  get brokers(): readonly RegisteredBroker[] {
    return this.#brokers;
  }

  /** Looks at everything once. Never fails: what went wrong is in the state of the parts. */
  async cycle(): Promise<void> {
    this.#silent = new Set();
    await this.#part("cluster", () => this.#cluster());
    // The other parts take long to fail: nobody is to be told meanwhile that the brokers are up.
    if (this.#isCut()) this.#noteBrokers();
    await this.#part("topics", () => this.#layout());
    await this.#part("groups", () => this.#listGroups());
    // Positions before ends: records written in between make no lag below zero.
    await this.#part("offsets", () => this.#oldest());
    await this.#part("positions", () => this.#positions());
    if (this.#cycles % CYCLES_PER_DISK_LOOK === 0 || !this.#state.parts.get("log_dirs")?.success) {
      await this.#part("log_dirs", () => this.#directories());
    }
    this.#noteBrokers();
    this.#cycles += 1;
  }

  /** Looks at the ends of partitions only, for the age of records. */
  async sample(): Promise<void> {
    const deadline = this.#links.deadline();
    const asked = await partitionOffsets(this.#links, this.#asked(), this.#topics, "end", deadline);
    this.#state.noteEnds(asked.offsets);
  }

  async #part(part: CollectedPart, collect: () => Promise<Collected>): Promise<void> {
    const state = this.#state.parts.get(part);
    if (!state) return;
    const [started, before] = [performance.now(), this.#links.requests];
    const problems = await collect().catch((error: unknown): Collected => {
      if (error instanceof KafkaAdminError) return [{ broker: -1, error }];
      // An answer that could not be understood is no reason to stop watching the rest.
      const message = `${part}: ${(error as Error).message}`;
      return [{ broker: -1, error: new KafkaAdminError("REFUSED", message) }];
    });
    for (const problem of problems) {
      const { code } = problem.error;
      const gone = ["UNREACHABLE", "DEADLINE", "CONNECTION_LOST", "AUTHENTICATION", "TLS"];
      if (problem.broker >= 0 && gone.includes(code)) this.#silent.add(problem.broker);
    }
    state.denied = problems.some(isDenied);
    state.reason = (problems.find(isDenied) ?? problems[0])?.error.message;
    state.success = problems.length === 0 && this.#isWhole(part);
    state.durationSeconds = (performance.now() - started) / 1000;
    state.requests += this.#links.requests - before;
    if (state.success) state.lastSuccess = Date.now() / 1000;
    const said = problems.map(({ broker, error }): [string, string] => [
      `${String(broker)} ${error.code} ${error.brokerError ?? ""}`,
      error.message,
    ]);
    this.#problems.note(part, new Map(said));
  }

  async #cluster(): Promise<Collected> {
    const { brokers, mayDescribe } = await registeredBrokers(
      this.#links.any,
      this.#links.deadline(),
    );
    this.#brokers = brokers;
    this.#mayDescribe = mayDescribe;
    return mayDescribe ? [] : [this.#denied("may not describe the cluster")];
  }

  async #layout(): Promise<Collected> {
    const deadline = this.#links.deadline();
    const { topics }: ClusterLayout = await clusterLayout(this.#links.any, deadline);
    this.#topics = topics;
    this.#state.noteLayout(topics);
    // Topics without a right are left out without a word: asked by name, Kafka tells which it is.
    const listed = new Set(topics.map(({ name }) => name));
    const absent = this.#declared.filter((name) => !listed.has(name));
    const asked = topics.length === 0 ? [...absent, PROBE_TOPIC] : absent;
    const answers = await describeLayouts(this.#links.any, asked, deadline);
    return answers
      .filter((answer) => answer instanceof KafkaAdminError)
      .map((error) => ({ broker: -1, error }));
  }

  async #listGroups(): Promise<Collected> {
    const deadline = this.#links.deadline();
    const listed = await listGroups(this.#links, this.#asked(), deadline);
    this.#groups = listed.groups;
    const isComplete =
      listed.problems.length === 0 && this.#asked().length === this.#brokers.length;
    this.#state.noteGroups(listed.groups, isComplete);
    const described = await groupMembers(this.#links, this.#asked(), listed.groups, deadline);
    for (const { group, members, generation } of described.members) {
      this.#state.groups.get(group)?.noteMembers(members, generation);
    }
    const hidden = this.#mayDescribe ? [] : [this.#denied("may not see all groups")];
    return [...listed.problems, ...described.problems, ...hidden];
  }

  async #oldest(): Promise<Collected> {
    const deadline = this.#links.deadline();
    const asked = await partitionOffsets(
      this.#links,
      this.#asked(),
      this.#topics,
      "oldest",
      deadline,
    );
    this.#state.noteOldest(asked.offsets);
    return asked.problems;
  }

  async #positions(): Promise<Collected> {
    const deadline = this.#links.deadline();
    const told = await groupPositions(this.#links, this.#asked(), this.#groups, deadline);
    const at = Date.now();
    await this.sample();
    this.#state.notePositions(told.positions, told.complete, at);
    forgetUnused(this.#state);
    const places = placesToRead(this.#state, Date.now());
    const read = await nextRecords(this.#links, this.#asked(), places, deadline);
    noteFound(this.#state, read.found, Date.now());
    return [...told.problems, ...read.problems];
  }

  async #directories(): Promise<Collected> {
    const asked = this.#asked();
    const { directories, problems } = await logDirectories(
      this.#links,
      asked,
      this.#links.deadline(),
    );
    const ofBrokers = Map.groupBy(directories, ({ broker }) => broker);
    for (const [broker, own] of ofBrokers) this.#state.directories.set(broker, own);
    return problems;
  }

  #noteBrokers(): void {
    if (this.#brokers.length === 0) return;
    const registered = new Set(this.#brokers.map(({ id }) => id));
    for (const id of this.#state.brokers.keys()) {
      if (!registered.has(id)) this.#state.brokers.delete(id);
    }
    const isCut = this.#isCut();
    for (const { id, host, port, fenced } of this.#brokers) {
      const up = !isCut && !fenced && !this.#silent.has(id);
      this.#state.brokers.set(id, { address: hostAndPort(host, port), up });
    }
    for (const id of this.#state.directories.keys()) {
      if (!registered.has(id)) this.#state.directories.delete(id);
    }
  }

  /** No broker answered at all. */
  #isCut(): boolean {
    return this.#state.parts.get("cluster")?.success === false && this.#mayDescribe;
  }

  /** Brokers that are worth asking now. */
  #asked(): readonly RegisteredBroker[] {
    return this.#brokers.filter(({ id, fenced }) => !fenced && !this.#silent.has(id));
  }

  /** Whether every broker was asked that knows something of the part. */
  #isWhole(part: CollectedPart): boolean {
    // Any broker knows them.
    if (part === "cluster" || part === "topics") return true;
    if (this.#silent.size > 0 || this.#brokers.length === 0) return false;
    // One that is fenced leads and coordinates nothing any more, but has its disks.
    return part !== "log_dirs" || this.#brokers.every(({ fenced }) => !fenced);
  }

  #denied(what: string): Problem {
    const message = `user ${this.#links.username} ${what}: grant it "observes".`;
    return { broker: -1, error: new KafkaAdminError("AUTHORISATION", message) };
  }
}
