import { X509Certificate } from "node:crypto";

/**
 * Keys are random and certificates begin when they were made, so a text that holds them is compared
 * by what they say instead: the names a certificate is for, what it may be used for, who signed it.
 */
export function describePems(text: string): string {
  const decoded = BASE64.test(text) ? Buffer.from(text, "base64").toString("latin1") : "";
  if (decoded.includes("-----BEGIN ")) return `base64 of ${describePems(decoded)}`;
  return text.replaceAll(PEM, (_pem, kind: string, content: string) =>
    kind === "CERTIFICATE" ? describeCertificate(content) : `<${kind}>`,
  );
}

const BASE64 = /^[A-Za-z0-9+/]{16,}={0,2}$/;

const PEM = /-----BEGIN ([A-Z ]+)-----([\s\S]+?)-----END \1-----/g;
/** Ends of lines, also as JSON and Java's properties write them in a line. */
const LINE_ENDS = /\\[nr]|[\s\\]/g;
const DAY_MS = 86_400_000;

function describeCertificate(content: string): string {
  const der = Buffer.from(content.replace(LINE_ENDS, ""), "base64");
  const { subject, issuer, subjectAltName, keyUsage, ca, validFromDate, validToDate } =
    new X509Certificate(der);
  const days = Math.round((validToDate.getTime() - validFromDate.getTime()) / DAY_MS);
  const names = subjectAltName?.split(", ").toSorted();
  const uses = keyUsage as readonly string[] | undefined;
  return `<CERTIFICATE ${JSON.stringify({ subject, issuer, names, uses, ca, days })}>`;
}
