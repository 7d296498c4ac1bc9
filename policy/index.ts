import { PolicyPack } from "@pulumi/policy";
import { policies } from "./pack.ts";

/**
 * The policy pack: `pulumi preview --policy-pack policy`. Importing this file starts a server, so
 * everything else imports what is beside it.
 */
new PolicyPack("kafka-platform", { policies: policies(new Date()) });
