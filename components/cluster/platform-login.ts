import * as pulumi from "@pulumi/pulumi";
import { derivePassword } from "../settings/credentials.ts";
import { PLATFORM_ACCOUNTS } from "../settings/platform-accounts.ts";
import type { Login } from "./endpoint.ts";

/** The password of an account that exists from the moment the disks are formatted. */
export const platformPassword = (stackSecret: string, account: string): string =>
  derivePassword(stackSecret, `platform/${account}/1`);

/** How the super user logs in that declares everything else. */
export const adminLogin = (stackSecret: pulumi.Input<string>): Login => ({
  username: PLATFORM_ACCOUNTS.admin,
  password: pulumi.secret(
    pulumi.output(stackSecret).apply((secret) => platformPassword(secret, PLATFORM_ACCOUNTS.admin)),
  ),
  mechanism: "SCRAM-SHA-512",
});
