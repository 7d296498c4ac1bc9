import { z } from "zod";

/** What a stack is for. It picks the values that the catalogue gives by environment, replication first. */
export const environment = z.enum(["dev", "staging", "prod"], { error: "dev, staging or prod" });

export type Environment = z.output<typeof environment>;
export const ENVIRONMENTS: readonly Environment[] = environment.options;
