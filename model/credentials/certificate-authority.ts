import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { isoDay } from "../values/iso-day.ts";

/** What `npm run rotate` calls it, so no account may be called that. */
export const AUTHORITY = "authority";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM bundle, each as its own PEM text. The first one signs, all are trusted. */
export const certificatesOf = (bundle: string): string[] => bundle.match(CERTIFICATE) ?? [];

/** The certificate that signs. */
export const signingCertificate = (bundle: string): string => certificatesOf(bundle)[0] ?? "";

/**
 * What is wrong with a bundle on the day `now`. One that has expired is no fault beside one that has
 * not: a rotation needs both for a while, because brokers go on trusting what is past its end.
 */
export function bundleFaults(bundle: string, now: Date): string[] {
  const certificates = numbered(bundle);
  if (certificates.length === 0) return ["wanted one or more certificates in PEM"];
  const faults = certificates.flatMap(({ which, called, certificate }) => {
    if (!certificate) return [`${which} cannot be read; wanted X.509 in PEM`];
    const { ca, validFromDate } = certificate;
    return [
      ...(ca ? [] : [`${called} is no certificate authority: it may not sign others`]),
      ...(validFromDate <= now ? [] : [`${called} is valid only from ${isoDay(validFromDate)} on`]),
    ];
  });
  const expired = certificates.filter((one) => isExpired(one, now));
  if (expired.length < certificates.length) return faults;
  return [
    ...faults,
    ...expired.map(
      ({ called, certificate }) =>
        `${called} expired on ${certificate ? isoDay(certificate.validToDate) : ""}, and no other is valid; ${REPLACE}`,
    ),
  ];
}

/** What will be wrong with a bundle before long, or hinders clients already. */
export function bundleWarnings(bundle: string, now: Date): string[] {
  const [first, ...others] = numbered(bundle);
  if (!first?.certificate) return [];
  const { called, certificate } = first;
  const ends = certificate.validToDate;
  const dropped = others
    .filter((one) => isExpired(one, now))
    .map((one) => `${one.called} has expired: take it out once the brokers run with the first one`);
  if (isExpired(first, now)) {
    const refused = `${called} expired on ${isoDay(ends)} and still signs: many clients refuse the brokers`;
    return [`${refused} until another one is first; ${REPLACE}`, ...dropped];
  }
  const soon = ends.getTime() - now.getTime() < A_YEAR_MS && others.length === dropped.length;
  const warning = `${called} ends on ${isoDay(ends)}, before what it signs today; ${REPLACE}`;
  return [...(soon ? [warning] : []), ...dropped];
}

/** For as long the brokers' certificates are valid. */
const A_YEAR_MS = 365 * 86_400_000;
const REPLACE = "replace it: docs/runbooks/replace-authority.md";

interface Numbered {
  /** `certificate 1 of 2`. */
  readonly which: string;
  /** The same with its subject, where it can be read. */
  readonly called: string;
  readonly certificate: X509Certificate | undefined;
}

function numbered(bundle: string): Numbered[] {
  const texts = certificatesOf(bundle);
  return texts.map((text, index) => {
    const which = `certificate ${String(index + 1)} of ${String(texts.length)}`;
    const certificate = parsed(text);
    const called = `${which} (${certificate?.subject.replaceAll("\n", ", ") ?? ""})`;
    return { which, called, certificate };
  });
}

const isExpired = ({ certificate }: Numbered, now: Date): boolean =>
  certificate !== undefined && certificate.validToDate <= now;

/** What is wrong with the key of the certificate that signs. Never shows any of it. */
export function signingKeyFaults(key: string, bundle: string | undefined): string[] {
  const privateKey = readKey(key);
  if (!privateKey) return ["given a value of another shape; wanted a private key in PEM (PKCS #8)"];
  const certificate = bundle === undefined ? undefined : parsed(signingCertificate(bundle));
  if (!certificate || certificate.checkPrivateKey(privateKey)) return [];
  const called = certificate.subject.replaceAll("\n", ", ");
  return [
    `it does not belong to the first certificate of cluster.caCertificate (${called}); ` +
      `wanted the key that this certificate was made with`,
  ];
}

function parsed(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}

function readKey(text: string): KeyObject | undefined {
  if (!text.trimStart().startsWith("-----BEGIN PRIVATE KEY-----")) return undefined;
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}
