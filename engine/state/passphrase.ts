import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { UserError } from "../../model/values/user-error.ts";
import type { Cipher } from "../values/encoding.ts";

/**
 * Pulumi's passphrase secrets, byte for byte, so that a stack file serves both engines
 * (sdk/go/common/resource/config/crypt.go, pkg/secrets/passphrase/manager.go):
 *
 *     salt   v1:<base64 of 8 bytes>:<value of the word "pulumi">
 *     value  v1:<base64 of a 12 byte nonce>:<base64 of AES-256-GCM ciphertext and tag>
 */
const VERSION = "v1";
const KNOWN_PLAINTEXT = "pulumi";
const ITERATIONS = 1_000_000;
const KEY_BYTES = 32;
const SALT_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = "aes-256-gcm";

const derive = promisify(pbkdf2);
/** A command opens a stack's file and its state, often more than once: each salt is derived once. */
const derived = new Map<string, Promise<Buffer>>();

export interface Passphrase {
  readonly value: string;
  /** Where it came from, for messages: "PULUMI_CONFIG_PASSPHRASE", "the file .../passphrase". */
  readonly source: string;
}

/** Makes a new salt. Takes about half a second of one core, off the main thread. */
export async function createSalt(
  passphrase: Passphrase,
): Promise<{ readonly salt: string; readonly cipher: Cipher }> {
  const salt = randomBytes(SALT_BYTES);
  const cipher = await makeCipher(passphrase, salt);
  const check = cipher.encrypt(KNOWN_PLAINTEXT);
  return { salt: `${VERSION}:${salt.toString("base64")}:${check}`, cipher };
}

/** Opens a stored salt. Throws {@link UserError} when the passphrase is not the one it was made with. */
export async function openSalt(salt: string, passphrase: Passphrase): Promise<Cipher> {
  const [version, encoded, ...check] = salt.split(":");
  if (version !== VERSION || encoded === undefined || check.length !== 3) {
    throw new UserError(
      `the encryption salt "${salt}" is malformed; wanted v1:<salt>:v1:<nonce>:<ciphertext>`,
    );
  }
  const cipher = await makeCipher(passphrase, Buffer.from(encoded, "base64"));
  if (decryptOrUndefined(cipher, check.join(":")) !== KNOWN_PLAINTEXT) {
    throw new UserError(
      `incorrect passphrase (from ${passphrase.source}); give the one this stack was made with`,
    );
  }
  return cipher;
}

function deriveKey({ value }: Passphrase, salt: Buffer): Promise<Buffer> {
  const id = `${salt.toString("base64")}:${value}`;
  const key = derived.get(id) ?? derive(value, salt, ITERATIONS, KEY_BYTES, "sha256");
  derived.set(id, key);
  return key;
}

async function makeCipher(passphrase: Passphrase, salt: Buffer): Promise<Cipher> {
  const key = await deriveKey(passphrase, salt);
  return {
    encrypt: (plaintext) => {
      const nonce = randomBytes(NONCE_BYTES);
      const aes = createCipheriv(ALGORITHM, key, nonce);
      const sealed = Buffer.concat([aes.update(plaintext, "utf8"), aes.final(), aes.getAuthTag()]);
      return `${VERSION}:${nonce.toString("base64")}:${sealed.toString("base64")}`;
    },
    decrypt: (ciphertext) => {
      const [version, nonce, text, ...rest] = ciphertext.split(":");
      if (version !== VERSION || nonce === undefined || text === undefined || rest.length > 0) {
        throw new UserError("an encrypted value is malformed; wanted v1:<nonce>:<ciphertext>");
      }
      const sealed = Buffer.from(text, "base64");
      const split = Math.max(0, sealed.length - TAG_BYTES);
      const aes = createDecipheriv(ALGORITHM, key, Buffer.from(nonce, "base64"), {
        authTagLength: TAG_BYTES,
      });
      aes.setAuthTag(sealed.subarray(split));
      return Buffer.concat([aes.update(sealed.subarray(0, split)), aes.final()]).toString("utf8");
    },
  };
}

function decryptOrUndefined(cipher: Cipher, ciphertext: string): string | undefined {
  try {
    return cipher.decrypt(ciphertext);
  } catch {
    return undefined;
  }
}
