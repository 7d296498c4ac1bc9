import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ClientFiles } from "../kafka/client-files.ts";
import { TRUSTSTORE_FILE } from "../../model/kubernetes/cluster-properties.ts";
import { type ClusterScope, clusterNames } from "../../model/kubernetes/kubernetes-names.ts";
import { secretObject } from "./manifests/secret.ts";

/**
 * Everything that the client of one account connects with, for the pods of that client to mount.
 *
 * @param account name of the account in Kafka
 * @param caCertificate certificates to trust, in PEM, for clients that want them as a file
 */
export const accountSecret = (
  scope: ClusterScope,
  account: string,
  files: ClientFiles,
  caCertificate: string,
  opts: pulumi.CustomResourceOptions,
): Secret =>
  new Secret(
    `account-${account}`,
    secretObject(scope, "account", clusterNames(scope).account(account), {
      "client.properties": files.clientProperties,
      "client.json": files.clientJson,
      [TRUSTSTORE_FILE]: caCertificate,
    }),
    opts,
  );
