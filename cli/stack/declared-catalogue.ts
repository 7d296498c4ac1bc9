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
  return reported(() => loadCatalogue(DECLARATIONS, target));
}

/** Runs `load` so that what it refuses is told as a fault that the user can act on. */
export function reported<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    throw error instanceof SettingsError ? new UserError(error.message) : error;
  }
}
