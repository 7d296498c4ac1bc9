import path from "node:path";
import { pathToFileURL } from "node:url";
import type { CapacityPlan } from "../../model/capacity/capacity.ts";
import type { AccountGroups } from "../../model/catalogue/account-groups.ts";
import type { Declarations } from "../../model/catalogue/catalogue.ts";
import { declaredCapacity } from "../capacity/declared-capacity.ts";
import { parsedConfig } from "../stack/effective-config.ts";
import type { StackFile } from "../stack/stack-file.ts";

/**
 * What the declarations of another commit take, by the arithmetic of this one: a figure before and one
 * after are only to be compared when both come about the same way.
 *
 * @returns undefined where an older commit declares in a way that is not understood any more
 */
export async function capacityAt(
  folder: string,
  file: StackFile,
): Promise<CapacityPlan | undefined> {
  try {
    const topics = (file: string): Promise<unknown> =>
      import(pathToFileURL(path.join(folder, "topics", file)).href);
    const { DOMAINS: domains } = (await topics("domains.ts")) as {
      DOMAINS: Declarations["domains"];
    };
    const { ACCOUNT_GROUPS: accountGroups } = (await topics("account-groups.ts")) as {
      ACCOUNT_GROUPS: AccountGroups;
    };
    const config = parsedConfig("the stack file of the base", file.config);
    return declaredCapacity(config, { domains, accountGroups });
  } catch {
    return undefined;
  }
}
