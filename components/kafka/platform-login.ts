import * as pulumi from "@pulumi/pulumi";
import { derivePassword } from "../../model/credentials/credentials.ts";
import {
  adminCredentials,
  type PlatformCredential,
} from "../../model/credentials/platform-credentials.ts";
import type { LiveCredentials } from "../../model/credentials/rotation.ts";
import type { Login } from "./endpoint.ts";

/** What an account of the platform logs in with, its password derived. */
export const platformLogin = (
  stackSecret: pulumi.Input<string>,
  { purpose, ...credential }: PlatformCredential,
): Login => ({
  ...credential,
  password: pulumi.secret(
    pulumi.output(stackSecret).apply((secret) => derivePassword(secret, purpose)),
  ),
});

/** How the super user logs in that declares everything else. */
export function adminLogin(stackSecret: pulumi.Input<string>, live: LiveCredentials): Login {
  const [current] = adminCredentials(live);
  if (!current) throw new Error("an account has at least one credential");
  return platformLogin(stackSecret, current);
}
