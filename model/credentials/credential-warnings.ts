import { EXPORTER_ACCOUNT } from "../observability/exporter-access.ts";
import { KAFKA_UI_ACCOUNT, OPERATOR_ACCOUNT, PLATFORM_ACCOUNTS } from "./platform-accounts.ts";

/**
 * Entries of `credentials` that no account of the stack has. They are right for accounts that are gone,
 * and without effect where a name is misspelt: only a person knows.
 */
export function credentialWarnings(
  credentials: Readonly<Record<string, unknown>>,
  accounts: readonly string[],
): string[] {
  const known = new Set<string>([
    ...accounts,
    PLATFORM_ACCOUNTS.admin,
    KAFKA_UI_ACCOUNT,
    EXPORTER_ACCOUNT,
    OPERATOR_ACCOUNT,
  ]);
  const unknown = Object.keys(credentials).filter((name) => !known.has(name));
  if (unknown.length === 0) return [];
  return [
    `credentials: no account is called ${unknown.sort().join(", ")}. The entry of an account that is gone ` +
      "stays as it is; one whose name is misspelt has no effect.",
  ];
}
