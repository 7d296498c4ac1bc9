import type { Grants } from "../access/grants.ts";
import { KAFKA_UI_ACCOUNT, OPERATOR_ACCOUNT } from "../credentials/platform-accounts.ts";
import { EXPORTER_ACCOUNT, EXPORTER_GRANTS } from "../observability/exporter-access.ts";
import { runsExporter } from "../observability/observability-settings.ts";
import type { StackConfig } from "./stack-config.ts";

/** An account that the program declares for what it starts itself, and rotates like every other. */
interface OwnAccount {
  /** What logs in as it, in a sentence. */
  readonly what: string;
  readonly grants: Grants;
}

/** By name: no declaration may take one. Who is not a super user, and was not there when disks were formatted. */
export const OWN_ACCOUNTS: Readonly<Record<string, OwnAccount>> = {
  [KAFKA_UI_ACCOUNT]: { what: "the UI", grants: { observes: true } },
  [EXPORTER_ACCOUNT]: { what: "the exporter", grants: EXPORTER_GRANTS },
  // Read, too: how old the record is that a group has come to can only be had with the record.
  [OPERATOR_ACCOUNT]: { what: "commands that only look", grants: { observes: true } },
};

/** Those that a stack has. */
export const ownAccountsOf = (
  config: Pick<StackConfig, "cluster" | "ui" | "observability">,
): string[] => [
  ...(config.ui.enabled ? [KAFKA_UI_ACCOUNT] : []),
  ...(runsExporter(config) ? [EXPORTER_ACCOUNT] : []),
  OPERATOR_ACCOUNT,
];
