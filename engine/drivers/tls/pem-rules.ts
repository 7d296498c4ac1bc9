/** Rules for properties in PEM form. No message shows a key. */
import { text } from "../property-rules.ts";

export const PRIVATE_KEY = text({
  pattern: /-----BEGIN (?:(?:RSA|EC) )?PRIVATE KEY-----/,
  wanted: "a private key in PEM form",
  hidden: true,
});

/** May be a bundle: the first one counts. */
export const CERTIFICATE = text({
  pattern: /-----BEGIN CERTIFICATE-----/,
  wanted: "a certificate in PEM form",
  hidden: true,
});

export const CERTIFICATE_REQUEST = text({
  pattern: /-----BEGIN CERTIFICATE REQUEST-----/,
  wanted: "a certificate request in PEM form",
  hidden: true,
});

/** The first block of its kind, without what may follow. */
export function firstBlock(label: string, pem: string): string {
  const begin = pem.indexOf(`-----BEGIN ${label}-----`);
  const end = `-----END ${label}-----`;
  return pem.slice(begin, pem.indexOf(end, begin) + end.length);
}
