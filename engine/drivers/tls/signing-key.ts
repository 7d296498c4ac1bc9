/** A private key from PEM, ready to sign with. */
import { createPrivateKey, createPublicKey, type KeyObject, webcrypto } from "node:crypto";

export type KeyAlgorithm = "RSA" | "ECDSA" | "ED25519";

export interface SigningKey {
  readonly keyAlgorithm: KeyAlgorithm;
  readonly algorithm: {
    readonly name: string;
    readonly hash?: string;
    readonly namedCurve?: string;
  };
  readonly privateKey: webcrypto.CryptoKey;
  readonly publicKey: webcrypto.CryptoKey;
  /** DER of the SubjectPublicKeyInfo. */
  readonly spki: Buffer;
}

/** Curves by OpenSSL's names, with the digest that goes with each. */
const CURVES: Readonly<Record<string, { readonly namedCurve: string; readonly hash: string }>> = {
  prime256v1: { namedCurve: "P-256", hash: "SHA-256" },
  secp384r1: { namedCurve: "P-384", hash: "SHA-384" },
  secp521r1: { namedCurve: "P-521", hash: "SHA-512" },
};

/** PKCS #1, SEC 1 or PKCS #8. Throws, naming `property` and never the key. */
export async function loadSigningKey(property: string, pem: string): Promise<SigningKey> {
  const key = parse(property, pem);
  const { keyAlgorithm, algorithm } = algorithmOf(property, key);
  const publicObject = createPublicKey(key);
  const spki = publicObject.export({ type: "spki", format: "der" });
  const pkcs8 = key.export({ type: "pkcs8", format: "der" });
  const { subtle } = webcrypto;
  return {
    keyAlgorithm,
    algorithm,
    privateKey: await subtle.importKey("pkcs8", pkcs8, algorithm, true, ["sign"]),
    publicKey: await subtle.importKey("spki", spki, algorithm, true, ["verify"]),
    spki,
  };
}

function parse(property: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new Error(`${property} cannot be read: wanted an unencrypted private key in PEM form`);
  }
}

function algorithmOf(
  property: string,
  { asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject,
): Pick<SigningKey, "keyAlgorithm" | "algorithm"> {
  const curve = CURVES[details?.namedCurve ?? ""];
  if (type === "rsa") {
    return { keyAlgorithm: "RSA", algorithm: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } };
  }
  if (type === "ed25519") return { keyAlgorithm: "ED25519", algorithm: { name: "Ed25519" } };
  if (type === "ec" && curve !== undefined) {
    return { keyAlgorithm: "ECDSA", algorithm: { name: "ECDSA", ...curve } };
  }
  const given = [type ?? "unknown", details?.namedCurve].filter(Boolean).join(" ");
  throw new Error(
    `${property} is a key of type ${given}; wanted RSA, ECDSA P-256, P-384, P-521 or Ed25519`,
  );
}
