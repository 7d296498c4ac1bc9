/** Pulumi type tokens of what is judged. */

export const TOPIC = "kafka:index/topic:Topic";
export const ACL = "kafka:index/acl:Acl";
export const QUOTA = "kafka:index/quota:Quota";
export const CREDENTIAL = "kafka:index/userScramCredential:UserScramCredential";
export const KAFKA_PROVIDER = "pulumi:providers:kafka";

export const MANAGED_TOPIC = "kafka-platform:topic:ManagedTopic";
export const ACCOUNT = "kafka-platform:access:ServiceAccount";
export const KUBERNETES_CLUSTER = "kafka-platform:cluster:KubernetesCluster";
export const DOCKER_BROKER = "kafka-platform:cluster:DockerBroker";
export const KUBERNETES_UI = "kafka-platform:cluster:KubernetesKafkaUi";
export const DOCKER_UI = "kafka-platform:cluster:KafkaUi";

export const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
export const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
export const JOB = "kubernetes:batch/v1:Job";
/** What runs pods that serve somebody; a job ends by itself. */
export const SERVERS = [STATEFUL_SET, DEPLOYMENT] as const;
export const WORKLOADS = [...SERVERS, JOB] as const;
export const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
export const SECRET = "kubernetes:core/v1:Secret";
export const SERVICE = "kubernetes:core/v1:Service";
export const SERVICE_ACCOUNT = "kubernetes:core/v1:ServiceAccount";
export const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
export const NAMESPACE = "kubernetes:core/v1:Namespace";
export const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
export const DISRUPTION_BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
/** What lives in a namespace. */
export const NAMESPACED = [
  ...WORKLOADS,
  CONFIG_MAP,
  SECRET,
  SERVICE,
  SERVICE_ACCOUNT,
  CLAIM,
  NETWORK_POLICY,
  DISRUPTION_BUDGET,
] as const;

export const CONTAINER = "docker:index/container:Container";
export const VOLUME = "docker:index/volume:Volume";
