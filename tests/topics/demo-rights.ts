import { compileGrants } from "../../model/access/compile-grants.ts";
import { accountAccess } from "../../model/catalogue/account-access.ts";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../topics/index.ts";

/** What each account of an owner may do: `OPERATION TYPE NAME`, with `*` after the name of a prefix. */
export const rightsOf = (owner: string): Record<string, string[]> =>
  Object.fromEntries(
    loadCatalogue(DECLARATIONS)
      .accounts.filter((account) => account.owner === owner)
      .map((account) => [
        account.name,
        compileGrants(accountAccess(account)).map(
          ({ entry: { operation, resourceType, resourceName, patternType } }) =>
            `${operation} ${resourceType} ${resourceName}${patternType === "Prefixed" ? "*" : ""}`,
        ),
      ]),
  );
