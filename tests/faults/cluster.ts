/** The cluster that the scenarios harm: the prod stack on the lab. */
import { CLIENT_PROFILES } from "../../components/settings/client-profiles.ts";
import { clientProperties } from "../../components/settings/client-settings.ts";
import { KafkaAdmin } from "../../kafka-admin/admin.ts";
import { brokerPods, brokerProcess, type Pod } from "../kubernetes/support/brokers.ts";
import type { TestCluster } from "../kubernetes/support/lab.ts";
import { PlatformStack } from "../kubernetes/support/platform-stack.ts";
import { type ClientConfig, scramConfig } from "../support/confluent-client.ts";

import { type Broker, BROKERS, podOf } from "./brokers.ts";
import { clusterComplaint, metricsOf, podComplaint, until } from "./health.ts";
import { reconnect } from "./injection/network.ts";

/** Of the topics that are loaded: as many copies and as many in sync as the platform asks for in prod. */
export const REPLICAS = 3;
export const MIN_ISR = 2;

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
      const metrics = await metricsOf(await this.pod(broker));
      if (/^kafka_controller_kafkacontroller_activecontrollercount 1/m.test(metrics ?? "")) {
        return broker;
      }
    }
    throw new Error("no controller is active");
  }

  /**
   * Waits until Kubernetes calls every pod ready, and every broker runs, votes, and leads nothing that
   * lacks a replica in sync.
   */
  async healthy(): Promise<void> {
    await until(async () => {
      const pods = await this.pods();
      return podComplaint(pods) ?? clusterComplaint(pods);
    }, HEALTHY_WITHIN_MS);
  }

  /** Waits until no broker leads a partition that lacks a replica in sync, whatever Kubernetes calls them. */
  inSync(): Promise<void> {
    return until(async () => clusterComplaint(await this.pods()), HEALTHY_WITHIN_MS);
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
