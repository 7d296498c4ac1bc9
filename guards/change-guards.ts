import * as pulumi from "@pulumi/pulumi";
import { accountRisks } from "../review/account-risks.ts";
import { decide } from "../review/approvals.ts";
import { assess } from "../review/reversibility.ts";
import type { ClusterConnection } from "../model/credentials/cluster-connection.ts";
import type { Consent } from "../model/agreements/approval.ts";
import { describeTopicUsage } from "./live-usage.ts";
import { enforceApprovals } from "./enforce-approvals.ts";
import { topicChange } from "./topic-change.ts";

/**
 * Hooks that refuse what nobody has approved, in a preview and in an `up`, before anything is touched.
 * They decide as the report does. What is deleted is not seen by them: that is what `protect` holds back,
 * because with a hook on deletions in its state `pulumi destroy` would need the program.
 *
 * Two hooks serve all topics and accounts: each would be one more request to the engine.
 */
export function changeGuards(cluster: ClusterConnection<pulumi.Output<string>>, today: Date) {
  const consents = new Map<string, Consent>();
  const consentOf = (kind: string, name: string): Consent => consents.get(`${kind} ${name}`) ?? {};

  /** What was decided of a component is not decided, and told, again of what it makes. */
  const decided = new Set<string>();
  const isNew = (name: string, reason: string): boolean => {
    const key = `${name} ${reason}`;
    const first = !decided.has(key);
    decided.add(key);
    return first;
  };

  const topics = new pulumi.ResourceHook(
    "topic-guard",
    async ({ type, name, oldInputs, newInputs }) => {
      const change = topicChange(type, name, oldInputs, newInputs);
      if (change === undefined) return;
      const risks = assess(change).risks.filter(({ reason }) => isNew(name, reason));
      const consent = consentOf("topic", name);
      const decisions = decide(risks, { holder: "topic", consent, today });
      await enforceApprovals(`topic ${name}`, decisions, () => describeTopicUsage(cluster, name));
    },
    { onDryRun: true },
  );
  const accounts = new pulumi.ResourceHook(
    "account-guard",
    async ({ name, oldInputs, newInputs }) => {
      const consent = consentOf("account", name);
      const risks = accountRisks(oldInputs, newInputs);
      await enforceApprovals(
        `account ${name}`,
        decide(risks, { holder: "account", consent, today }),
      );
    },
    { onDryRun: true },
  );

  const guard = (kind: "topic" | "account", hook: pulumi.ResourceHook) => {
    return (name: string, consent: Consent): pulumi.ResourceHookBinding => {
      consents.set(`${kind} ${name}`, consent);
      return { beforeUpdate: [hook] };
    };
  };
  return { topic: guard("topic", topics), account: guard("account", accounts) };
}

export type ChangeGuards = ReturnType<typeof changeGuards>;
