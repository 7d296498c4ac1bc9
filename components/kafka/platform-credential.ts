import * as kafka from "@pulumi/kafka";
import type * as pulumi from "@pulumi/pulumi";
import type { Login } from "./endpoint.ts";
import { SCRAM_ITERATIONS } from "../../model/credentials/credentials.ts";

/**
 * A credential of one of the platform's own accounts. Disks are formatted with it, because without it
 * nobody could declare anything; declared, it follows what rotation makes of it.
 */
export const platformCredential = (
  { username, mechanism, password }: Login,
  opts: pulumi.CustomResourceOptions,
): kafka.UserScramCredential =>
  new kafka.UserScramCredential(
    `${username}|${mechanism}`,
    { username, scramMechanism: mechanism, scramIterations: SCRAM_ITERATIONS, password },
    opts,
  );
