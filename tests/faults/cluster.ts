/** The cluster that the scenarios harm: the prod stack on the lab. */
import { setTimeout as sleep } from "node:timers/promises";
import { brokerHealth } from "../../guards/broker-health.ts";
import { CLIENT_PROFILES } from "../../components/settings/client-profiles.ts";
import { clientProperties } from "../../components/settings/client-settings.ts";
import { KafkaAdmin } from "../../kafka-admin/admin.ts";
import { brokerPods, brokerProcess, type Pod } from "../kubernetes/support/brokers.ts";
import type { TestCluster } from "../kubernetes/support/lab.ts";
import { PlatformStack } from "../kubernetes/support/platform-stack.ts";
import { type ClientConfig, scramConfig } from "../support/confluent-client.ts";

import { type Broker, BROKERS, podOf } from "./brokers.ts";
import { reconnect } from "./injection/network.ts";

/** Of the topics that are loaded: as many copies and as many in sync as the platform asks for in prod. */
export const REPLICAS = 3;
export const MIN_ISR = 2;

const METRICS_PORT = 9404;
const SCRAPE_MS = 5000;
/** Each question makes three exporters work. */
const ASK_EVERY_MS = 2000;
/** A killed broker is waited for by its own back-off, and recovers its logs on a busy machine. */
const HEALTHY_WITHIN_MS = 300_000;

export class ClusterUnderTest {
  readonly stack: PlatformStack;

  constructor(cluster: TestCluster) {
    this.stack = new PlatformStack({ cluster, name: "kafka-faults", port: 30392 });
  }

  /** Puts the stack up. @param image that the lab has already. Default: made of what is in the checkout */
  async begin(image?: string): Promise<void> {
    await reconnect();
    await this.stack.begin({ enabled: false }, image);
    await this.stack.succeed("start");
  }

  /** Takes everything away. */
  async end(): Promise<void> {
    await reconnect();
    await this.stack.end();
  }

  /** The admin's login, as librdkafka takes it, and what the platform advises its clients. */
  async config(): Promise<ClientConfig> {
    const { bootstrapServers, caCertificate, admin } = await this.stack.outputs();
    const { username, password, mechanism } = admin;
    const { "request.timeout.ms": silence = "" } = CLIENT_PROFILES.durability.producer;
    return {
      ...scramConfig(bootstrapServers, username, password, mechanism, caCertificate),
      "socket.timeout.ms": silence,
    };
  }

  /** The same for Kafka's own tools: where it goes, and the content of their properties file. */
  async tools(): Promise<{ bootstrap: string; properties: string }> {
    const { bootstrapServers: bootstrap, caCertificate, admin } = await this.stack.outputs();
    const connection = { bootstrapServers: bootstrap, caCertificate, ...admin };
    const own = { ...connection, tlsEnabled: true, consumerGroups: [] };
    return { bootstrap, properties: clientProperties(own, "durability") };
  }

  /** Makes topics with three copies, two of them in sync. */
  async createTopics(names: readonly string[], partitions: number): Promise<void> {
    const configs = { "min.insync.replicas": String(MIN_ISR) };
    const topics = names.map((name) => ({
      ...{ name, partitions, replicationFactor: REPLICAS, configs },
    }));
    await this.#asAdmin((admin) => admin.createTopics(topics));
  }

  async deleteTopics(names: readonly string[]): Promise<void> {
    await this.#asAdmin((admin) => admin.deleteTopics(names));
  }

  pods(): Promise<Pod[]> {
    return brokerPods(this.stack);
  }

  async pod(broker: Broker): Promise<Pod> {
    const found = (await this.pods()).find(({ metadata }) => metadata.name === podOf(broker));
    if (!found) throw new Error(`there is no pod ${podOf(broker)}`);
    return found;
  }

  /** Ids of the pods, in the order of the brokers: a broker that is restarted has another one. */
  async podIds(): Promise<string[]> {
    return (await this.pods()).map(({ metadata }) => metadata.uid);
  }

