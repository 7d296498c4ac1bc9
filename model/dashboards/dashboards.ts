import type { Catalogue } from "../catalogue/catalogue.ts";
import { CONSUMERS } from "./consumers.ts";
import type { Dashboard } from "./dashboard.ts";
import { JVM_AND_DISK } from "./jvm-and-disk.ts";
import { OVERVIEW } from "./overview.ts";
import { holdings, ownerDashboard } from "./owner-dashboard.ts";
import { REPLICATION } from "./replication.ts";
import { SLO } from "./slo.ts";

/** Every dashboard of a cluster: five of the platform, and one for each owner in the catalogue. */
export const dashboards = ({ topics, accounts }: Catalogue): Dashboard[] => [
  OVERVIEW,
  CONSUMERS,
  REPLICATION,
  JVM_AND_DISK,
  SLO,
  ...holdings(topics, accounts).map(ownerDashboard),
];
