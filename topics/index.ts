import type { Declarations } from "../model/catalogue/catalogue.ts";
import { ACCOUNT_GROUPS } from "./account-groups.ts";
import { DOMAINS } from "./domains.ts";

/** Everything that is declared: what the catalogue is read from. */
export const DECLARATIONS: Declarations = { domains: DOMAINS, accountGroups: ACCOUNT_GROUPS };
