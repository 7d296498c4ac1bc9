import { derivePassword } from "../../components/settings/credentials.ts";
import { PLATFORM_ACCOUNT_NAMES } from "../../components/settings/platform-accounts.ts";
import {
  brokerSecretFiles,
  type PlatformPasswords,
} from "../../components/settings/secret-files.ts";
import type { Login, ScramMechanism } from "./jar-broker.ts";

/**
 * The users that the platform formats a broker's volume with, as the entrypoint reads them, but the
 * admin, whom a test broker has already.
 */
export function platformUsers(stackSecret: string): Login[] {
  const passwords = Object.fromEntries(
    PLATFORM_ACCOUNT_NAMES.map((name) => [name, derivePassword(stackSecret, `platform/${name}/1`)]),
  ) as PlatformPasswords;
  const lines = brokerSecretFiles(passwords)["scram-users"]?.trim().split("\n") ?? [];
  return lines
    .map((line) => {
      const [, mechanism = "", username = "", password = ""] =
        /^(.+)=\[name=(.+),iterations=\d+,password=(.+)\]$/.exec(line) ?? [];
      return { username, password, mechanism: mechanism as ScramMechanism };
    })
    .filter(({ username }) => username !== "admin");
}
