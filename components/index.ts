/**
 * The components, for this program and others: a Kafka cluster in Docker or on Kubernetes, and what is
 * declared in it. No component reads configuration or makes a provider: both are the program's.
 *
 * A program that needs one kind of cluster may import its file instead, which does not load the
 * providers of the others.
 */
export {
  type BrokerImageArgs,
  DockerBroker,
  type DockerBrokerArgs,
} from "./docker/docker-broker.ts";
export { KafkaUi, type KafkaUiArgs } from "./docker/kafka-ui.ts";
export type { ClientAccount, ClientFiles } from "./kafka/client-files.ts";
export { clientFiles } from "./kafka/client-files.ts";
export type { KafkaEndpoint, Login } from "./kafka/endpoint.ts";
export { kafkaProvider } from "./kafka/kafka-provider.ts";
export type { UiAccess } from "./kafka/kafka-ui-access.ts";
export { ManagedTopic, type ManagedTopicArgs } from "./kafka/managed-topic.ts";
export { moved } from "./kafka/moved.ts";
export { platformCredential } from "./kafka/platform-credential.ts";
export { ServiceAccount, type ServiceAccountArgs } from "./kafka/service-account.ts";
export { userQuota } from "./kafka/user-quota.ts";
export {
  BrokerCertificates,
  type BrokerCertificatesArgs,
} from "./kubernetes/broker-certificates.ts";
export {
  type ClusterHooks,
  KubernetesCluster,
  type KubernetesClusterArgs,
} from "./kubernetes/kubernetes-cluster.ts";
export { KubernetesKafkaUi, type KubernetesKafkaUiArgs } from "./kubernetes/kubernetes-kafka-ui.ts";
export {
  KubernetesMaintenance,
  type KubernetesMaintenanceArgs,
} from "./kubernetes/kubernetes-maintenance.ts";
export { kubernetesCluster as kubernetesClusterSettings } from "../model/kubernetes/kubernetes-settings.ts";
