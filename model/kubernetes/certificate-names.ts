import { isIP } from "node:net";
import { addressesOf, type ExternalAccess } from "./kubernetes-access.ts";
import { type ClusterScope, clusterNames, dnsForms } from "./kubernetes-names.ts";

/** Subject alternative names of a certificate. */
export interface CertificateNames {
  readonly dnsNames: string[];
  readonly ipAddresses: string[];
}

/**
 * Every name by which clients and other brokers reach a broker: its pod, the bootstrap Service, and
 * its addresses outside.
 */
export function brokerCertificateNames(
  scope: ClusterScope,
  access: ExternalAccess,
  node: number,
): CertificateNames {
  const { pod, headless, bootstrap } = clusterNames(scope);
  const outside = addressesOf(access, node);
  return {
    dnsNames: [
      ...dnsForms(`${pod(node)}.${headless}`, scope),
      ...dnsForms(bootstrap, scope),
      ...outside.filter((address) => isIP(address) === 0),
    ],
    ipAddresses: outside.filter((address) => isIP(address) !== 0),
  };
}
