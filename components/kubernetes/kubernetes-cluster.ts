import { StatefulSet } from "@pulumi/kubernetes/apps/v1/statefulSet.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import * as pulumi from "@pulumi/pulumi";
import { signingCertificate } from "../../model/credentials/certificate-authority.ts";
import { brokerCertificateNames } from "../../model/kubernetes/certificate-names.ts";
import {
  CLUSTER_SECRET_FILES,
  clusterSecretFiles,
  readAtEveryStart,
} from "../../model/kubernetes/cluster-accounts.ts";
import type { CompleteKubernetesCluster } from "../../model/stack/cluster-identity.ts";
import { derivePassword } from "../../model/credentials/credentials.ts";
import { keystoreFile, TRUSTSTORE_FILE } from "../../model/kubernetes/cluster-properties.ts";
import { clusterParts, partNames } from "../../model/kubernetes/cluster-parts.ts";
import { advertisedAddress } from "../../model/kubernetes/kubernetes-access.ts";
import {
  clusterNames,
  nodesOf,
  podHost,
  serviceHost,
} from "../../model/kubernetes/kubernetes-names.ts";
import { CLIENT_PORT, METRICS_PORT } from "../../model/broker/listeners.ts";
import type { LiveCredentials } from "../../model/credentials/rotation.ts";
import type { PolicyFacts } from "../../model/stack/policy-facts.ts";
import { BrokerCertificates } from "./broker-certificates.ts";
import { checksum, hashOf } from "./checksum.ts";
import type { KafkaEndpoint, Login } from "../kafka/endpoint.ts";
import { claimObject } from "./manifests/claims.ts";
import { brokerConfigMap, formedConfigMap } from "./manifests/config-maps.ts";
import { disruptionBudget } from "./manifests/disruption-budget.ts";
import { namespaceObject } from "./manifests/namespace.ts";
import { brokerPolicy, denyAllPolicy } from "./manifests/network-policies.ts";
import { secretObject } from "./manifests/secret.ts";
import { serviceAccountObject } from "./manifests/service-account.ts";
import { statefulSet } from "./manifests/stateful-set.ts";
import { brokerServices } from "./kubernetes-services.ts";
import { adminLogin } from "../kafka/platform-login.ts";

export interface KubernetesClusterArgs extends Omit<
  CompleteKubernetesCluster,
  "kind" | "context" | "kubeconfig"
> {
  /** Private key of the certificate authority, in PEM. */
  readonly caKey: pulumi.Input<string>;
  /** What every password of the stack is derived from. */
  readonly stackSecret: pulumi.Input<string>;
  /** What the admin may log in with. */
  readonly adminCredentials: LiveCredentials;
  /** Options of the claims and of the namespace: protection belongs where the records are. */
  readonly dataOptions?: Pick<pulumi.CustomResourceOptions, "protect" | "retainOnDelete">;
  /** Logical names of what is not protected all the same, and of the brokers. @default none */
  readonly unprotected?: readonly string[] | undefined;
  /** Recorded for policies, and used for nothing. */
  readonly policy?: PolicyFacts | undefined;
  /** What looks at the cluster before something is done to it. @default nothing does */
  readonly hooks?: ClusterHooks | undefined;
}

export interface ClusterHooks {
  /** Of the component. */
  readonly cluster: pulumi.ResourceHookBinding;
  /** Of the object that is made before all others. */
  readonly first: pulumi.ResourceHookBinding;
  /** Of each broker's claim. */
  readonly volumes: pulumi.ResourceHookBinding;
  /** Of the StatefulSet. */
  readonly brokers: pulumi.ResourceHookBinding;
}

/**
 * A Kafka cluster on Kubernetes: brokers that are controllers too, with TLS and a login on every
 * listener, on volumes that outlive them. Needs the providers `kubernetes` and `tls`.
 */
export class KubernetesCluster extends pulumi.ComponentResource implements KafkaEndpoint {
  readonly bootstrapServers: readonly string[];
  readonly internalBootstrapServers: readonly string[];
  readonly tlsEnabled = true;
  readonly caCertificate: string;
  readonly admin: Login;
  readonly metricsUrls: readonly string[];
  /** Everything declared in Kafka lives, and dies, with the brokers' volumes. */
  readonly firstClaim: PersistentVolumeClaim;

