import { z } from "zod";
import { type Receivers, receiverSecretNames } from "../alerting/receivers.ts";

/** Values by name, as the secret `receiverSecrets` of a stack holds them. */
const secretsSchema = z.record(z.string(), z.string().min(1));

/**
 * What keeps receivers from having their secrets. Never shows a value.
 *
 * @param text the secret of the stack. @default it has none
 */
export function receiverSecretFaults(
  receivers: Receivers | undefined,
  text: string | undefined,
): string[] {
  const names = receivers ? receiverSecretNames(receivers) : [];
  if (text === undefined && names.length === 0) return [];
  const given = parsed(text ?? "{}");
  if (given === undefined) {
    return ["receiverSecrets: given something else; wanted a JSON object of texts, by name"];
  }
  return names
    .filter((name) => !Object.hasOwn(given, name))
    .map((name) => `receiverSecrets: "${name}" is missing, which observability.receivers names`);
}

/** The values that receivers use; others stay where they are. @throws Error where there are faults */
export function receiverSecrets(
  receivers: Receivers | undefined,
  text: string,
): Record<string, string> {
  const given = parsed(text) ?? {};
  const names = receivers ? receiverSecretNames(receivers) : [];
  return Object.fromEntries(
    names.map((name) => {
      const value = given[name];
      if (value === undefined) throw new Error(`there is no secret ${name}`);
      return [name, value];
    }),
  );
}

function parsed(text: string): Readonly<Record<string, string>> | undefined {
  try {
    return secretsSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
