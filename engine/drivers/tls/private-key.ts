/** `tls.PrivateKey`: a key that lives in the stack's state only. It has no OpenSSH forms here. */
import { createHash, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { Properties, ResourceDriver } from "../driver.ts";
import { defaulted, integer, oneOf, required } from "../property-rules.ts";
import { checkTable, diffTable, known, planned, replaces } from "../property-table.ts";

/** The provider's default, P224, is left out: no certificate can be made with it here. */
const CURVES = { P256: "prime256v1", P384: "secp384r1", P521: "secp521r1" } as const;

const table = {
  algorithm: replaces(required(oneOf("RSA", "ECDSA", "ED25519"))),
  ecdsaCurve: replaces(defaulted(oneOf("P256", "P384", "P521"), "P256")),
  rsaBits: replaces(defaulted(integer(2048, 8192), 2048)),
};

const SECRETS = ["privateKeyPem", "privateKeyPemPkcs8"];

export const privateKeyDriver: ResourceDriver<undefined> = {
  type: "tls:index/privateKey:PrivateKey",
  secretOutputs: SECRETS,

  check: (inputs) => checkTable(table, inputs),
  diff: (old, inputs) => diffTable(table, old.inputs, inputs),
  plan: (inputs, old) => planned(inputs, old, [...SECRETS, "publicKeyPem"]),

  async create(_client, inputs) {
    const key = await generate(inputs);
    const publicKey = createPublicKey(key);
    const der = publicKey.export({ type: "spki", format: "der" });
    return {
      id: createHash("sha1").update(der).digest("hex"),
      outputs: {
        ...inputs,
        privateKeyPem: key.export({ type: traditionalType(key), format: "pem" }) as string,
        privateKeyPemPkcs8: key.export({ type: "pkcs8", format: "pem" }) as string,
        publicKeyPem: publicKey.export({ type: "spki", format: "pem" }) as string,
      },
    };
  },

  read: (_client, old) => Promise.resolve(old),
  // Never asked for: every property replaces.
  update: (_client, old) => Promise.resolve(old.outputs),
  delete: () => Promise.resolve(),
};

async function generate(inputs: Properties): Promise<KeyObject> {
  const { algorithm, ecdsaCurve, rsaBits } = known<typeof table>(inputs);
  const make = promisify(generateKeyPair);
  switch (algorithm) {
    case "RSA":
      return (await make("rsa", { modulusLength: rsaBits })).privateKey;
    case "ECDSA":
      return (await make("ec", { namedCurve: CURVES[ecdsaCurve] })).privateKey;
    case "ED25519":
      return (await make("ed25519")).privateKey;
  }
}

/** The form each algorithm had before PKCS #8. */
function traditionalType({ asymmetricKeyType }: KeyObject): "pkcs1" | "sec1" | "pkcs8" {
  if (asymmetricKeyType === "rsa") return "pkcs1";
  return asymmetricKeyType === "ec" ? "sec1" : "pkcs8";
}
