import { Admin, Producer } from "@platformatic/kafka";
import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import type { NewTopic } from "../../../clients/kafka/topics.ts";
import {
  type ExporterConfigFile,
  exporterConfigSchema,
} from "../../../model/observability/exporter-config.ts";
import { Exporter } from "../../../services/exporter/exporter.ts";
import { statusPages } from "../../../services/exporter/page/status-page.ts";
import { Problems } from "../../../operations/look/problems.ts";
import { adminOf, loginOptions, told } from "../../support/kafka/kafka-clients.ts";
import type { Login, RunningBroker } from "../../support/kafka/running-broker.ts";

type Labels = Readonly<Record<string, string | number>>;

/** An exporter beside a broker, and what a test needs to make records and positions. */
export class WatchedBroker {
  readonly broker: RunningBroker;
  readonly producer: Producer;
  readonly library: Admin;
  readonly #admin: KafkaAdmin;

  private constructor(broker: RunningBroker, admin: KafkaAdmin) {
    this.broker = broker;
    this.#admin = admin;
    this.producer = new Producer(clientOptions(broker));
    this.library = new Admin(clientOptions(broker));
  }

  static async connect(broker: RunningBroker): Promise<WatchedBroker> {
    return new WatchedBroker(broker, await adminOf(broker));
  }

  async topic(name: string, partitions = 1, configs: NewTopic["configs"] = {}): Promise<void> {
    const topic = { name, partitions, replicationFactor: 1, configs };
    const outcome = told(await this.#admin.createTopics([topic]));
    if (outcome[0] !== "ok") throw new Error(outcome[0]);
  }

  get admin(): KafkaAdmin {
    return this.#admin;
  }

  /** A record for each timestamp, one batch each, in order. */
  async records(topic: string, timestamps: readonly number[], partition = 0): Promise<void> {
    for (const at of timestamps) {
      const message = { topic, partition, value: Buffer.from("x"), timestamp: BigInt(at) };
      await this.producer.send({ messages: [message] });
    }
  }

  /** Where a group without members stands. */
  async position(groupId: string, name: string, offset: number, partition = 0): Promise<void> {
    const partitionOffsets = [{ partition, offset: BigInt(offset) }];
    await this.library.alterConsumerGroupOffsets({ groupId, topics: [{ name, partitionOffsets }] });
  }

  /**
   * An exporter that looks when it is told to, and at ends by itself.
   *
   * @param viewer who may see its status page. Default: there is no page
   */
  async watch(
    more: Partial<ExporterConfigFile> = {},
    login: Login = this.broker.admin,
    viewer?: { readonly username: string; readonly password: string },
  ) {
    const said: string[] = [];
    const config = exporterConfigSchema.parse({
      cluster: "test",
      bootstrapServers: [this.broker.bootstrapServer],
      login: { username: login.username, mechanism: "SCRAM-SHA-512", passwordFile: "/not/read" },
      listen: { host: "127.0.0.1", port: 0 },
      intervalSeconds: 300,
      ...more,
    });
    const options = { ...loginOptions(this.broker, login), deadlineMs: 5_000 };
    const exporter: Exporter = new Exporter(
      config,
      options,
      new Problems((line) => said.push(line)),
      viewer && statusPages({ config, state: () => exporter.state, login: viewer }),
    );
    const port = await exporter.start();
    await exporter.look();
    return new Watch(exporter, port, said);
  }

  async close(): Promise<void> {
    await this.producer.close();
    await this.library.close();
    await this.#admin.close();
  }
}

/** An exporter as Prometheus sees it: by its port. */
export class Watch {
  readonly exporter: Exporter;
  readonly said: readonly string[];
  readonly port: number;

  constructor(exporter: Exporter, port: number, said: readonly string[]) {
    this.exporter = exporter;
    this.port = port;
    this.said = said;
  }

  async get(path: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${String(this.port)}${path}`);
  }

  /** Looks at everything again, and answers with all series. */
  async look(): Promise<Series> {
    await this.exporter.look();
    return this.scrape();
  }

  async scrape(): Promise<Series> {
    return new Series(await (await this.get("/metrics")).text());
  }

  async stop(): Promise<void> {
    await this.exporter.stop();
  }
}

export class Series {
  readonly #values = new Map<string, number>();
  readonly text: string;

  constructor(text: string) {
    this.text = text;
    for (const line of text.split("\n")) {
      const [, series, value] = /^([^#].*) (\S+)$/.exec(line) ?? [];
      if (series !== undefined)
        this.#values.set(series, Number(value?.replace("+Inf", "Infinity")));
    }
  }

  /** The series of that name with these labels in this order; undefined where there is none. */
  value(name: string, labels: Labels = {}): number | undefined {
    const pairs = Object.entries(labels).map(([key, value]) => `${key}="${String(value)}"`);
    return this.#values.get(pairs.length === 0 ? name : `${name}{${pairs.join(",")}}`);
  }

  byName(series: string): number | undefined {
    return this.#values.get(series);
  }

  names(start: string): string[] {
    return [...this.#values.keys()].filter((series) => series.startsWith(start)).sort();
  }
}

export const clientOptions = ({ admin, bootstrapServer }: RunningBroker) => ({
  clientId: "exporter-test",
  bootstrapBrokers: [bootstrapServer],
  sasl: { mechanism: "SCRAM-SHA-512" as const, ...admin },
});
