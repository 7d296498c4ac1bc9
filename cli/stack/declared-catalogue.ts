import { SettingsError } from "../../model/values/faults.ts";
import { UserError } from "../../model/values/user-error.ts";
import type { Catalogue } from "../../model/catalogue/catalogue.ts";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import type { Target } from "../../model/catalogue/catalogue.ts";
import { DECLARATIONS } from "../../topics/index.ts";

/**
 * The catalogue, for commands that look at it without running the program.
 *
 * @param target cluster that it is for; without one, it is checked for every environment
 * @throws UserError with every fault of it
 */
export function declaredCatalogue(target?: Target): Catalogue {
  try {
    return loadCatalogue(DECLARATIONS, target);
  } catch (error) {
    throw error instanceof SettingsError ? new UserError(error.message) : error;
  }
}
