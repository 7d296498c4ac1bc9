import { X509Certificate } from "node:crypto";
import { certificatesOf } from "../../model/credentials/certificate-authority.ts";
import { isoDay } from "../../model/values/iso-day.ts";
import { messageOf } from "../../model/values/user-error.ts";
import type { AuditParts, PlainValue, Seen } from "../../operations/audit/audit-view.ts";
import { certificateFacts } from "../../operations/audit/certificate-facts.ts";
import { credentialStatuses } from "../credentials/credential-list.ts";
import { credentialOutputs, type CredentialRecords } from "../credentials/rotation.ts";
import { mergedStackFile } from "../stack/effective-config.ts";
import type { Stack } from "../stack/project.ts";
import { encryptedText } from "../stack/stack-file.ts";

type StackParts = Pick<AuditParts, "credentials" | "plainValues">;

/**
 * What stands in the stack's own files and outputs.
 *
 * @param outputs with `[secret]` in the place of every secret
 */
export function stackParts(
  stack: Stack,
  outputs: unknown,
  today: Date,
): { readonly [Part in keyof StackParts]: Seen<StackParts[Part]> } {
  const records = credentialOutputs.safeParse(outputs);
  return {
    credentials: records.success
      ? { value: credentialFacts(records.data.credentials, isoDay(today)), missing: [] }
      : {
          value: undefined,
          missing: ["the stack's outputs do not say since when credentials are"],
        },
    plainValues: {
      value: [...fromStackFile(stack), ...textsIn("outputs", "", outputs)],
      missing: [],
    },
  };
}

const credentialFacts = (records: CredentialRecords, today: string): AuditParts["credentials"] =>
  credentialStatuses(records, today).map(({ account, due }) => ({
    account,
    due: due ?? undefined,
    secondSince: records[account]?.live[1]?.since,
  }));

/** The certificates of a bundle in PEM; one that cannot be read is named. */
export function certificatesIn(place: string, bundle: string): Seen<AuditParts["certificates"]> {
  const missing: string[] = [];
  const value = certificatesOf(bundle).flatMap((text) => {
    try {
      return [certificateFacts(place, new X509Certificate(text))];
    } catch (error) {
      missing.push(`${place}: ${messageOf(error)}`);
      return [];
    }
  });
  return { value, missing };
}

/** Values of the stack file, and of this machine's file beside it, that are not encrypted. */
const fromStackFile = (stack: Stack): PlainValue[] =>
  Object.entries(mergedStackFile(stack).config).flatMap(([key, value]) =>
    encryptedText(value) === undefined ? textsIn(`Pulumi.${stack.name}.yaml`, key, value) : [],
  );

/** Every text inside a value, by its path. */
function textsIn(place: string, name: string, value: unknown): PlainValue[] {
  if (typeof value === "string") return [{ place, name, value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    textsIn(place, name === "" ? key : `${name}.${key}`, inner),
  );
}
