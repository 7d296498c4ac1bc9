import type { BrokerLink } from "../../clients/kafka/broker-link.ts";
import type { BrokerLinks } from "../../clients/kafka/observation/broker-links.ts";
import { describeQuorum } from "../../clients/kafka/observation/quorum.ts";
import { KafkaAdminError } from "../../clients/kafka/errors.ts";
import type { ClusterView, QuorumView } from "../../model/observability/cluster-view.ts";
import type { ExporterConfig } from "../../model/observability/exporter-config.ts";
import { messageOf } from "../../model/values/user-error.ts";
import { ClusterState } from "../look/cluster-state.ts";
import { clusterViewOf } from "../look/cluster-view-of.ts";
import { Collector } from "../look/collector.ts";
import { Problems } from "../look/problems.ts";

/** What a look is told beside what it sees. */
export interface LookedFor {
  readonly cluster: string;
  readonly declared: ExporterConfig["declared"];
  /** What ends soon, in sentences. */
  readonly ends: readonly string[];
}

/** Looks at one cluster, as often as it is told to; what it saw before makes rates and movements. */
export class Looker {
  readonly state = new ClusterState();
  readonly #links: BrokerLinks;
  readonly #controllers: BrokerLink;
  readonly #lookedFor: LookedFor;
  readonly #collector: Collector;

  /** @param controllers a link of its own: a broker answers one question of a connection after the other */
  constructor(links: BrokerLinks, controllers: BrokerLink, lookedFor: LookedFor) {
    this.#links = links;
    this.#controllers = controllers;
    this.#lookedFor = lookedFor;
    const names = lookedFor.declared.topics.map(({ name }) => name);
    // What goes wrong is in the parts of the view.
    this.#collector = new Collector(links, this.state, new Problems(() => undefined), names);
  }

  /** Never fails: what cannot be seen is said so in the view. */
  async look(): Promise<ClusterView> {
    const [quorum] = await Promise.all([this.#quorum(), this.#collector.cycle()]);
    const { cluster, declared, ends } = this.#lookedFor;
    const view = clusterViewOf(
      this.state,
      { cluster, declared } as ExporterConfig,
      undefined,
      Date.now(),
    );
    return { ...view, quorum, ends, viewer: `account ${this.#links.username}` };
  }

  /** Looks at the ends of partitions only: what was written since. */
  async sample(): Promise<void> {
    await this.#collector.sample();
  }

  async #quorum(): Promise<QuorumView> {
    try {
      const quorum = await describeQuorum(this.#controllers, this.#controllers.deadline());
      return { result: "seen", ...quorum };
    } catch (error) {
      const reason = messageOf(error);
      const code = error instanceof KafkaAdminError ? error.code : "REFUSED";
      const brokerError = error instanceof KafkaAdminError ? error.brokerError : undefined;
      if (code === "AUTHORISATION") return { result: "denied", reason };
      const late = code === "DEADLINE" || brokerError === "REQUEST_TIMED_OUT";
      return { result: late ? "timed out" : "failed", reason };
    }
  }
}
