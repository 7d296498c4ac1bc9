import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import * as pulumi from "@pulumi/pulumi";
import { TRUSTSTORE_FILE } from "../../model/kubernetes/cluster-properties.ts";
import { clusterNames, serviceHost } from "../../model/kubernetes/kubernetes-names.ts";
import { UI_CONFIG_FILE, UI_SAFEGUARDS } from "../../model/broker/ui-config.ts";
import { checksum } from "./checksum.ts";
import type { Login } from "../kafka/endpoint.ts";
import { UI_USERNAME, type UiAccess, uiConfigFile, uiPassword } from "../kafka/kafka-ui-access.ts";
import { UI_CONFIG_MOUNT, uiDeployment } from "./manifests/kafka-ui-deployment.ts";
import { type NetworkPolicyArgs, uiPolicy } from "./manifests/network-policies.ts";
import { secretObject } from "./manifests/secret.ts";
import { serviceAccountObject } from "./manifests/service-account.ts";
import { uiService } from "./manifests/services.ts";

export interface KubernetesKafkaUiArgs extends NetworkPolicyArgs {
  /** Image of Kafka UI, by tag or digest. */
  readonly image: string;
  /** Secret with the login of the image's registry. @default none is needed */
  readonly imagePullSecret?: string | undefined;
  /** Port of its Service. */
  readonly port: number;
  /** How it reaches the brokers, from inside Kubernetes. */
  readonly bootstrapServers: readonly string[];
  /** Certificates that it trusts, in PEM. */
  readonly caCertificate: string;
  /** The UI's own Kafka account: it may look and read, and change nothing. */
  readonly account: Login;
  /** What the password of the UI's login is derived from. */
  readonly stackSecret: pulumi.Input<string>;
}

/**
 * Kafka UI on Kubernetes: login required, read-only, reached by a port-forward or an ingress. Needs the
 * provider `kubernetes`.
 *
 * @example
 * new KubernetesKafkaUi("ui", {
 *   ...settings,
 *   image: "ghcr.io/kafbat/kafka-ui:v1.5.0",
 *   port: 8080,
 *   bootstrapServers: kafka.internalBootstrapServers,
 *   caCertificate: kafka.caCertificate,
 *   account: observer.login,
 *   stackSecret,
 * });
 */
export class KubernetesKafkaUi extends pulumi.ComponentResource implements UiAccess {
  readonly url: string;
  readonly username = UI_USERNAME;
  readonly password: pulumi.Output<string>;

  constructor(name: string, args: KubernetesKafkaUiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kafka-platform:cluster:KubernetesKafkaUi", name, { ...UI_SAFEGUARDS }, opts);
    const { ui } = clusterNames(args);
    this.password = uiPassword(args.stackSecret);
    const truststore = `${UI_CONFIG_MOUNT}/${TRUSTSTORE_FILE}`;
    const { bootstrapServers, caCertificate } = args;
    const cluster = { clusterName: args.name, bootstrapServers, truststore };
    const files = pulumi.output({
      [UI_CONFIG_FILE]: uiConfigFile(cluster, args.account, this.password),
      [TRUSTSTORE_FILE]: caCertificate,
    });

    const account = new ServiceAccount(`${name}-account`, serviceAccountObject(args, "ui", ui), {
      parent: this,
    });
    const secret = new Secret(`${name}-config`, secretObject(args, "ui", ui, files), {
      parent: this,
    });
    const policy = new NetworkPolicy(`${name}-policy`, uiPolicy(args), { parent: this });
    new Service(`${name}-service`, uiService(args, args.port), { parent: this });
    new Deployment(name, uiDeployment({ ...args, checksum: checksum(files) }), {
      parent: this,
      dependsOn: [account, secret, policy],
    });

    this.url = `http://${serviceHost(ui, args)}:${args.port}`;
    this.registerOutputs({ url: this.url });
  }
}
