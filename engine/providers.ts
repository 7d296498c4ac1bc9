/**
 * The packages that the engine has drivers for. A face of its own: it loads the clients of Docker, Kafka
 * and Kubernetes, and what only reads a stack's state does without them.
 */
import type { AnyProviderDriver } from "./drivers/driver.ts";
import { dockerProvider } from "./drivers/docker/provider.ts";
import { kafkaProvider } from "./drivers/kafka/provider.ts";
import { kubernetesProvider } from "./drivers/kubernetes/provider.ts";
import { tlsProvider } from "./drivers/tls/provider.ts";

export type { KafkaClient } from "./drivers/kafka/client.ts";
export { dockerProvider, kafkaProvider, kubernetesProvider, tlsProvider };

/** Everything that a program may declare, each package with its drivers. */
export const PROVIDERS: readonly AnyProviderDriver[] = [
  dockerProvider,
  kafkaProvider,
  kubernetesProvider,
  tlsProvider,
];
