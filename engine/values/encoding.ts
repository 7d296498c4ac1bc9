import { UserError } from "../../model/values/user-error.ts";
import {
  isArray,
  isMap,
  isSecret,
  mapValues,
  type PropertyMap,
  type PropertyValue,
  secret,
  unwrap,
} from "./property-values.ts";
import { UNKNOWN } from "./value.ts";

/**
 * Property values as they travel between the SDK and an engine, and as they lie in the state: JSON
 * in which an object with this key stands for something JSON cannot say. The constants are
 * Pulumi's (sdk/go/common/resource/properties.go).
 */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const UNKNOWN_SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const UNSUPPORTED: Readonly<Record<string, string>> = {
  c44067f5952c0a294b673a41bacd8c17: "an asset",
  "0def7320c3a5731c473e5ecbe6d01bc7": "an archive",
  "5cf8f73096256a8f31e491e813e4eb8e": "a resource reference",
  d0e6a833031e9bbcd3f4e8bde6ca49a4: "an output value",
};

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonMap = Readonly<Record<string, Json>>;

/** How secrets are kept on their way: in the clear to the SDK, encrypted in the state. */
interface SecretCodec {
  readonly write: (value: PropertyValue) => JsonMap;
  readonly read: (signed: JsonMap) => PropertyValue;
}

const clear: SecretCodec = {
  write: (value) => ({ value: write(value, clear) }),
  read: (signed) => read(signed["value"] ?? null, clear),
};

/** What encrypts the secrets of a state. */
export interface Cipher {
  encrypt(plaintext: string): string;
  decrypt(ciphertext: string): string;
}

/**
 * Reads secrets whose key is not at hand: each is a secret of unknown value or, for a program that has
 * to go on with something, this text.
 */
export function withheldSecrets(standIn = UNKNOWN_SENTINEL): Cipher {
  return {
    encrypt: () => {
      throw new Error("nothing is encrypted without a key");
    },
    decrypt: () => JSON.stringify(standIn),
  };
}

/** Whether `json` stands for a secret in the state. */
export const isStoredSecret = (json: JsonMap): boolean => json[SIGNATURE] === SECRET_SIGNATURE;

function encrypted(cipher: Cipher): SecretCodec {
  return {
    write: (value) => ({ ciphertext: cipher.encrypt(JSON.stringify(write(value, clear))) }),
    read: (signed) => {
      const { ciphertext, plaintext } = signed;
      // As `pulumi stack export --show-secrets` writes it.
      if (typeof plaintext === "string") return read(JSON.parse(plaintext) as Json, clear);
      if (typeof ciphertext !== "string") throw new Error("a secret without its ciphertext");
      return read(JSON.parse(cipher.decrypt(ciphertext)) as Json, clear);
    },
  };
}

function write(value: PropertyValue, secrets: SecretCodec): Json {
  if (value === UNKNOWN) return UNKNOWN_SENTINEL;
  if (isSecret(value)) {
    return { [SIGNATURE]: SECRET_SIGNATURE, ...secrets.write(unwrap(value)) };
  }
  if (isArray(value)) return value.map((element) => write(element, secrets));
  return isMap(value) ? mapValues(value, (element) => write(element, secrets)) : value;
}

function read(json: Json, secrets: SecretCodec): PropertyValue {
  if (json === UNKNOWN_SENTINEL) return UNKNOWN;
  if (isArray(json)) return json.map((element) => read(element, secrets));
  if (typeof json !== "object" || json === null) return json;
  const signature = json[SIGNATURE];
  if (signature === undefined) return mapValues(json, (element) => read(element, secrets));
  if (signature === SECRET_SIGNATURE) return secret(secrets.read(json));
  const what = typeof signature === "string" ? UNSUPPORTED[signature] : undefined;
  throw new UserError(
    `the embedded engine does not support ${what ?? "this kind of value"} as a property; use the Pulumi CLI`,
  );
}

/** Properties as JSON for the state file, secrets encrypted. */
export function toStored(properties: PropertyMap, cipher: Cipher): JsonMap {
  const codec = encrypted(cipher);
  return mapValues(properties, (value) => write(value, codec));
}

export function fromStored(stored: JsonMap, cipher: Cipher): PropertyMap {
  const codec = encrypted(cipher);
  return mapValues(stored, (value) => read(value, codec));
}

/** Properties as JSON for the SDK, secrets in the clear. */
export function toClear(properties: PropertyMap): JsonMap {
  return mapValues(properties, (value) => write(value, clear));
}

/** @throws UserError for values that the engine does not support */
export function fromClear(json: JsonMap): PropertyMap {
  return mapValues(json, (value) => read(value, clear));
}
