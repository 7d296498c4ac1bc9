import type { BrokerAddress, BrokerLinks } from "../../clients/kafka/observation/broker-links.ts";
import { topicLeaders } from "../../clients/kafka/observation/cluster-layout.ts";
import { readRecord, writeRecord } from "../../clients/kafka/observation/probe-records.ts";
import { KafkaAdminError } from "../../clients/kafka/errors.ts";
import type { Deadline } from "../../clients/kafka/deadline.ts";
import { messageOf } from "../../model/values/user-error.ts";
import { CanaryFigures } from "./canary-figures.ts";
import type { Problems } from "../../operations/look/problems.ts";

const EVERY_MS = 1_000;

/** The leader has just changed, which every client follows: not a failure, the next record shows. */
const MOVED = ["NOT_LEADER_OR_FOLLOWER", "FENCED_LEADER_EPOCH", "UNKNOWN_LEADER_EPOCH"];

/**
 * A record a second through each broker, to one partition that it leads, acknowledged by all replicas in
 * sync and read back: what clients of the cluster go through.
 *
 * A broker that leads no partition is sent nothing, since no client depends on it then; if it does not
 * answer either, it is down, which is another figure than failed records.
 */
export class Canary {
  readonly brokers = new Map<number, CanaryFigures>();
  readonly #links: BrokerLinks;
  readonly #topic: string;
  readonly #problems: Problems;
  readonly #busy = new Set<number>();
  readonly #failing = new Map<string, string>();
  #known: readonly BrokerAddress[] = [];
  /** A partition that each broker leads. */
  #led = new Map<number, number>();
  #looking = false;
  #timer: NodeJS.Timeout | undefined;

  /** The links are its own: a record must not wait behind a question about ten thousand partitions. */
  constructor(links: BrokerLinks, topic: string, problems: Problems) {
    this.#links = links;
    this.#topic = topic;
    this.#problems = problems;
  }

  start(): void {
    this.#timer = setInterval(() => void this.tick(), EVERY_MS);
    void this.tick();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Brokers of the cluster, those that are away too: of the others nothing is kept. */
  noteRegistered(brokers: readonly BrokerAddress[]): void {
    this.#known = brokers;
    const registered = new Set(brokers.map(({ id }) => id));
    for (const id of this.brokers.keys()) if (!registered.has(id)) this.brokers.delete(id);
  }

  /** One round. A broker that has not answered the last one yet is left out. */
  async tick(): Promise<void> {
    await Promise.all([this.#look(), ...this.#known.map((broker) => this.#probe(broker))]);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const leaders = await topicLeaders(this.#links.any, this.#topic, this.#links.deadline());
      this.#led = new Map(leaders.map((leader, partition) => [leader, partition]));
      this.#say("leaders", undefined);
    } catch (error) {
      this.#say("leaders", error);
    } finally {
      this.#looking = false;
    }
  }

  async #probe(broker: BrokerAddress): Promise<void> {
    if (this.#busy.has(broker.id)) return;
    this.#busy.add(broker.id);
    const partition = this.#led.get(broker.id);
    const deadline = this.#links.deadline();
    try {
      if (partition === undefined) await this.#knock(broker, deadline);
      else await this.#send(broker, partition, deadline);
    } finally {
      this.#busy.delete(broker.id);
    }
  }

  async #send(broker: BrokerAddress, partition: number, deadline: Deadline): Promise<void> {
    const link = this.#links.to(broker);
    const started = performance.now();
    const value = Buffer.from(new Date().toISOString());
    try {
      const offset = await writeRecord(link, this.#topic, partition, value, deadline);
      await readRecord(link, this.#topic, partition, offset, deadline);
      this.#of(broker).noteRead((performance.now() - started) / 1000);
      this.#say(String(broker.id), undefined);
    } catch (error) {
      if (error instanceof KafkaAdminError && MOVED.includes(error.brokerError ?? "")) return;
      this.#of(broker).noteFailed();
      this.#say(String(broker.id), error);
    }
  }

  /** A broker that leads none of the partitions: whether it is there at all. */
  async #knock(broker: BrokerAddress, deadline: Deadline): Promise<void> {
    // Before the leaders are known there is nothing to say of any broker.
    if (this.#led.size === 0) return;
    try {
      await topicLeaders(this.#links.to(broker), this.#topic, deadline);
      this.#of(broker).up = true;
      this.#say(String(broker.id), undefined);
    } catch (error) {
      this.#of(broker).up = false;
      this.#say(String(broker.id), error);
    }
  }

  #of({ id }: BrokerAddress): CanaryFigures {
    let figures = this.brokers.get(id);
    if (!figures) this.brokers.set(id, (figures = new CanaryFigures()));
    return figures;
  }

  #say(key: string, error: unknown): void {
    if (error === undefined) this.#failing.delete(key);
    else this.#failing.set(key, messageOf(error));
    this.#problems.note("canary", this.#failing);
  }
}
