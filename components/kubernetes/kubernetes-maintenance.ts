import { Job } from "@pulumi/kubernetes/batch/v1/job.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import * as pulumi from "@pulumi/pulumi";
import { TRUSTSTORE_FILE } from "../../model/kubernetes/cluster-properties.ts";
import { type ClusterScope, clusterNames } from "../../model/kubernetes/kubernetes-names.ts";
import { renderProperties, scramClientProperties } from "../../model/broker/secret-files.ts";
import type { Login } from "../kafka/endpoint.ts";
import {
  ADMIN_MOUNT,
  maintenanceJob,
  type MaintenanceJobArgs,
} from "./manifests/maintenance-job.ts";
import { maintenancePolicy } from "./manifests/network-policies.ts";
import { secretObject } from "./manifests/secret.ts";

export interface KubernetesMaintenanceArgs extends ClusterScope {
  /** The brokers' image: it has the programs. */
  readonly image: string;
  /** Secret with the login of the image's registry. @default none is needed */
  readonly imagePullSecret?: string | undefined;
  /** Release that the metadata is to have, such as `4.3`. */
  readonly metadataVersion: string;
  /** Numbers of the brokers that have left. */
  readonly retiredBrokers: readonly number[];
  /** Certificates that everybody trusts, in PEM. */
  readonly caCertificate: string;
  /** The super user that the jobs log in as. */
  readonly admin: Login;
}

/**
 * What a running cluster is told besides what it was formed with, which no provider offers: jobs that
 * change nothing when they are done again. Needs the provider `kubernetes`, and brokers that run.
 *
 * @example
 * new KubernetesMaintenance("maintenance", { ...settings, admin: kafka.admin }, { dependsOn: kafka });
 */
export class KubernetesMaintenance extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: KubernetesMaintenanceArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("kafka-platform:cluster:KubernetesMaintenance", name, {}, opts);
    const { username, password, mechanism } = args.admin;
    const truststore = `${ADMIN_MOUNT}/${TRUSTSTORE_FILE}`;
    const login = pulumi
      .output(password)
      .apply((known) => scramClientProperties(username, known, { mechanism, truststore }));
    const needs = [
      new Secret(
        `${name}-admin`,
        secretObject(args, "maintenance", clusterNames(args).admin, {
          "client.properties": login.apply(renderProperties),
          [TRUSTSTORE_FILE]: args.caCertificate,
        }),
        { parent: this },
      ),
      new NetworkPolicy(`${name}-policy`, maintenancePolicy(args), { parent: this }),
    ];
    const job = (purpose: string, command: MaintenanceJobArgs["command"]) =>
      new Job(`${name}-${purpose}`, maintenanceJob({ ...args, purpose, command }), {
        parent: this,
        dependsOn: needs,
        // Its name is fixed, and a finished one is of no use.
        deleteBeforeReplace: true,
      });
    job("metadata-version", [`${PROGRAMS}/metadata-version.sh`, args.metadataVersion]);
    for (const broker of args.retiredBrokers) {
      job(`unregister-${broker}`, [`${PROGRAMS}/unregister-broker.sh`, `${broker}`]);
    }
    this.registerOutputs({});
  }
}

const PROGRAMS = "/opt/kafka-platform";
