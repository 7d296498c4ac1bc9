import { PolicyPack } from "@pulumi/policy";
import { Config } from "@pulumi/pulumi";
import { stackConfigSchema } from "../components/settings/stack-config.ts";
import { policies } from "./pack.ts";

/**
 * The policy pack: `pulumi preview --policy-pack policy`. Importing this file starts a server, so
 * everything else imports what is beside it.
 */
const { environment: environmentSchema } = stackConfigSchema.shape;
const given = environmentSchema.safeParse(new Config("kafka-platform").get("environment"));

new PolicyPack("kafka-platform", {
  // Where the CLI hands over no configuration (`pulumi policy analyze`) the strictest levels apply.
  policies: policies({ environment: given.data ?? "prod", today: new Date() }),
});
