import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { BrokerLinks } from "../../clients/kafka/observation/broker-links.ts";
import type { ConnectOptions } from "../../clients/kafka/connect-options.ts";
import type { ExporterConfig } from "../../model/observability/exporter-config.ts";
import { Canary } from "./canary.ts";
import { type CanaryFigures, canaryLatency, canarySeries } from "./canary-figures.ts";
import { ClusterState } from "../../operations/look/cluster-state.ts";
import { clusterSeries } from "./cluster-series.ts";
import { Collector } from "../../operations/look/collector.ts";
import { exposition, type Family } from "./exposition.ts";
import { groupSeries } from "./group-series.ts";
import type { Problems } from "../../operations/look/problems.ts";
import { type Pages, serve } from "./server.ts";
import { figures } from "../../operations/look/topic-figures.ts";

/** Ends of partitions are looked at this often: half of it is the largest error of an age. */
const SAMPLE_MS = 1_900;
/** How long a look may go on when the exporter is told to stop. */
const STOP_MS = 2_000;
/** After so many intervals without a look at the cluster it is not ready. */
const STALE_INTERVALS = 3;

/**
 * Watches one cluster and serves what it sees: a loop that looks at everything, one that looks at the
 * ends of partitions, and the canary. A scrape answers from memory, so that it never waits for Kafka.
 */
export class Exporter {
  readonly state = new ClusterState();
  readonly #config: ExporterConfig;
  readonly #links: BrokerLinks;
  readonly #canaryLinks: BrokerLinks;
  readonly #collector: Collector;
  readonly #canary: Canary | undefined;
  readonly #server: Server;
  #cycling: Promise<void> | undefined;
  #sampling: Promise<void> | undefined;
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(
    config: ExporterConfig,
    options: ConnectOptions,
    problems: Problems,
    other?: Pages["other"],
  ) {
    this.#config = config;
    this.#links = new BrokerLinks(options);
    this.#canaryLinks = new BrokerLinks({ ...options, deadlineMs: 3_000 });
    const declared = config.declared.topics.map(({ name }) => name);
    this.#collector = new Collector(this.#links, this.state, problems, declared);
    this.#canary = config.canary && new Canary(this.#canaryLinks, config.canary.topic, problems);
    this.#server = serve({
      metrics: () => this.metrics(),
      notReady: () => this.notReady(),
      ...(other && { other }),
    });
  }

  /** Listens and begins to watch. Answers with the port. @throws Error when the port is taken */
  async start(): Promise<number> {
    const { host, port } = this.#config.listen;
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject).listen(port, host, () => resolve());
    });
    this.#timers.push(
      setInterval(() => void this.look(), this.#config.intervalSeconds * 1000),
      setInterval(() => void this.#sample(), SAMPLE_MS),
    );
    void this.look();
    this.#canary?.start();
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#canary?.stop();
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
    // A look that is under way ends by itself; one that waits for a silent broker is cut off.
    const looks = Promise.allSettled([this.#cycling, this.#sampling]);
    await Promise.race([looks, sleep(STOP_MS)]);
    await Promise.all([this.#links.close(), this.#canaryLinks.close()]);
    await looks;
  }

  /** One cycle, unless one is under way: then that one. */
  async look(): Promise<void> {
    this.#cycling ??= this.#collector
      .cycle()
      .then(() => this.#canary?.noteRegistered(this.#collector.brokers))
      .finally(() => (this.#cycling = undefined));
    return this.#cycling;
  }

  get canary(): ReadonlyMap<number, CanaryFigures> {
    return this.#canary?.brokers ?? new Map();
  }

  *metrics(): Generator<string> {
    yield* exposition(this.#families());
    if (this.#canary) yield* canaryLatency(this.#canary.brokers);
  }

  /** What keeps it from being ready: nothing of the cluster seen yet, or not for several intervals. */
  notReady(): string | undefined {
    const last =
      this.state.parts.get("topics")?.lastSuccess ?? this.state.parts.get("cluster")?.lastSuccess;
    if (last === undefined) return "the cluster was not seen yet";
    const seconds = Date.now() / 1000 - last;
    if (seconds <= this.#config.intervalSeconds * STALE_INTERVALS) return undefined;
    return `the cluster was not seen for ${String(Math.round(seconds))} s`;
  }

  *#families(): Generator<Family> {
    const now = figures(this.state, this.#config.declared, Date.now());
    yield* clusterSeries(this.state, now, this.#config);
    yield* groupSeries(this.state, now, this.#config);
    if (this.#canary) yield* canarySeries(this.#canary.brokers);
  }

  async #sample(): Promise<void> {
    // The cycle looks at the ends itself; a slow broker must not make looks pile up.
    if (this.#sampling) return;
    // What went wrong is seen by the next cycle, which says so.
    this.#sampling = this.#collector.sample().catch(() => undefined);
    await this.#sampling;
    this.#sampling = undefined;
  }
}
