/** Pulumi type tokens of what is judged, reported and kept, and what tells kinds of them apart. */

export const TOPIC = "kafka:index/topic:Topic";
export const ACL = "kafka:index/acl:Acl";
export const QUOTA = "kafka:index/quota:Quota";
export const CREDENTIAL = "kafka:index/userScramCredential:UserScramCredential";
export const KAFKA_PROVIDER = "pulumi:providers:kafka";

/** Components that a declaration, or the stack file, makes. */
export const MANAGED_TOPIC = "kafka-platform:topic:ManagedTopic";
export const ACCOUNT = "kafka-platform:access:ServiceAccount";
export const KUBERNETES_CLUSTER = "kafka-platform:cluster:KubernetesCluster";
export const DOCKER_BROKER = "kafka-platform:cluster:DockerBroker";
/** The component of a cluster, one for each kind: it records what the stack file says of the cluster. */
export const CLUSTER_COMPONENTS: readonly string[] = [DOCKER_BROKER, KUBERNETES_CLUSTER];
export const KUBERNETES_UI = "kafka-platform:cluster:KubernetesKafkaUi";
export const DOCKER_UI = "kafka-platform:cluster:KafkaUi";

export const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
export const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
export const JOB = "kubernetes:batch/v1:Job";
export const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
export const SECRET = "kubernetes:core/v1:Secret";
export const SERVICE = "kubernetes:core/v1:Service";
export const SERVICE_ACCOUNT = "kubernetes:core/v1:ServiceAccount";
export const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
export const NAMESPACE = "kubernetes:core/v1:Namespace";
export const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
export const DISRUPTION_BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";

export const CONTAINER = "docker:index/container:Container";
export const VOLUME = "docker:index/volume:Volume";
export const DOCKER_NETWORK = "docker:index/network:Network";
export const IMAGE = "docker:index/image:Image";
export const REMOTE_IMAGE = "docker:index/remoteImage:RemoteImage";

export const CERTIFICATE_REQUEST = "tls:index/certRequest:CertRequest";
export const SIGNED_CERTIFICATE = "tls:index/locallySignedCert:LocallySignedCert";

/** Components only group other resources: what happens, happens to their children. */
export const isComponent = (type: string): boolean => /^(kafka-platform|pulumi:pulumi):/.test(type);

/** Providers are connections: a change of one says where everything else is made. */
export const isProvider = (type: string): boolean => type.startsWith("pulumi:providers:");

/** A type token without its module: `kafka:Topic`. */
export const shortType = (type: string): string => type.replace(/^([^:]+):[^:]*:/, "$1:");
