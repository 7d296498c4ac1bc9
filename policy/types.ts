import {
  CLAIM,
  CONFIG_MAP,
  DEPLOYMENT,
  DISRUPTION_BUDGET,
  JOB,
  NETWORK_POLICY,
  SECRET,
  SERVICE,
  SERVICE_ACCOUNT,
  STATEFUL_SET,
} from "../model/stack/resource-types.ts";

/** Types of resources that rules judge together. */

/** What runs pods that serve somebody; a job ends by itself. */
export const SERVERS = [STATEFUL_SET, DEPLOYMENT] as const;
export const WORKLOADS = [...SERVERS, JOB] as const;
/** What lives in a namespace. */
export const NAMESPACED = [
  ...WORKLOADS,
  CONFIG_MAP,
  SECRET,
  SERVICE,
  SERVICE_ACCOUNT,
  CLAIM,
  NETWORK_POLICY,
  DISRUPTION_BUDGET,
] as const;
