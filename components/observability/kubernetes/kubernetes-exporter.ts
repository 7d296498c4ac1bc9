import path from "node:path/posix";
import type { types } from "@pulumi/kubernetes";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import * as pulumi from "@pulumi/pulumi";
import {
  clusterNames,
  type ClusterScope,
  serviceHost,
} from "../../../model/kubernetes/kubernetes-names.ts";
import {
  EXPORTER_FILES,
  EXPORTER_PORT,
  STATUS_PAGE_USERNAME,
} from "../../../model/observability/exporter-access.ts";
import type { UiAccess } from "../../kafka/kafka-ui-access.ts";
import { checksum } from "../../kubernetes/checksum.ts";
import { objectMetadata } from "../../kubernetes/manifests/object-metadata.ts";
import { secretObject } from "../../kubernetes/manifests/secret.ts";
import { serviceAccountObject } from "../../kubernetes/manifests/service-account.ts";
import { exporterFile, type ExporterFileArgs, pagePassword } from "../exporter-file.ts";
import { exporterDeployment } from "./manifests/exporter-deployment.ts";
import { exporterPolicy } from "./manifests/monitoring-policies.ts";
import { monitoringService } from "./manifests/monitoring-service.ts";

export interface KubernetesExporterArgs extends ClusterScope, Omit<ExporterFileArgs, "caFile"> {
  /** By tag or digest. */
  readonly image: string;
  /** Secret with the login of the image's registry. @default none is needed */
  readonly imagePullSecret?: string | undefined;
  /** Certificates of the brokers that it trusts, in PEM. */
  readonly caCertificate: string;
  /** Who scrapes it; nobody else reaches it. */
  readonly scrapers: readonly types.input.networking.v1.NetworkPolicyPeer[];
  /** What the password of the status page is derived from. */
  readonly stackSecret: pulumi.Input<string>;
}

/**
 * The exporter on Kubernetes: looks at Kafka as an account of its own, and serves what it sees to Prometheus, and to
 * people, who come by a port-forward, as a page that they log in to. Needs the provider `kubernetes`.
 *
 * @example
 * new KubernetesExporter("exporter", {
 *   ...{ name: "kafka", namespace: "kafka", image: "registry.example/exporter@sha256:…" },
 *   bootstrapServers: kafka.internalBootstrapServers,
 *   caCertificate: kafka.caCertificate,
 *   account: observer.login,
 *   declared: exporterDeclarations(catalogue, { environment: "prod", brokers: 3, credentials: {} }),
 *   scrapers: [podsOf({ name: "kafka" }, "prometheus")],
 *   stackSecret,
 * });
 */
export class KubernetesExporter extends pulumi.ComponentResource implements UiAccess {
  readonly url: string;
  readonly username = STATUS_PAGE_USERNAME;
  readonly password: pulumi.Output<string>;

  constructor(name: string, args: KubernetesExporterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kafka-platform:observability:KubernetesExporter", name, {}, opts);
    const own = clusterNames(args).exporter;
    const inside = { parent: this };
    this.password = pagePassword(args.stackSecret);
    const config = {
      [path.basename(EXPORTER_FILES.config)]: exporterFile({ ...args, caFile: EXPORTER_FILES.ca }),
    };
    const secrets = {
      [path.basename(EXPORTER_FILES.password)]: args.account.password,
      [path.basename(EXPORTER_FILES.pagePassword)]: this.password,
      [path.basename(EXPORTER_FILES.ca)]: args.caCertificate,
    };
    const needed = [
      new ConfigMap(
        `${name}-config`,
        { metadata: objectMetadata(args, "exporter", own), data: config },
        inside,
      ),
      new Secret(`${name}-secrets`, secretObject(args, "exporter", own, secrets), inside),
      new ServiceAccount(`${name}-account`, serviceAccountObject(args, "exporter", own), inside),
      new NetworkPolicy(`${name}-policy`, exporterPolicy(args, args), inside),
      new Service(`${name}-service`, monitoringService(args, "exporter", EXPORTER_PORT), inside),
    ];
    const files = { ...config, ...secrets };
    new Deployment(name, exporterDeployment({ ...args, checksum: checksum(files) }), {
      ...inside,
      dependsOn: needed,
    });

    this.url = `http://${serviceHost(own, args)}:${EXPORTER_PORT}`;
    this.registerOutputs({ url: this.url });
  }
}
