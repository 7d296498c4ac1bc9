import type { CapacityPlan, ClusterRoom } from "../../model/capacity/capacity.ts";
import { kindOf, targetOf } from "../../model/stack/cluster-kinds.ts";
import type { StackConfig } from "../../model/stack/stack-config.ts";
import { catalogueCapacity } from "../../model/capacity/catalogue-load.ts";
import { atLoad } from "../../model/capacity/environment-load.ts";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import type { Declarations, Target } from "../../model/catalogue/catalogue.ts";
import { DECLARATIONS } from "../../topics/index.ts";

/** What a stack's configuration gives the catalogue room on. */
export const roomOf = (config: StackConfig): ClusterRoom & Target => ({
  ...targetOf(config),
  load: config.load,
  storage: kindOf(config.cluster).storage(config.cluster),
});

/**
 * What declarations take of the cluster of a stack. The report and `kafka-platform capacity` both ask here, so that
 * they say the same.
 *
 * @throws SettingsError with every fault of the declarations
 */
export function declaredCapacity(
  config: StackConfig,
  declarations: Declarations = DECLARATIONS,
): CapacityPlan {
  const room = roomOf(config);
  return catalogueCapacity(
    atLoad(loadCatalogue(declarations, room), room),
    room,
    config.defaultQuota,
  );
}
