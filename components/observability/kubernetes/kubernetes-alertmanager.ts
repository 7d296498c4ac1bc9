import path from "node:path/posix";
import { StatefulSet } from "@pulumi/kubernetes/apps/v1/statefulSet.js";
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
  ALERTMANAGER_ARGUMENTS,
  ALERTMANAGER_FILES,
} from "../../../model/observability/monitoring-programs.ts";
import { ALERTMANAGER_PORT } from "../../../model/observability/prometheus-config.ts";
import { GIB } from "../../../model/values/units.ts";
import { checksum } from "../../kubernetes/checksum.ts";
import { READABLE_BY_GROUP } from "../../kubernetes/manifests/pod-security.ts";
import { secretObject } from "../../kubernetes/manifests/secret.ts";
import { serviceAccountObject } from "../../kubernetes/manifests/service-account.ts";
import {
  alertmanagerPolicy,
  type ReceiverAddresses,
  type Watchers,
} from "./manifests/monitoring-policies.ts";
import { monitoringService } from "./manifests/monitoring-service.ts";
import { monitoringSet } from "./manifests/monitoring-set.ts";

export interface KubernetesAlertmanagerArgs extends ClusterScope, ReceiverAddresses, Watchers {
  readonly image: string;
  readonly imagePullSecret?: string | undefined;
  /** Class of its volume, on which it keeps silences and what it has sent. */
  readonly storageClass: string;
  /** Its configuration file. */
  readonly config: string;
  /** What receivers are logged in to with, by the name of the file. @default none */
  readonly secrets?: pulumi.Input<Readonly<Record<string, string>>> | undefined;
}

const MEMORY = "128Mi";

/**
 * An Alertmanager on Kubernetes, told by the Prometheus beside it. Needs the provider `kubernetes`.
 *
 * @example
 * new KubernetesAlertmanager("alertmanager", {
 *   ...{ name: "kafka", namespace: "kafka", image: "prom/alertmanager:v0.28.1", storageClass: "fast" },
 *   ...{ receiverRanges: ["203.0.113.0/24"], receiverPorts: [443] },
 *   exporter: true,
 *   config,
 * });
 */
export class KubernetesAlertmanager extends pulumi.ComponentResource {
  readonly url: string;

  constructor(
    name: string,
    args: KubernetesAlertmanagerArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("kafka-platform:observability:KubernetesAlertmanager", name, {}, opts);
    const own = clusterNames(args).alertmanager;
    const inside = { parent: this };
    const files = pulumi.secret(args.secrets ?? {}).apply((secrets) => ({
      ...secrets,
      [path.basename(ALERTMANAGER_FILES.config)]: args.config,
    }));
    const needed = [
      new Secret(`${name}-config`, secretObject(args, "alertmanager", own, files), inside),
      new ServiceAccount(
        `${name}-account`,
        serviceAccountObject(args, "alertmanager", own),
        inside,
      ),
      new NetworkPolicy(`${name}-policy`, alertmanagerPolicy(args, args), inside),
      new Service(
        `${name}-service`,
        monitoringService(args, "alertmanager", ALERTMANAGER_PORT),
        inside,
      ),
    ];
    new StatefulSet(
      name,
      monitoringSet({
        ...args,
        component: "alertmanager",
        args: ALERTMANAGER_ARGUMENTS,
        port: ALERTMANAGER_PORT,
        memory: MEMORY,
        dataPath: ALERTMANAGER_FILES.data,
        storage: { class: args.storageClass, size: GIB },
        configPath: path.dirname(ALERTMANAGER_FILES.config),
        config: { secret: { secretName: own, defaultMode: READABLE_BY_GROUP } },
        checksum: checksum(files),
      }),
      { ...inside, dependsOn: needed, ignoreChanges: ["spec.volumeClaimTemplates"] },
    );

    this.url = `http://${serviceHost(own, args)}:${ALERTMANAGER_PORT}`;
    this.registerOutputs({ url: this.url });
  }
}
