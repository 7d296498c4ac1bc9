import { StatefulSet } from "@pulumi/kubernetes/apps/v1/statefulSet.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import * as pulumi from "@pulumi/pulumi";
import { CLUSTER_SECRET_FILES, readAtEveryStart } from "../../model/kubernetes/cluster-accounts.ts";
import type { CompleteKubernetesCluster } from "../../model/stack/cluster-identity.ts";
import { clusterParts, partNames } from "../../model/kubernetes/cluster-parts.ts";
import { advertisedAddress } from "../../model/kubernetes/kubernetes-access.ts";
import {
  clusterNames,
  nodesOf,
  podHost,
  serviceHost,
} from "../../model/kubernetes/kubernetes-names.ts";
import { CLIENT_PORT, METRICS_PORT } from "../../model/broker/listeners.ts";
import { PLATFORM_ACCOUNTS } from "../../model/credentials/platform-accounts.ts";
import { type LiveCredentials, liveCredentials } from "../../model/credentials/rotation.ts";
import type { PolicyFacts } from "../../model/stack/policy-facts.ts";
import { checksum, hashOf } from "./checksum.ts";
import { certificateFiles, passwordFiles } from "./cluster-secrets.ts";
import type { KafkaEndpoint, Login } from "../kafka/endpoint.ts";
import { claimObject } from "./manifests/claims.ts";
import { brokerConfigMap, clusterFormedConfigMap } from "./manifests/config-maps.ts";
import { disruptionBudget } from "./manifests/disruption-budget.ts";
import { namespaceObject } from "./manifests/namespace.ts";
import { brokerPolicy, denyAllPolicy } from "./manifests/network-policies.ts";
import { secretObject } from "./manifests/secret.ts";
import { serviceAccountObject } from "./manifests/service-account.ts";
import { statefulSet, type StatefulSetArgs } from "./manifests/stateful-set.ts";
import { brokerServices } from "./kubernetes-services.ts";
import { adminLogin } from "../kafka/platform-login.ts";

/**
 * The settings of a cluster and what only the program knows. The settings are those of `cluster` in a
 * stack file; `kubernetesClusterSettings` has the meaning and the default of each, and fills them in.
 */
export interface KubernetesClusterArgs extends Omit<
  CompleteKubernetesCluster,
  "kind" | "context" | "kubeconfig"
> {
  /** Private key of the certificate authority, in PEM. */
  readonly caKey: pulumi.Input<string>;
  /** What every password of the stack is derived from: 32 or more letters and digits. */
  readonly stackSecret: pulumi.Input<string>;
  /** What the admin may log in with. @default one SCRAM-SHA-512 credential of generation 1 */
  readonly adminCredentials?: LiveCredentials | undefined;
  /**
   * Options of the claims and of the namespace: protection belongs where the records are.
   *
   * @default nothing is protected or kept
   */
  readonly dataOptions?: DataOptions | undefined;
  /** Logical names of what is not protected all the same, and of the brokers. @default none */
  readonly unprotected?: readonly string[] | undefined;
  /** Whether a Prometheus of the stack's own may read the brokers' metrics. @default false */
  readonly ownPrometheus?: boolean | undefined;
  /** Recorded for policies, and used for nothing. @default nothing is recorded */
  readonly policy?: PolicyFacts | undefined;
  /** What looks at the cluster before something is done to it. @default nothing does */
  readonly hooks?: ClusterHooks | undefined;
}

type DataOptions = Pick<pulumi.CustomResourceOptions, "protect" | "retainOnDelete">;

export interface ClusterHooks {
  /** Of the component. */
  readonly cluster: pulumi.ResourceHookBinding;
  /** Of the object that is made before all others. */
  readonly firstObject: pulumi.ResourceHookBinding;
  /** Of each broker's claim. */
  readonly volumes: pulumi.ResourceHookBinding;
  /** Of the StatefulSet. */
  readonly brokers: pulumi.ResourceHookBinding;
}

/**
 * A Kafka cluster on Kubernetes: brokers that are controllers too, with TLS and a login on every
 * listener, on volumes that outlive them. Needs the providers `kubernetes` and `tls`.
 *
 * @example
 * const settings = kubernetesClusterSettings.parse({ kind: "kubernetes", context, storage, access });
 * const kafka = new KubernetesCluster(
 *   "kafka",
 *   { ...settings, clusterId, directoryIds, image, caCertificate, caKey, stackSecret },
 *   { providers: [kubernetes, tls] },
 * );
 */
export class KubernetesCluster extends pulumi.ComponentResource implements KafkaEndpoint {
  readonly bootstrapServers: readonly string[];
  readonly internalBootstrapServers: readonly string[];
  readonly tlsEnabled = true;
  readonly caCertificate: string;
  readonly admin: Login;
  readonly metricsUrls: readonly string[];
  /** Everything declared in Kafka lives, and dies, with the brokers' volumes; this is the first. */
  readonly dataVolume: PersistentVolumeClaim;

