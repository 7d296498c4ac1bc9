import path from "node:path";
import { ACCOUNT_GROUPS_FILE } from "../model/catalogue/account-groups.ts";
import type { Declarations } from "../model/catalogue/catalogue.ts";
import { sourceFiles } from "../model/catalogue/checks/source-files.ts";
import { ACCOUNT_GROUPS } from "./account-groups.ts";
import { DOMAINS } from "./domains.ts";

/** Everything that is declared: what the catalogue is read from. */
export const DECLARATIONS: Declarations = {
  domains: DOMAINS,
  accountGroups: ACCOUNT_GROUPS,
  sources: () =>
    sourceFiles(path.dirname(import.meta.dirname), [...Object.keys(DOMAINS), ACCOUNT_GROUPS_FILE]),
};
