import * as pulumi from "@pulumi/pulumi";
import { derivePassword } from "../../model/credentials/credentials.ts";
import { renderUiConfig, type UiConfigArgs } from "../../model/broker/ui-config.ts";
import type { Login } from "./endpoint.ts";

/** Where the UI is, and how people log in to it. */
export interface UiAccess {
  readonly url: string;
  readonly username: string;
  readonly password: pulumi.Output<string>;
}

/** Who logs in to the UI. */
export const UI_USERNAME = "admin";

/** The password of the UI's login. */
export const uiPassword = (stackSecret: pulumi.Input<string>): pulumi.Output<string> =>
  pulumi.secret(pulumi.output(stackSecret).apply((secret) => derivePassword(secret, "ui/admin/1")));

/** The UI's configuration file; the passwords are in it. */
export const uiConfigFile = (
  cluster: Omit<UiConfigArgs, "account" | "login">,
  account: Login,
  password: pulumi.Output<string>,
): pulumi.Output<string> =>
  pulumi.all([account.password, password]).apply(([accountPassword, loginPassword]) =>
    renderUiConfig({
      ...cluster,
      account: { ...account, password: accountPassword },
      login: { username: UI_USERNAME, password: loginPassword },
    }),
  );