  /** Process id of a broker's JVM. */
  process(broker: Broker): Promise<number> {
    return brokerProcess(this.stack, podOf(broker));
  }

  /** The broker whose controller is active. */
  async activeController(): Promise<Broker> {
    for (const broker of BROKERS) {
      const metrics = await this.metrics(broker);
      if (/^kafka_controller_kafkacontroller_activecontrollercount 1/m.test(metrics ?? "")) {
        return broker;
      }
    }
    throw new Error("no controller is active");
  }

  /** What a broker's exporter says; undefined when it does not answer. */
  async metrics(broker: Broker): Promise<string | undefined> {
    const address = (await this.pods()).find(({ metadata }) => metadata.name === podOf(broker))
      ?.status.podIP;
    if (address === undefined) return undefined;
    const url = `http://${address}:${String(METRICS_PORT)}/metrics`;
    return fetch(url, { signal: AbortSignal.timeout(SCRAPE_MS) }).then(
      (answer) => answer.text(),
      () => undefined,
    );
  }

  /**
   * Waits until every broker runs, votes, and leads nothing that lacks a replica in sync, and
   * Kubernetes calls every pod ready.
   */
  async healthy(withinMs = HEALTHY_WITHIN_MS): Promise<void> {
    await until(async () => {
      const [pods, ...complaints] = await Promise.all([
        this.pods(),
        ...BROKERS.map((broker) => this.#complaint(broker)),
      ]);
      const unready = pods.filter((pod) => !isReady(pod)).map(({ metadata }) => metadata.name);
      const all = [
        ...complaints.filter((complaint) => complaint !== undefined),
        ...(pods.length === BROKERS.length ? [] : [`there are ${String(pods.length)} pods`]),
        ...(unready.length === 0 ? [] : [`not ready: ${unready.join(", ")}`]),
      ];
      return all.length === 0 ? undefined : all.join("; ");
    }, withinMs);
  }

  /** Waits until no broker leads a partition that lacks a replica in sync. */
  inSync(withinMs = HEALTHY_WITHIN_MS): Promise<void> {
    return until(async () => {
      const complaints = await Promise.all(BROKERS.map((broker) => this.#complaint(broker)));
      return complaints.find((complaint) => complaint !== undefined);
    }, withinMs);
  }

  async #complaint(broker: Broker): Promise<string | undefined> {
    const metrics = await this.metrics(broker);
    const { sick, underReplicated } = brokerHealth(podOf(broker), true, metrics);
    if (sick !== undefined) return `${podOf(broker)} ${sick}`;
    if (underReplicated > 0) {
      return `${podOf(broker)} leads ${String(underReplicated)} under-replicated partitions`;
    }
    const voters = /^kafka_server_raft_metrics_number_of_voters (\S+)/m.exec(metrics ?? "")?.[1];
    return Number(voters) === BROKERS.length
      ? undefined
      : `${podOf(broker)} knows ${voters ?? "no"} voters`;
  }

  async #asAdmin(
    work: (admin: KafkaAdmin) => Promise<readonly ({ message: string } | undefined)[]>,
  ): Promise<void> {
    const { bootstrapServers, caCertificate, admin } = await this.stack.outputs();
    const connected = await KafkaAdmin.connect({
      bootstrapServers: bootstrapServers.split(","),
      sasl: admin,
      tls: { ca: caCertificate },
      deadlineMs: 60_000,
    });
    try {
      const [fault] = (await work(connected)).filter((outcome) => outcome !== undefined);
      if (fault) throw new Error(fault.message);
    } finally {
      await connected.close();
    }
  }
}

export const isReady = ({ status }: Pod): boolean =>
  status.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") === true;

/** Asks again and again. @param complaint what is still missing; undefined when it is done */
export async function until(
  complaint: () => Promise<string | undefined>,
  withinMs: number,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const missing = await complaint();
    if (missing === undefined) return;
    if (Date.now() > deadline) throw new Error(`after ${String(withinMs / 1000)} s: ${missing}`);
    await sleep(ASK_EVERY_MS);
  }
}
