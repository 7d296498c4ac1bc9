import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ExternalAccess } from "../../model/kubernetes/kubernetes-access.ts";
import { type ClusterScope, nodesOf } from "../../model/kubernetes/kubernetes-names.ts";
import {
  bootstrapService,
  externalBootstrapService,
  externalBrokerService,
  headlessService,
} from "./manifests/services.ts";

export interface BrokerServicesArgs extends ClusterScope {
  readonly access: ExternalAccess;
  readonly brokers: number;
}

/** Every Service of the brokers: inside the cluster, and outside as `access` says. */
export function brokerServices(
  name: string,
  args: BrokerServicesArgs,
  opts: pulumi.CustomResourceOptions,
): Service[] {
  const { access } = args;
  const all = [
    new Service(`${name}-headless`, headlessService(args, access), opts),
    new Service(`${name}-bootstrap`, bootstrapService(args), opts),
  ];
  if (access.type === "none") return all;
  const bootstrap = externalBootstrapService(args, access);
  return [
    ...all,
    ...(bootstrap ? [new Service(`${name}-external`, bootstrap, opts)] : []),
    ...nodesOf(args.brokers).map((node) => {
      const service = externalBrokerService(args, access, node);
      return new Service(`${name}-external-${node}`, service, opts);
    }),
  ];
}
