import { z } from "zod";

/** The SCRAM mechanisms of Kafka; a user can have a credential of each at the same time. */
export const SCRAM_MECHANISMS = ["SCRAM-SHA-512", "SCRAM-SHA-256"] as const;

export const scramMechanism = z.enum(SCRAM_MECHANISMS, { error: SCRAM_MECHANISMS.join(" or ") });

export type ScramMechanism = z.output<typeof scramMechanism>;

/** What is used where nothing else is said. */
export const DEFAULT_MECHANISM: ScramMechanism = "SCRAM-SHA-512";