  constructor(name: string, args: KubernetesClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const hooksOf = (of: keyof ClusterHooks) => (args.hooks ? { hooks: args.hooks[of] } : {});
    const recorded = { ...args.policy, parts: clusterParts(name, args) };
    super("kafka-platform:cluster:KubernetesCluster", name, recorded, {
      ...opts,
      ...hooksOf("cluster"),
    });
    const names = clusterNames(args);
    const logical = partNames(name);
    const nodes = nodesOf(args.brokers);

    const protectedAs = (resource: string) =>
      args.dataOptions?.protect === true && args.unprotected?.includes(resource) !== true
        ? { protect: true }
        : {};
    const keep = (resource: string) => ({
      ...args.dataOptions,
      protect: false,
      ...protectedAs(resource),
      parent: this,
    });
    const namespace = args.createNamespace
      ? [
          new Namespace(logical.namespace, namespaceObject(args), {
            ...keep(logical.namespace),
            ...hooksOf("first"),
          }),
        ]
      : [];
    const account = new ServiceAccount(
      `${name}-account`,
      serviceAccountObject(args, "broker", names.brokers),
      { parent: this, dependsOn: namespace, ...(args.createNamespace ? {} : hooksOf("first")) },
    );
    // Everything else waits for these two, and so for what is asked before the first is made.
    const first = [...namespace, account];
    const inside = { parent: this, dependsOn: first };
    const claims = [...nodes, ...args.retiredBrokers].map(
      (node) =>
        new PersistentVolumeClaim(logical.volume(node), claimObject(args, args.storage, node), {
          ...keep(logical.volume(node)),
          ...hooksOf("volumes"),
          dependsOn: first,
        }),
    );
    const settings = { ...args, initialControllers: args.directoryIds.length };
    const config = brokerConfigMap(settings, args.brokers);
    const secretFiles = pulumi.output(args.stackSecret).apply((secret) =>
      clusterSecretFiles((purpose) => derivePassword(secret, purpose), {
        ...args,
        admin: args.adminCredentials,
      }),
    );
    const tlsFiles = certificateFiles(name, args, { parent: this });
    const secret = (suffix: "credentials" | "tls", files: typeof secretFiles) =>
      new Secret(`${name}-${suffix}`, secretObject(args, "broker", names[suffix], files), inside);

    const prerequisites = [
      ...claims,
      new ConfigMap(`${name}-config`, config, inside),
      secret("credentials", secretFiles),
      secret("tls", tlsFiles),
      new NetworkPolicy(`${name}-deny-all`, denyAllPolicy(args), inside),
      new NetworkPolicy(`${name}-brokers`, brokerPolicy(args), inside),
      new PodDisruptionBudget(`${name}-budget`, disruptionBudget(args), inside),
      ...brokerServices(name, args, inside),
    ];
    const brokers = new StatefulSet(
      logical.brokers,
      statefulSet({
        ...args,
        secretFiles: CLUSTER_SECRET_FILES,
        checksums: {
          config: hashOf(config.data),
          credentials: checksum(
            secretFiles.apply((files) => readAtEveryStart(files, args.brokerUsers)),
          ),
          tls: checksum(tlsFiles),
        },
      }),
      {
        parent: this,
        dependsOn: [...first, ...prerequisites],
        ...hooksOf("brokers"),
        ...protectedAs(logical.brokers),
        // A claim grows by itself; another template would replace the StatefulSet.
        ignoreChanges: ["spec.volumeClaimTemplates"],
      },
    );
    new ConfigMap(`${name}-formed`, formedConfigMap(args, args.clusterId), {
      parent: this,
      dependsOn: brokers,
    });

    const outside = nodes.flatMap((node) => advertisedAddress(args.access, node) ?? []);
    const [firstClaim] = claims;
    if (!firstClaim) throw new Error("a cluster has at least one broker");
    this.firstClaim = firstClaim;
    this.internalBootstrapServers = [
      `${serviceHost(names.bootstrap, args)}:${String(CLIENT_PORT)}`,
    ];
    this.bootstrapServers = outside.length > 0 ? outside : this.internalBootstrapServers;
    this.caCertificate = args.caCertificate;
    this.admin = adminLogin(args.stackSecret, args.adminCredentials);
    this.metricsUrls = nodes.map(
      (node) => `http://${podHost(args, node)}:${String(METRICS_PORT)}/metrics`,
    );
    this.registerOutputs({ bootstrapServers: this.bootstrapServers });
  }
}

/** The files of the brokers' certificates; each broker reads its own. */
function certificateFiles(
  name: string,
  args: KubernetesClusterArgs,
  opts: pulumi.ComponentResourceOptions,
): pulumi.Output<Record<string, string>> {
  const { pod } = clusterNames(args);
  const nodes = nodesOf(args.brokers);
  const { keystores } = new BrokerCertificates(
    `${name}-certificates`,
    {
      caCertificate: signingCertificate(args.caCertificate),
      caKey: args.caKey,
      brokers: Object.fromEntries(
        nodes.map((node) => [pod(node), brokerCertificateNames(args, args.access, node)]),
      ),
    },
    opts,
  );
  const files: Record<string, pulumi.Input<string>> = { [TRUSTSTORE_FILE]: args.caCertificate };
  for (const node of nodes) files[keystoreFile(node)] = keystores[pod(node)] ?? "";
  return pulumi.output(files);
}
