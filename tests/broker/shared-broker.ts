/**
 * Global setup of the tests on brokers: one broker for all files that need only some broker. Each of them
 * names its topics, users and groups after itself, and changes nothing that holds for others: no default
 * that limits anybody, and neither a stop nor a restart. What does takes a {@link JarBroker} of its own.
 */
import type { TestProject } from "vitest/node";
import { JarBroker } from "../support/kafka/jar-broker.ts";
import type { BrokerPlace } from "../support/kafka/running-broker.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly sharedBroker: BrokerPlace;
  }
}

const PROPERTIES = {
  // What a topic is declared with must win over it.
  "num.partitions": "7",
  // Kafka's own, with which the table of topic configs is compared.
  "log.index.size.max.bytes": "10485760",
};

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const broker = await JarBroker.start({ properties: PROPERTIES });
  const { admin, bootstrapServer, folder, jars } = broker;
  project.provide("sharedBroker", { admin, bootstrapServer, folder, jars });
  return () => broker.destroy();
}
