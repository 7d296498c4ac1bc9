import * as kafka from "@pulumi/kafka";
import type * as pulumi from "@pulumi/pulumi";
import { quotaConfig, type QuotaLimits } from "../../model/access/quotas.ts";

/**
 * Limits of one Kafka user, or without `username` of every user that has none of its own.
 *
 * Named by its identity in Kafka. The old one goes before the new one comes: the other way round the
 * provider's delete takes away what its create has just set.
 */
export const userQuota = (
  username: string | undefined,
  limits: QuotaLimits,
  opts: pulumi.CustomResourceOptions,
): kafka.Quota =>
  new kafka.Quota(
    `${username ?? DEFAULT_ENTITY}|user`,
    {
      entityType: "user",
      ...(username === undefined ? {} : { entityName: username }),
      config: quotaConfig(limits),
    },
    { ...opts, deleteBeforeReplace: true },
  );

/** What the Kafka provider calls the user that has no name. */
const DEFAULT_ENTITY = "entity-default";
