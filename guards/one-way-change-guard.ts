import * as pulumi from "@pulumi/pulumi";
import { decide } from "../review/approvals.ts";
import { shortType } from "../model/stack/resource-types.ts";
import { assess } from "../review/reversibility.ts";
import type { StackApproval } from "../model/agreements/approval.ts";
import { changeFromHook } from "./change-from-hook.ts";
import { enforceApprovals } from "./enforce-approvals.ts";

/**
 * A hook that refuses updates of what the stack file describes where there is no way back (a volume that
 * grows, a setting that stays) and `approvals` of the stack file does not agree. In a preview and in an `up`, and as
 * the report decides.
 */
export const oneWayChangeGuard = (
  approvals: readonly StackApproval[],
  today: Date,
): pulumi.ResourceHook =>
  new pulumi.ResourceHook(
    // Recorded in the state of every stack: the name stays.
    "stack-guard",
    async ({ type, name, oldInputs, newInputs }) => {
      const change = changeFromHook("update", type, name, [oldInputs, newInputs]);
      const approve = approvals.filter(({ resource }) => resource === name);
      const asked = { holder: "stack", consent: { approve }, today } as const;
      await enforceApprovals(`${shortType(type)} ${name}`, decide(assess(change).risks, asked));
    },
    { onDryRun: true },
  );
