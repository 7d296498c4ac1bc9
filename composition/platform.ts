import * as pulumi from "@pulumi/pulumi";
import { dockerPlatform } from "../components/cluster/docker-platform.ts";
import { kubernetesPlatform } from "../components/cluster/kubernetes-platform.ts";
import type { Platform, PlatformArgs } from "../components/cluster/platform.ts";
import { isInForce, type StackApproval } from "../components/settings/approval.ts";
import { bundleWarnings } from "../components/settings/certificate-authority.ts";
import { PLATFORM_ACCOUNTS } from "../components/settings/platform-accounts.ts";
import { liveCredentials } from "../components/settings/rotation.ts";
import type { Config, KubernetesClusterConfig } from "../config.ts";
import { clusterGuards } from "../guards/cluster-guards.ts";
import { guardedCluster } from "../guards/guarded-cluster.ts";
import { identityGuard } from "../guards/identity-guard.ts";
import { stackGuard } from "../guards/stack-guard.ts";
import { brokerImageContext } from "../images/context.ts";

/** The cluster that a configuration asks for, and what stands beside it. */
export function platformOf(config: Config, today: Date): Platform {
  const { stackSecret, cluster, environment, protection: protect, credentials, ui } = config;
  const shared: PlatformArgs = {
    ...{ stackSecret, protect, ui },
    adminCredentials: liveCredentials(credentials, PLATFORM_ACCOUNTS.admin),
    unprotected: unprotected(config.policy.approve, today),
    policy: { environment, ...config.policy },
  };
  if (cluster.kind === "kubernetes") {
    for (const warning of bundleWarnings(cluster.caCertificate, today)) {
      void pulumi.log.warn(`cluster.caCertificate: ${warning}`);
    }
    return kubernetesPlatform({ ...cluster, hooks: hooksOf(cluster, config, today) }, shared);
  }
  const { baseImage, agentImage } = cluster;
  const image = { ...brokerImageContext(), baseImage, agentImage };
  return dockerPlatform({ ...cluster, image }, shared);
}

/** Logical names of what may go, or be made anew, because somebody has agreed to it. */
const unprotected = (approvals: readonly StackApproval[], today: Date): string[] =>
  approvals
    .filter(({ change }) => change === "deletion" || change === "replacement")
    .filter((approval) => isInForce(approval, today))
    .map(({ resource }) => resource);

function hooksOf(
  cluster: KubernetesClusterConfig,
  { protection, policy }: Pick<Config, "protection" | "policy">,
  today: Date,
) {
  // Under mocks hooks hang.
  if (!pulumi.runtime.hasEngine()) return undefined;
  const approved = protection
    ? { identity: identityGuard(policy.approve, today), stack: stackGuard(policy.approve, today) }
    : undefined;
  return clusterGuards(guardedCluster(cluster), approved);
}
