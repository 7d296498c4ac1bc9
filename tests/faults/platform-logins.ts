/** What the platform's own users log in with by SCRAM, from what the stack says of itself. */
import { clusterCredentials } from "../../model/kubernetes/cluster-accounts.ts";
import { derivePassword } from "../../model/credentials/credentials.ts";
import { PLATFORM_ACCOUNTS } from "../../model/credentials/platform-accounts.ts";
import { firstPurpose } from "../../model/credentials/platform-credentials.ts";
import type { LiveCredentials, LiveUsers } from "../../model/credentials/rotation.ts";
import type { CredentialOutputs, Login } from "../kubernetes/support/platform-stack.ts";

/** Those that may log in: the admin, the brokers' users, and the anchor, who only must never be missing. */
export function platformLogins(stackSecret: string, outputs: CredentialOutputs): Login[] {
  const credentials = clusterCredentials({
    admin: outputs["admin"]?.live as LiveCredentials,
    brokerUsers: outputs["broker"]?.live as LiveUsers,
    controllerUsers: outputs["controller"]?.live as LiveUsers,
  });
  // What was retired stays declared, with a password that nobody is given.
  const live = credentials.filter(({ purpose }) => !purpose.includes("/retired/"));
  const username = PLATFORM_ACCOUNTS.anchor;
  const anchors = (["SCRAM-SHA-512", "SCRAM-SHA-256"] as const).map((mechanism) => {
    return { username, mechanism, purpose: firstPurpose(username) };
  });
  return [...live, ...anchors].map(({ purpose, ...user }) => {
    return { ...user, password: derivePassword(stackSecret, purpose) };
  });
}
