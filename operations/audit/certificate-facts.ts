import type { X509Certificate } from "node:crypto";
import { isoDay } from "../../model/values/iso-day.ts";
import type { CertificateFacts } from "./audit-view.ts";

/** Bits of the curves that Node names. */
const CURVES: Readonly<Record<string, number>> = {
  prime192v1: 192,
  secp224r1: 224,
  prime256v1: 256,
  secp256k1: 256,
  secp384r1: 384,
  secp521r1: 521,
};

/** What an audit wants to know of a certificate. */
export function certificateFacts(place: string, certificate: X509Certificate): CertificateFacts {
  const { publicKey, subject, ca, validFromDate, validToDate } = certificate;
  const { modulusLength, namedCurve = "" } = publicKey.asymmetricKeyDetails ?? {};
  return {
    place,
    subject: subject.replaceAll("\n", ", "),
    validFrom: isoDay(validFromDate),
    validTo: isoDay(validToDate),
    isAuthority: ca,
    keyType: publicKey.asymmetricKeyType ?? "unknown",
    keyBits: modulusLength ?? CURVES[namedCurve],
    signature: certificate.signatureAlgorithm ?? "unknown",
  };
}
