/** Distinguished names. */
import type { JsonNameParams } from "@peculiar/x509";
import { type Known, listOf, optional, record, text } from "../property-rules.ts";

const FIELDS = {
  commonName: optional(text()),
  country: optional(text()),
  emailAddress: optional(text()),
  locality: optional(text()),
  organization: optional(text()),
  organizationalUnit: optional(text()),
  postalCode: optional(text()),
  province: optional(text()),
  serialNumber: optional(text()),
  streetAddresses: optional(listOf(text())),
};

export const subjectRule = record(FIELDS);

export type Subject = Known<typeof FIELDS>;

const EMAIL = "1.2.840.113549.1.9.1";

/** In the order the provider writes them. */
export function distinguishedName(subject: Subject): JsonNameParams {
  const one = (oid: string, value: string | undefined): JsonNameParams =>
    value === undefined ? [] : [{ [oid]: [value] }];
  const { emailAddress, streetAddresses = [] } = subject;
  return [
    ...one("2.5.4.6", subject.country),
    ...one("2.5.4.10", subject.organization),
    ...one("2.5.4.11", subject.organizationalUnit),
    ...one("2.5.4.7", subject.locality),
    ...one("2.5.4.8", subject.province),
    ...streetAddresses.flatMap((street) => one("2.5.4.9", street)),
    ...one("2.5.4.17", subject.postalCode),
    ...one("2.5.4.3", subject.commonName),
    ...one("2.5.4.5", subject.serialNumber),
    ...(emailAddress === undefined ? [] : [{ [EMAIL]: [{ ia5String: emailAddress }] }]),
  ];
}
