import type { PolicyResource } from "../policy/resource.ts";

/** What becomes of a resource. */
export type Verb = "create" | "update" | "replace" | "delete" | "same";

/** One resource of a plan: as it was, as it is declared, and what is to be done. */
export interface Change {
  readonly verb: Verb;
  readonly urn: string;
  /** Pulumi type token, such as `kafka:index/topic:Topic`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Absent for a create. */
  readonly before?: PolicyResource | undefined;
  /** As the engine would record it. Absent for a delete. */
  readonly after?: PolicyResource | undefined;
  /** As the program says it, which is what policies judge. @default `after` */
  readonly declared?: PolicyResource | undefined;
  /** Properties, or other reasons, for which it is replaced. */
  readonly replaceKeys: readonly string[];
  /** The old object goes before the new one is made. */
  readonly deleteBeforeReplace: boolean;
  /** Why an `up` would refuse it. */
  readonly refusals: readonly string[];
  /** Paths that could not be compared, because they were computed from withheld secrets. */
  readonly withheld: readonly string[];
}

/** Components are made of nothing: what happens, happens to their children. */
export const isComponent = (type: string): boolean => /^(kafka-platform|pulumi:pulumi):/.test(type);

/** A type token without its module: `kafka:Topic`. */
export const shortType = (type: string): string => type.replace(/^([^:]+):[^:]*:/, "$1:");

export const TOPIC = "kafka:index/topic:Topic";
export const ACL = "kafka:index/acl:Acl";
export const CREDENTIAL = "kafka:index/userScramCredential:UserScramCredential";
export const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
export const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";

/** Components that a declaration, or the stack file, makes. */
export const MANAGED_TOPIC = "kafka-platform:topic:ManagedTopic";
export const ACCOUNT = "kafka-platform:access:ServiceAccount";
export const KUBERNETES_CLUSTER = "kafka-platform:cluster:KubernetesCluster";
export const DOCKER_BROKER = "kafka-platform:cluster:DockerBroker";
