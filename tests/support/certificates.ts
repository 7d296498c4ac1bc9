/** A certificate authority for tests, and what it signs, as PEM text. */
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const HOUR_MS = 3_600_000;

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export class TestAuthority {
  readonly certificate: string;
  readonly #own: X509Certificate;
  readonly #key: webcrypto.CryptoKey;

  private constructor(own: X509Certificate, key: webcrypto.CryptoKey) {
    this.#own = own;
    this.#key = key;
    this.certificate = own.toString("pem");
  }

  static async make(): Promise<TestAuthority> {
    const keys = await newKeys();
    const own = await X509CertificateGenerator.createSelfSigned({
      name: "CN=Test CA",
      ...validity(),
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      ],
    });
    return new TestAuthority(own, keys.privateKey);
  }

  /** An authority that exists: its certificate and its key (PKCS#8), in PEM. */
  static async of(certificate: string, key: string): Promise<TestAuthority> {
    const [der] = PemConverter.decode(key);
    if (!der) throw new Error("the key holds no PEM text");
    const imported = await webcrypto.subtle.importKey("pkcs8", der, ALGORITHM, false, ["sign"]);
    return new TestAuthority(new X509Certificate(certificate), imported);
  }

  /** The authority's certificate with another end: same name, same key, so it stands for the same. In PEM. */
  async ending(notAfter: Date): Promise<string> {
    const renewed = await X509CertificateGenerator.create({
      subject: this.#own.subject,
      issuer: this.#own.subject,
      notBefore: this.#own.notBefore,
      notAfter,
      signingAlgorithm: ALGORITHM,
      publicKey: this.#own.publicKey,
      signingKey: this.#key,
      extensions: this.#own.extensions,
    });
    return `${renewed.toString("pem")}\n`;
  }

  /**
   * A PEM keystore as Kafka reads it: a PKCS#8 key and its certificate, for these DNS names.
   *
   * @param between when it is valid. Default: today
   */
  async keystore(names: readonly string[], between: Validity = validity()): Promise<string> {
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.create({
      subject: `CN=${names[0] ?? ""}`,
      issuer: this.#own.subject,
      ...between,
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey: this.#key,
      extensions: [
        new SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns", value }))),
      ],
    });
    const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
    return `${PemConverter.encode(key, "PRIVATE KEY")}\n${certificate.toString("pem")}\n`;
  }
}

const newKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);

/** Clocks of containers and host may differ a little. */
const validity = (): Validity => ({
  notBefore: new Date(Date.now() - HOUR_MS),
  notAfter: new Date(Date.now() + 24 * HOUR_MS),
});
