import * as kafka from "@pulumi/kafka";
import type * as pulumi from "@pulumi/pulumi";
import { quotaConfig, type QuotaLimits } from "../../model/access/quotas.ts";

/**
 * Limits of one Kafka user, or without `username` of every user that has none of its own.
 */
export const userQuota = (
  username: string | undefined,
  limits: QuotaLimits,
  opts: pulumi.CustomResourceOptions,
): kafka.Quota => quota("user", username, limits, opts);

/**
 * Limits of whoever calls himself by a client id, whatever user he is, or without one of every client id that
 * has none of its own. Kafka asks for them where the user has no quota of that kind, and no default one.
 */
export const clientQuota = (
  clientId: string | undefined,
  limits: QuotaLimits,
  opts: pulumi.CustomResourceOptions,
): kafka.Quota => quota("client-id", clientId, limits, opts);

/**
 * Named by its identity in Kafka. The old one goes before the new one comes: the other way round the
 * provider's delete takes away what its create has just set.
 */
const quota = (
  entityType: "user" | "client-id",
  name: string | undefined,
  limits: QuotaLimits,
  opts: pulumi.CustomResourceOptions,
): kafka.Quota =>
  new kafka.Quota(
    `${name ?? DEFAULT_ENTITY}|${entityType}`,
    {
      entityType,
      ...(name === undefined ? {} : { entityName: name }),
      config: quotaConfig(limits),
    },
    { ...opts, deleteBeforeReplace: true },
  );

/** What the Kafka provider calls the user, or the client id, that has no name. */
const DEFAULT_ENTITY = "entity-default";