  constructor(name: string, args: KubernetesClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const recorded = { ...args.policy, parts: clusterParts(name, args) };
    super("kafka-platform:cluster:KubernetesCluster", name, recorded, {
      ...opts,
      ...hooksOf(args, "cluster"),
    });
    const admin = args.adminCredentials ?? liveCredentials({}, PLATFORM_ACCOUNTS.admin);
    const names = clusterNames(args);
    // Everything else waits for these, and so for what is asked before the first of them is made.
    const first = this.#createNamespaceAndAccount(name, args);
    const inside = { parent: this, dependsOn: first };

    const volumes = this.#createVolumes(name, args, inside);
    const passwords = passwordFiles(args.stackSecret, { ...args, admin });
    const certificates = certificateFiles(`${name}-certificates`, args, { parent: this });
    const settings = { ...args, initialControllers: args.directoryIds.length };
    const config = brokerConfigMap(settings, args.brokers);
    const secret = (suffix: "credentials" | "tls", files: typeof passwords) =>
      new Secret(`${name}-${suffix}`, secretObject(args, "broker", names[suffix], files), inside);
    const prerequisites = [
      ...first,
      ...volumes,
      new ConfigMap(`${name}-config`, config, inside),
      secret("credentials", passwords),
      secret("tls", certificates),
      new NetworkPolicy(`${name}-deny-all`, denyAllPolicy(args), inside),
      new NetworkPolicy(`${name}-brokers`, brokerPolicy(args), inside),
      new PodDisruptionBudget(`${name}-budget`, disruptionBudget(args), inside),
      ...brokerServices(name, args, inside),
    ];

    const brokers = this.#createBrokers(name, args, prerequisites, {
      config: hashOf(config.data),
      credentials: checksum(passwords.apply((files) => readAtEveryStart(files, args.brokerUsers))),
      tls: checksum(certificates),
    });
    new ConfigMap(`${name}-formed`, clusterFormedConfigMap(args, args.clusterId), {
      parent: this,
      dependsOn: brokers,
    });

    const [dataVolume] = volumes;
    if (!dataVolume) throw new Error("a cluster has at least one broker");
    this.dataVolume = dataVolume;
    const nodes = nodesOf(args.brokers);
    const outside = nodes.flatMap((node) => advertisedAddress(args.access, node) ?? []);
    this.internalBootstrapServers = [`${serviceHost(names.bootstrap, args)}:${CLIENT_PORT}`];
    this.bootstrapServers = outside.length > 0 ? outside : this.internalBootstrapServers;
    this.caCertificate = args.caCertificate;
    this.admin = adminLogin(args.stackSecret, admin);
    this.metricsUrls = nodes.map((node) => `http://${podHost(args, node)}:${METRICS_PORT}/metrics`);
    this.registerOutputs({ bootstrapServers: this.bootstrapServers });
  }

  /** What is made before all others: the namespace, where it is to be made, and the pods' account. */
  #createNamespaceAndAccount(name: string, args: KubernetesClusterArgs): pulumi.Resource[] {
    const { namespace: logical } = partNames(name);
    const firstHooks = hooksOf(args, "firstObject");
    const namespace = args.createNamespace
      ? [
          new Namespace(logical, namespaceObject(args), {
            ...dataOptions(args, logical),
            ...firstHooks,
            parent: this,
          }),
        ]
      : [];
    const account = serviceAccountObject(args, "broker", clusterNames(args).brokers);
    return [
      ...namespace,
      new ServiceAccount(`${name}-account`, account, {
        parent: this,
        dependsOn: namespace,
        ...(args.createNamespace ? {} : firstHooks),
      }),
    ];
  }

  /** A claim for each broker, and for each that has left. */
  #createVolumes(
    name: string,
    args: KubernetesClusterArgs,
    inside: pulumi.CustomResourceOptions,
  ): PersistentVolumeClaim[] {
    return [...nodesOf(args.brokers), ...args.retiredBrokers].map((node) => {
      const logical = partNames(name).volume(node);
      return new PersistentVolumeClaim(logical, claimObject(args, args.storage, node), {
        ...dataOptions(args, logical),
        ...hooksOf(args, "volumes"),
        ...inside,
      });
    });
  }

  #createBrokers(
    name: string,
    args: KubernetesClusterArgs,
    dependsOn: pulumi.Resource[],
    checksums: StatefulSetArgs["checksums"],
  ): StatefulSet {
    const { brokers: logical } = partNames(name);
    const spec = statefulSet({ ...args, secretFiles: CLUSTER_SECRET_FILES, checksums });
    return new StatefulSet(logical, spec, {
      parent: this,
      dependsOn,
      ...hooksOf(args, "brokers"),
      ...protection(args, logical),
      // A claim grows by itself; another template would replace the StatefulSet.
      ignoreChanges: ["spec.volumeClaimTemplates"],
    });
  }
}

const hooksOf = ({ hooks }: KubernetesClusterArgs, of: keyof ClusterHooks) =>
  hooks ? { hooks: hooks[of] } : {};

/** Protection of what nobody may delete, by logical name; none where somebody has approved it. */
const protection = ({ dataOptions, unprotected }: KubernetesClusterArgs, logical: string) =>
  dataOptions?.protect === true && unprotected?.includes(logical) !== true ? { protect: true } : {};

/** Options of what holds the records. */
const dataOptions = (args: KubernetesClusterArgs, logical: string) => ({
  ...args.dataOptions,
  protect: false,
  ...protection(args, logical),
});
