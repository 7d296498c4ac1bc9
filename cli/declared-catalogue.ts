import { SettingsError } from "../components/settings/faults.ts";
import { UserError } from "../engine/user-error.ts";
import { type Catalogue, loadCatalogue } from "../topics/catalogue.ts";
import type { Target } from "../topics/catalogue-checks.ts";
import { DOMAINS } from "../topics/domains.ts";

/**
 * The catalogue, for commands that look at it without running the program.
 *
 * @param target cluster that it is for; without one, it is checked for every environment
 * @throws UserError with every fault of it
 */
export function declaredCatalogue(target?: Target): Catalogue {
  try {
    return loadCatalogue(DOMAINS, target);
  } catch (error) {
    throw error instanceof SettingsError ? new UserError(error.message) : error;
  }
}
