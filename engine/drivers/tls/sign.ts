/** Makes a certificate from a request and a CA, the way the provider fills its fields. */
import { randomBytes } from "node:crypto";
import type { Extension, Pkcs10CertificateRequest, X509Certificate } from "@peculiar/x509";
import { usageExtensions } from "./key-usages.ts";
import { firstBlock } from "./pem-rules.ts";
import { type KeyAlgorithm, loadSigningKey } from "./signing-key.ts";
import { loadX509, pem, type X509 } from "./x509.ts";

const SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";

export interface CertificateArgs {
  readonly certRequestPem: string;
  /** The first certificate signs; others may follow it. */
  readonly caCertPem: string;
  readonly caPrivateKeyPem: string;
  readonly allowedUses: readonly string[];
  readonly isCaCertificate: boolean;
  readonly setSubjectKeyId: boolean;
  /** -1 or undefined: no limit. Ignored unless it is a CA's certificate. */
  readonly maxPathLength: number | undefined;
}

export interface SignedCertificate {
  readonly certPem: string;
  /** Decimal. */
  readonly serialNumber: string;
  readonly caKeyAlgorithm: KeyAlgorithm;
}

export async function sign(
  args: CertificateArgs,
  notBefore: Date,
  notAfter: Date,
): Promise<SignedCertificate> {
  const x509 = await loadX509();
  const request = parse("certRequestPem", () => {
    const block = firstBlock("CERTIFICATE REQUEST", args.certRequestPem);
    return new x509.Pkcs10CertificateRequest(block);
  });
  const ca = parse("caCertPem", () => {
    return new x509.X509Certificate(firstBlock("CERTIFICATE", args.caCertPem));
  });
  const key = await loadSigningKey("caPrivateKeyPem", args.caPrivateKeyPem);
  if (!Buffer.from(ca.publicKey.rawData).equals(key.spki)) {
    throw new Error(
      `caPrivateKeyPem is not the key of the first certificate in caCertPem (${ca.subject}); give the pair that belongs together`,
    );
  }
  // 16 bytes as the provider has; the first bit clear, for a serial number is positive.
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8() & 0x7f) | 0x40);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial.toString("hex"),
    subject: request.subjectName,
    issuer: ca.subjectName,
    notBefore,
    notAfter,
    publicKey: request.publicKey,
    signingKey: key.privateKey,
    signingAlgorithm: key.algorithm,
    extensions: await extensionsOf(x509, args, request, ca),
  });
  return {
    certPem: pem("CERTIFICATE", certificate.rawData),
    serialNumber: BigInt(`0x${serial.toString("hex")}`).toString(),
    caKeyAlgorithm: key.keyAlgorithm,
  };
}

function parse<T>(property: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${property} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function extensionsOf(
  x509: X509,
  args: CertificateArgs,
  request: Pkcs10CertificateRequest,
  ca: X509Certificate,
): Promise<Extension[]> {
  const { allowedUses, isCaCertificate, setSubjectKeyId, maxPathLength = -1 } = args;
  const pathLength = isCaCertificate && maxPathLength >= 0 ? maxPathLength : undefined;
  const caKeyId = ca.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId;
  const names = request.getExtension(SUBJECT_ALTERNATIVE_NAME);
  return [
    ...usageExtensions(x509, allowedUses),
    new x509.BasicConstraintsExtension(isCaCertificate, pathLength, true),
    ...(isCaCertificate || setSubjectKeyId
      ? [await x509.SubjectKeyIdentifierExtension.create(request.publicKey)]
      : []),
    ...(caKeyId === undefined ? [] : [new x509.AuthorityKeyIdentifierExtension(caKeyId)]),
    ...(names === null ? [] : [names]),
  ];
}
