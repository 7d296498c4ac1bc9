import * as pulumi from "@pulumi/pulumi";
import { decide } from "../review/approvals.ts";
import { clusterRisks } from "../review/cluster-risks.ts";
import type { StackApproval } from "../model/agreements/approval.ts";
import { enforceApprovals } from "./enforce-approvals.ts";

/**
 * A hook of the cluster's component that refuses another name, namespace or storage class, and a volume
 * that is no longer listed, unless `approvals` of the stack file agree for every part that would be deleted or replaced.
 * Protection would refuse that too, but only when objects of the new name have been made beside the old.
 */
export const clusterPartsGuard = (
  approvals: readonly StackApproval[],
  today: Date,
): pulumi.ResourceHook =>
  new pulumi.ResourceHook(
    // Recorded in the state of every stack: the name stays.
    "identity-guard",
    async ({ name, oldInputs, newInputs }) => {
      const decisions = clusterRisks(oldInputs, newInputs).flatMap(({ resource, ...risk }) => {
        const approve = approvals.filter((approval) => approval.resource === resource);
        return decide([risk], { holder: "stack", consent: { approve }, today });
      });
      await enforceApprovals(`cluster ${name}`, decisions);
    },
    { onDryRun: true },
  );
