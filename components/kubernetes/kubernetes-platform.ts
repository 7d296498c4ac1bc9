import { Provider } from "@pulumi/kubernetes/provider.js";
import type * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { clientFiles } from "../kafka/client-files.ts";
import { clusterCredentials } from "../../model/kubernetes/cluster-accounts.ts";
import { namespaceOf } from "../../model/kubernetes/account-namespaces.ts";
import { accountSecret } from "./account-secret.ts";
import { KubernetesCluster, type KubernetesClusterArgs } from "./kubernetes-cluster.ts";
import { KubernetesKafkaUi } from "./kubernetes-kafka-ui.ts";
import { KubernetesMaintenance } from "./kubernetes-maintenance.ts";
import type { Platform, PlatformArgs } from "../kafka/platform.ts";
import { operatorObservability } from "../observability/kubernetes/operator-observability.ts";
import { bundledObservability } from "../observability/kubernetes/bundled-observability.ts";
import { platformLogin } from "../kafka/platform-login.ts";

export interface KubernetesPlatformArgs extends Omit<
  KubernetesClusterArgs,
  "stackSecret" | "adminCredentials" | "policy" | "dataOptions" | "unprotected"
> {
  /** Context of the kubeconfig. */
  readonly context: string;
  /** Path of the kubeconfig. @default KUBECONFIG, else ~/.kube/config */
  readonly kubeconfig?: string | undefined;
}

/** A cluster of brokers on Kubernetes. */
export function kubernetesPlatform(
  { context, kubeconfig, ...cluster }: KubernetesPlatformArgs,
  { stackSecret, adminCredentials: admin, protect, unprotected, policy, ...beside }: PlatformArgs,
): Platform {
  const { ui, observability: settings, observabilityKind } = beside;
  const ownPrometheus = observabilityKind === "bundled";
  const kubernetes = new Provider("kubernetes", {
    context,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    enableServerSideApply: true,
    // What somebody changed by hand becomes as it is declared; an object that exists is still refused.
    enablePatchForce: true,
    // Names are fixed, and a checksum restarts who reads them: replacing them would only take them away.
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  });
  const providers = [kubernetes, new tls.Provider("tls")];
  const dataOptions = { protect, retainOnDelete: protect };
  const kafka = new KubernetesCluster(
    "kafka",
    {
      ...{ ...cluster, stackSecret, policy, dataOptions, unprotected, ownPrometheus },
      adminCredentials: admin,
    },
    { providers },
  );
  new KubernetesMaintenance(
    "maintenance",
    { ...cluster, admin: kafka.admin },
    { providers, dependsOn: kafka },
  );
  const { brokerUsers, controllerUsers } = cluster;
  const { caCertificate, internalBootstrapServers: bootstrapServers } = kafka;
  const inside = { bootstrapServers, caCertificate, tlsEnabled: kafka.tlsEnabled };
  const uiArgs = { ...cluster, ...ui, ...inside, stackSecret };
  return {
    kafka,
    dataVolume: kafka.dataVolume,
    rotatable: { admin, broker: brokerUsers, controller: controllerUsers },
    logins: clusterCredentials({ admin, brokerUsers, controllerUsers }).map((credential) =>
      platformLogin(stackSecret, credential),
    ),
    startUi: (account, opts) =>
      new KubernetesKafkaUi("ui", { ...uiArgs, account }, { ...opts, providers }),
    startObservability(content, opts) {
      const all = { ...cluster, ...content, ...inside, settings, stackSecret };
      const inCluster = { ...opts, providers };
      if (observabilityKind === "bundled") return bundledObservability(all, inCluster);
      if (observabilityKind === "operator") return operatorObservability(all, inCluster);
      return undefined;
    },
    publishCredentials(account, owner, opts) {
      const onKubernetes: pulumi.CustomResourceOptions = { ...opts, provider: kubernetes };
      const { username } = account.login;
      const { name, accountNamespaces } = cluster;
      const namespace =
        namespaceOf(accountNamespaces, { name: username, owner }) ?? cluster.namespace;
      const files = clientFiles(inside, account);
      accountSecret({ name, namespace }, username, files, caCertificate, onKubernetes);
    },
  };
}
