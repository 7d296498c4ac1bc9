import { compileGrants } from "../../components/access/grants.ts";
import { accountAccess } from "../../topics/account-access.ts";
import { loadCatalogue } from "../../topics/catalogue.ts";

/** What each account of an owner may do: `OPERATION TYPE NAME`, with `*` after the name of a prefix. */
export const rightsOf = (owner: string): Record<string, string[]> =>
  Object.fromEntries(
    loadCatalogue()
      .accounts.filter((account) => account.owner === owner)
      .map((account) => [
        account.name,
        compileGrants(accountAccess(account)).map(
          ({ entry: { operation, resourceType, resourceName, patternType } }) =>
            `${operation} ${resourceType} ${resourceName}${patternType === "Prefixed" ? "*" : ""}`,
        ),
      ]),
  );
