/** The cluster that the scenarios harm: the prod stack on the lab. */
import { clientSettings } from "../../model/credentials/client-settings.ts";
import { clientProperties } from "../../model/credentials/formats/properties.ts";
import { profileSettings } from "../../model/credentials/profile-settings.ts";
import { KafkaAdmin } from "../../clients/kafka/admin.ts";
import { KafkaAdminError } from "../../clients/kafka/errors.ts";
import { brokerPods, brokerProcess, type Pod } from "../kubernetes/support/brokers.ts";
import type { Login, PlatformStack } from "../kubernetes/support/platform-stack.ts";
import { type ClientConfig, scramConfig } from "../support/kafka/confluent-client.ts";

import { type Broker, BROKERS, podOf } from "./brokers.ts";
import { clusterComplaint, metricsOf, podComplaint, until } from "./health.ts";
import { reconnect } from "./injection/network.ts";
import { platformLogins } from "./platform-logins.ts";

/** Of the topics that are loaded: as many copies and as many in sync as the platform asks for in prod. */
const REPLICAS = 3;
export const MIN_ISR = 2;

/** A killed broker is waited for by its own back-off, and recovers its logs on a busy machine. */
const HEALTHY_WITHIN_MS = 300_000;
const LOGIN_WITHIN_MS = 20_000;

export class ClusterUnderTest {
  readonly stack: PlatformStack;
  /** Whether it has been loaded for a while since it was put up. */
  isWarm = false;

  constructor(stack: PlatformStack) {
    this.stack = stack;
  }

  /** Puts the stack up. @param image that the lab has already. Default: made of what is in the checkout */
  async begin(image?: string): Promise<void> {
    await this.prepare(image);
    await this.stack.succeed("start");
  }

  /** Makes everything that the first `up` needs, and does not begin it. */
  async prepare(image?: string): Promise<void> {
    await reconnect();
    await this.stack.begin({ enabled: false }, image);
  }

  /** Takes everything away. */
  async end(): Promise<void> {
    await reconnect();
    await this.stack.end();
  }

  /**
   * A login as librdkafka takes it, and what the platform advises its clients.
   *
   * @param account one of the catalogue. Default: the admin
   */
  async config(account?: string): Promise<ClientConfig> {
    const { admin, accounts } = await this.stack.outputs();
    const login = account === undefined ? admin : accounts[account];
    if (!login) throw new Error(`there is no account ${account ?? ""}`);
    return this.configOf(login);
  }

  async configOf({ username, password, mechanism }: Login): Promise<ClientConfig> {
    const { bootstrapServers, caCertificate } = await this.stack.outputs();
    const { "request.timeout.ms": silence = "" } = profileSettings("durability").producer;
    return {
      ...scramConfig(bootstrapServers, username, password, mechanism, caCertificate),
      "socket.timeout.ms": silence,
    };
  }

  /** Why brokers refuse a login; undefined when they do not. Throws when they do not answer. */
  async refusalOf({ username, password, mechanism }: Login): Promise<string | undefined> {
    const { bootstrapServers, caCertificate } = await this.stack.outputs();
    try {
      const admin = await KafkaAdmin.connect({
        bootstrapServers: bootstrapServers.split(","),
        sasl: { username, password, mechanism },
        tls: { ca: caCertificate },
        deadlineMs: LOGIN_WITHIN_MS,
      });
      await admin.close();
      return undefined;
    } catch (error) {
      if (error instanceof KafkaAdminError && error.code === "AUTHENTICATION") return error.message;
      throw error;
    }
  }

  /** Throws unless every user of the platform itself, and every account of the catalogue, logs in. */
  async everybodyLogsIn(): Promise<void> {
    const { accounts, credentials } = await this.stack.outputs();
    const secret = await this.stack.secret("stackSecret");
    for (const login of [...platformLogins(secret, credentials), ...Object.values(accounts)]) {
      const refusal = await this.refusalOf(login);
      if (refusal !== undefined) throw new Error(`${login.username} cannot log in: ${refusal}`);
    }
  }

  /** The same for Kafka's own tools: where it goes, and the content of their properties file. */
  async tools(): Promise<{ bootstrap: string; properties: string }> {
    const { bootstrapServers: bootstrap, caCertificate, admin } = await this.stack.outputs();
    const connection = { bootstrapServers: bootstrap, caCertificate, ...admin };
    const own = { ...connection, tlsEnabled: true, consumerGroups: [] };
    return { bootstrap, properties: clientProperties(clientSettings(own, "durability")) };
  }

  /** Makes topics with three copies, two of them in sync. */
  async createTopics(names: readonly string[], partitions: number): Promise<void> {
    const configs = { "min.insync.replicas": String(MIN_ISR) };
    const topics = names.map((name) => ({
      ...{ name, partitions, replicationFactor: REPLICAS, configs },
    }));
    await this.asAdmin((admin) => admin.createTopics(topics));
  }

  async deleteTopics(names: readonly string[]): Promise<void> {
    await this.asAdmin((admin) => admin.deleteTopics(names));
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

  /** Does something with Kafka's own administration; throws what one of its answers complains of. */
  async asAdmin(
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
