import path from "node:path/posix";
import { StatefulSet } from "@pulumi/kubernetes/apps/v1/statefulSet.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import * as pulumi from "@pulumi/pulumi";
import { METRICS_PORT } from "../../../model/broker/listeners.ts";
import {
  clusterNames,
  type ClusterScope,
  nodesOf,
  podHost,
  serviceHost,
} from "../../../model/kubernetes/kubernetes-names.ts";
import {
  PROMETHEUS_FILES,
  prometheusArguments,
} from "../../../model/observability/monitoring-programs.ts";
import {
  ALERTMANAGER_PORT,
  PROMETHEUS_PORT,
  renderPrometheusConfig,
} from "../../../model/observability/prometheus-config.ts";
import { checksum } from "../../kubernetes/checksum.ts";
import { objectMetadata } from "../../kubernetes/manifests/object-metadata.ts";
import { serviceAccountObject } from "../../kubernetes/manifests/service-account.ts";
import { prometheusPolicy } from "./manifests/monitoring-policies.ts";
import { monitoringService } from "./manifests/monitoring-service.ts";
import { monitoringSet } from "./manifests/monitoring-set.ts";

export interface KubernetesPrometheusArgs extends ClusterScope {
  readonly image: string;
  readonly imagePullSecret?: string | undefined;
  /** Number of brokers: each is scraped by its name. */
  readonly brokers: number;
  /** `host:port` of the exporter. @default there is none */
  readonly exporter?: string | undefined;
  /** How long it keeps figures, in milliseconds. */
  readonly retention: number;
  /** Its volume: the class, and bytes. */
  readonly storage: { readonly class: string; readonly size: number };
  /** Rules of alerts, in Prometheus' YAML. @default none */
  readonly ruleFile?: pulumi.Input<string> | undefined;
}

const MEMORY = "1Gi";
/** Of its volume; the rest is for what it has not packed yet. */
const DATA_SHARE = 0.8;

/**
 * A small Prometheus on Kubernetes, for clusters that have no monitoring of their own: it scrapes the brokers
 * and the exporter, and tells Alertmanager, which is beside it. It asks the API server nothing. Needs the provider `kubernetes`.
 *
 * @example
 * new KubernetesPrometheus("prometheus", {
 *   ...{ name: "kafka", namespace: "kafka", brokers: 3, image: "prom/prometheus:v3.5.0" },
 *   retention: 15 * 86_400_000,
 *   storage: { class: "fast", size: 10 * 2 ** 30 },
 * });
 */
export class KubernetesPrometheus extends pulumi.ComponentResource {
  readonly url: string;

  constructor(
    name: string,
    args: KubernetesPrometheusArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("kafka-platform:observability:KubernetesPrometheus", name, {}, opts);
    const own = clusterNames(args).prometheus;
    const files = configFiles(args);
    const inside = { parent: this };
    const config = new ConfigMap(
      `${name}-config`,
      { metadata: objectMetadata(args, "prometheus", own), data: files },
      inside,
    );
    const needed = [
      config,
      new ServiceAccount(`${name}-account`, serviceAccountObject(args, "prometheus", own), inside),
      new NetworkPolicy(
        `${name}-policy`,
        prometheusPolicy(args, { exporter: args.exporter !== undefined }),
        inside,
      ),
      new Service(
        `${name}-service`,
        monitoringService(args, "prometheus", PROMETHEUS_PORT),
        inside,
      ),
    ];
    const { retention, storage } = args;
    new StatefulSet(
      name,
      monitoringSet({
        ...args,
        component: "prometheus",
        args: prometheusArguments({ retention, bytes: Math.floor(storage.size * DATA_SHARE) }),
        port: PROMETHEUS_PORT,
        memory: MEMORY,
        dataPath: PROMETHEUS_FILES.data,
        configPath: path.dirname(PROMETHEUS_FILES.config),
        config: { configMap: { name: own } },
        checksum: checksum(files),
      }),
      // A claim that exists is not changed by its template; another template would replace the set.
      { ...inside, dependsOn: needed, ignoreChanges: ["spec.volumeClaimTemplates"] },
    );

    this.url = `http://${serviceHost(own, args)}:${PROMETHEUS_PORT}`;
    this.registerOutputs({ url: this.url });
  }
}

/** Its configuration, and the rules, by the name of the file. */
function configFiles(args: KubernetesPrometheusArgs): Record<string, pulumi.Input<string>> {
  const { ruleFile } = args;
  const config = renderPrometheusConfig({
    cluster: args.name,
    brokers: nodesOf(args.brokers).map((node) => ({
      id: node,
      target: `${podHost(args, node)}:${METRICS_PORT}`,
    })),
    exporter: args.exporter,
    alertmanager: `${serviceHost(clusterNames(args).alertmanager, args)}:${ALERTMANAGER_PORT}`,
    ruleFiles: ruleFile === undefined ? [] : [PROMETHEUS_FILES.rules],
  });
  return {
    [path.basename(PROMETHEUS_FILES.config)]: config,
    ...(ruleFile === undefined ? {} : { [path.basename(PROMETHEUS_FILES.rules)]: ruleFile }),
  };
}
