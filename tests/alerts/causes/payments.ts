/** Records that end in the dead letters. */
import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterUnderTest } from "../../faults/cluster.ts";
import { SteadyProducer } from "../../support/kafka/steady-producer.ts";
import { read } from "./consumers.ts";
import { SHOP } from "./domains.ts";

const PAID_PER_SECOND = 5;
const FAILED_PER_SECOND = 2;
/** Read at once by the group. */
const READ_AT_ONCE = PAID_PER_SECOND * 10;
/** Until it is known how much is consumed. */
const CALM_MS = 20_000;
const { topic, group, deadLetters } = SHOP.payments;

/** Writes and reads payments, two of five of which fail, until it is stopped. */
export class FailingPayments {
  readonly #cluster: ClusterUnderTest;
  readonly #producers: SteadyProducer[] = [];
  readonly #stopped = { yet: false };
  #reading: Promise<void> = Promise.resolve();

  constructor(cluster: ClusterUnderTest) {
    this.#cluster = cluster;
  }

  async begin(): Promise<number> {
    const config = await this.#cluster.config();
    this.#producers.push(await SteadyProducer.start(config, topic, PAID_PER_SECOND));
    this.#reading = this.#readOn();
    await sleep(CALM_MS);
    this.#producers.push(await SteadyProducer.start(config, deadLetters, FAILED_PER_SECOND));
    return Date.now();
  }

  async end(): Promise<void> {
    this.#stopped.yet = true;
    // The last read waits for what is still written.
    await this.#reading;
    const produced = await Promise.all(this.#producers.map((producer) => producer.stop()));
    const failures = produced.flatMap((one) => one.failures);
    if (failures.length > 0) throw new Error(`payments were not written: ${failures.join(", ")}`);
  }

  async #readOn(): Promise<void> {
    while (!this.#stopped.yet) {
      await read(this.#cluster, { topic, group }, READ_AT_ONCE);
    }
  }
}
