import { derivePassword } from "../../../model/credentials/credentials.ts";
import { brokerSecretFiles } from "../../../model/broker/secret-files.ts";
import type { Login, ScramMechanism } from "./running-broker.ts";

/**
 * The users that the platform formats a broker's volume with, as the entrypoint reads them, but the
 * admin, whom a test broker has already.
 */
export function platformUsers(stackSecret: string): Login[] {
  const files = brokerSecretFiles(
    (purpose) => derivePassword(stackSecret, purpose),
    [{ mechanism: "SCRAM-SHA-512", generation: 1 }],
  );
  const lines = files["scram-users"]?.trim().split("\n") ?? [];
  return lines
    .map((line) => {
      const [, mechanism = "", username = "", password = ""] =
        /^(.+)=\[name=(.+),iterations=\d+,password=(.+)\]$/.exec(line) ?? [];
      return { username, password, mechanism: mechanism as ScramMechanism };
    })
    .filter(({ username }) => username !== "admin");
}
