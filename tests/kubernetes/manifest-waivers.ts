/** What judges of manifests find and we mean all the same, each with its reason. */
export interface Waiver {
  readonly judge: string;
  /** The judge's own id of the rule. */
  readonly rule: string;
  /** `Kind/name` of every object it is waived for. */
  readonly objects: readonly string[];
  readonly reason: string;
}

const BROKERS = "StatefulSet/kafka";
const UI = "Deployment/kafka-ui";
const JOB = "Job/kafka-metadata-version";
const PROMETHEUS = "StatefulSet/kafka-prometheus";
const ALERTMANAGER = "StatefulSet/kafka-alertmanager";

const EXPORTER = "Deployment/kafka-exporter";

const NO_CPU_LIMIT =
  "CPU is requested and not limited: a throttled broker misses its heartbeats and is fenced; the " +
  "request keeps its share, and the UI's start takes what is free.";
const USER =
  "1000 is the user of the official Kafka image, to whom /opt/kafka belongs, and of our images; no user " +
  "of a host is met, because pods share no path, no network and no process space with it.";
const BY_DIGEST = "The image is named by digest: what a node holds under it cannot be another.";
const UI_TAG =
  "The UI's image is named by a release's tag, which its publisher does not move; asking for it at " +
  "each start would make a restart depend on the registry. ui.image takes a digest where wanted.";
const NO_CPU_LIMIT_OF_WATCHERS =
  "CPU is requested and not limited: a throttled Prometheus scrapes late and evaluates late, a throttled " +
  "Alertmanager tells late, and a throttled exporter takes its own delay for the cluster's, when the brokers keep the node busy; the request keeps their share.";
const TAG_OF_WATCHERS =
  "The images are named by a release's tag, which their publisher does not move; asking for it at each start " +
  "would leave nobody watching while the registry is away. observability.prometheus.image and " +
  "observability.alertmanager.image take a digest where wanted.";

export const WAIVERS: readonly Waiver[] = [
  {
    judge: "kube-score",
    rule: "container-resources",
    objects: [BROKERS, UI, JOB],
    reason: NO_CPU_LIMIT,
  },
  {
    judge: "kube-score",
    rule: "container-security-context-user-group-id",
    objects: [BROKERS, UI, JOB, EXPORTER],
    reason: USER,
  },
  {
    judge: "kube-score",
    rule: "container-image-pull-policy",
    objects: [BROKERS, JOB, EXPORTER],
    reason: BY_DIGEST,
  },
  {
    judge: "kube-score",
    rule: "container-image-pull-policy",
    objects: [UI],
    reason: UI_TAG,
  },
  {
    judge: "kube-score",
    rule: "container-resources",
    objects: [PROMETHEUS, ALERTMANAGER, EXPORTER],
    reason: NO_CPU_LIMIT_OF_WATCHERS,
  },
  {
    judge: "kube-score",
    rule: "container-image-pull-policy",
    objects: [PROMETHEUS, ALERTMANAGER],
    reason: TAG_OF_WATCHERS,
  },
  {
    judge: "kube-score",
    rule: "deployment-replicas",
    objects: [UI],
    reason: "The UI keeps logins in its memory, so a second pod would ask for them again.",
  },
  {
    judge: "kube-score",
    rule: "deployment-strategy",
    objects: [EXPORTER],
    reason:
      "It is replaced as a whole: for as long as two ran, each series would be there twice, from two canaries.",
  },
  {
    judge: "kube-score",
    rule: "deployment-replicas",
    objects: [EXPORTER],
    reason:
      "A second exporter would serve every series twice, and its canary would measure the other's.",
  },
  {
    judge: "kube-score",
    rule: "service-targets-pod",
    objects: ["Service/kafka-external-0", "Service/kafka-external-1", "Service/kafka-external-2"],
    reason:
      "Each selects one pod by the label that Kubernetes itself gives the pods of a StatefulSet, " +
      "which no manifest shows.",
  },
  { judge: "checkov", rule: "CKV_K8S_11", objects: [BROKERS, UI, JOB], reason: NO_CPU_LIMIT },
  { judge: "checkov", rule: "CKV_K8S_40", objects: [BROKERS, UI, JOB, EXPORTER], reason: USER },
  { judge: "checkov", rule: "CKV_K8S_15", objects: [UI], reason: UI_TAG },
  { judge: "checkov", rule: "CKV_K8S_43", objects: [UI], reason: UI_TAG },
  {
    judge: "checkov",
    rule: "CKV_K8S_11",
    objects: [PROMETHEUS, ALERTMANAGER, EXPORTER],
    reason: NO_CPU_LIMIT_OF_WATCHERS,
  },
  {
    judge: "checkov",
    rule: "CKV_K8S_15",
    objects: [PROMETHEUS, ALERTMANAGER],
    reason: TAG_OF_WATCHERS,
  },
  {
    judge: "checkov",
    rule: "CKV_K8S_43",
    objects: [PROMETHEUS, ALERTMANAGER],
    reason: TAG_OF_WATCHERS,
  },
];
