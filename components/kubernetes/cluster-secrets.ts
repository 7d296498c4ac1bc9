import * as pulumi from "@pulumi/pulumi";
import { signingCertificate } from "../../model/credentials/certificate-authority.ts";
import { derivePassword } from "../../model/credentials/credentials.ts";
import { brokerCertificateNames } from "../../model/kubernetes/certificate-names.ts";
import {
  type ClusterCredentials,
  clusterSecretFiles,
} from "../../model/kubernetes/cluster-accounts.ts";
import { keystoreFile, TRUSTSTORE_FILE } from "../../model/kubernetes/cluster-properties.ts";
import type { ExternalAccess } from "../../model/kubernetes/kubernetes-access.ts";
import {
  type ClusterScope,
  clusterNames,
  nodesOf,
} from "../../model/kubernetes/kubernetes-names.ts";
import { BrokerCertificates } from "./broker-certificates.ts";

/** Files by name, their contents secret. */
type Files = pulumi.Output<Record<string, string>>;

/** The files with the passwords of the cluster's own accounts. */
export const passwordFiles = (
  stackSecret: pulumi.Input<string>,
  credentials: ClusterCredentials,
): Files =>
  pulumi
    .output(stackSecret)
    .apply((secret) =>
      clusterSecretFiles((purpose) => derivePassword(secret, purpose), credentials),
    );

export interface CertificateFilesArgs extends ClusterScope {
  readonly brokers: number;
  readonly access: ExternalAccess;
  /** Certificates that everybody trusts, in PEM; the first one signs. */
  readonly caCertificate: string;
  /** Private key of the first, in PEM. */
  readonly caKey: pulumi.Input<string>;
}

/** The files of the brokers' certificates, which it has made; each broker reads its own. */
export function certificateFiles(
  name: string,
  args: CertificateFilesArgs,
  opts: pulumi.ComponentResourceOptions,
): Files {
  const { pod } = clusterNames(args);
  const nodes = nodesOf(args.brokers);
  const { keystores } = new BrokerCertificates(
    name,
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
