import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM bundle, each as its own PEM text. The first one signs, all are trusted. */
export const certificatesOf = (bundle: string): string[] => bundle.match(CERTIFICATE) ?? [];

/** The certificate that signs. */
export const signingCertificate = (bundle: string): string => certificatesOf(bundle)[0] ?? "";

/** What is wrong with a bundle on the day `now`, each as `[index of the certificate, message]`. */
export function bundleFaults(bundle: string, now: Date): string[] {
  const texts = certificatesOf(bundle);
  if (texts.length === 0) return ["wanted one or more certificates in PEM"];
  return texts.flatMap((text, index) => {
    const which = `certificate ${String(index + 1)} of ${String(texts.length)}`;
    const certificate = parsed(text);
    if (!certificate) return [`${which} cannot be read; wanted X.509 in PEM`];
    const called = `${which} (${certificate.subject.replaceAll("\n", ", ")})`;
    const { validFromDate, validToDate } = certificate;
    return [
      ...(certificate.ca ? [] : [`${called} is no certificate authority: it may not sign others`]),
      ...(validFromDate <= now ? [] : [`${called} is valid only from ${day(validFromDate)} on`]),
      ...(now < validToDate
        ? []
        : [
            `${called} expired on ${day(validToDate)}; take it out, or put one that is valid first`,
          ]),
    ];
  });
}

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

const day = (date: Date) => date.toISOString().slice(0, 10);
