/** `tls.CertRequest`: a certificate signing request for a key. */
import { createHash } from "node:crypto";
import { isIP } from "node:net";
import type { CheckFailure, ResourceDriver } from "../driver.ts";
import { listOf, optional, required, text } from "../property-rules.ts";
import { checkTable, diffTable, known, planned, replaces } from "../property-table.ts";
import { PRIVATE_KEY } from "./pem-rules.ts";
import { loadSigningKey } from "./signing-key.ts";
import { distinguishedName, subjectRule } from "./subject.ts";
import { loadX509, pem } from "./x509.ts";

const table = {
  privateKeyPem: replaces(required(PRIVATE_KEY)),
  subject: replaces(optional(subjectRule)),
  dnsNames: replaces(optional(listOf(text({ pattern: /\S/, wanted: "a DNS name" })))),
  ipAddresses: replaces(optional(listOf(text()))),
  uris: replaces(optional(listOf(text({ pattern: /^[a-z][a-z0-9+.-]*:/i, wanted: "a URI" })))),
};

export const certRequestDriver: ResourceDriver<undefined> = {
  type: "tls:index/certRequest:CertRequest",
  secretOutputs: ["privateKeyPem"],

  check(inputs) {
    const result = checkTable(table, inputs);
    return { ...result, failures: [...result.failures, ...addressFaults(result.inputs)] };
  },

  diff: (old, inputs) => diffTable(table, old.inputs, inputs),
  plan: (inputs, old) => planned(inputs, old, ["certRequestPem", "keyAlgorithm"]),

  async create(_client, inputs) {
    const args = known<typeof table>(inputs);
    const { subject, dnsNames = [], ipAddresses = [], uris = [] } = args;
    const key = await loadSigningKey("privateKeyPem", args.privateKeyPem);
    const x509 = await loadX509();
    const names = [
      ...dnsNames.map((value) => ({ type: "dns" as const, value })),
      ...ipAddresses.map((value) => ({ type: "ip" as const, value })),
      ...uris.map((value) => ({ type: "url" as const, value })),
    ];
    const name = subject === undefined ? [] : distinguishedName(subject);
    const extensions =
      names.length === 0
        ? []
        : [new x509.SubjectAlternativeNameExtension(names, name.length === 0)];
    const request = await x509.Pkcs10CertificateRequestGenerator.create({
      name: new x509.Name(name),
      extensions,
      keys: { privateKey: key.privateKey, publicKey: key.publicKey },
      signingAlgorithm: key.algorithm,
    });
    return {
      id: createHash("sha1").update(Buffer.from(request.rawData)).digest("hex"),
      outputs: {
        ...inputs,
        certRequestPem: pem("CERTIFICATE REQUEST", request.rawData),
        keyAlgorithm: key.keyAlgorithm,
      },
    };
  },

  read: (_client, old) => Promise.resolve(old),
  // Never asked for: every property replaces.
  update: (_client, old) => Promise.resolve(old.outputs),
  delete: () => Promise.resolve(),
};

function addressFaults({ ipAddresses }: Readonly<Record<string, unknown>>): CheckFailure[] {
  const given: readonly unknown[] = Array.isArray(ipAddresses) ? ipAddresses : [];
  return given.flatMap((address, index) => {
    if (typeof address !== "string" || isIP(address) !== 0) return [];
    const property = `ipAddresses[${index}]`;
    return [{ property, reason: `${property} must be an IP address, not "${address}"` }];
  });
}
