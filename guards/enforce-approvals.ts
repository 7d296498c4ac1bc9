import * as pulumi from "@pulumi/pulumi";
import { type Decision, isRefused } from "../review/approvals.ts";

/**
 * Refuses all that is not approved, in one message; says of the rest who approved it.
 *
 * @param atStake what the cluster says of it, asked only where there is something to decide
 */
export async function enforceApprovals(
  subject: string,
  decisions: readonly Decision[],
  atStake: () => Promise<string> = () => Promise.resolve(""),
): Promise<void> {
  if (decisions.length === 0) return;
  const stake = await atStake();
  const refused = decisions.filter(isRefused);
  if (refused.length > 0) {
    const list = refused.map(({ reason, refusal }) => `\n  - ${reason}. ${refusal ?? ""}`).join("");
    throw new Error(`${subject} is not changed:${list}${stake === "" ? "" : `\n  ${stake}`}`);
  }
  const agreed = decisions.map(
    ({ change, approval }) =>
      `${change} of ${subject} was approved by ${approval?.by ?? ""}: ${approval?.reason ?? ""}.`,
  );
  // Of the volumes of a cluster each has its approval, and all say the same.
  for (const line of new Set(agreed)) await pulumi.log.info(`${line} ${stake}`.trimEnd());
}
