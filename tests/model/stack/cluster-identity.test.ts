import "reflect-metadata";
import { webcrypto, X509Certificate } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { beforeAll, expect, test } from "vitest";
import {
  type CertificateAuthority,
  createCertificateAuthority,
} from "../../../cli/credentials/certificate-authority.ts";
import {
  bundleWarnings,
  certificatesOf,
  signingCertificate,
} from "../../../model/credentials/certificate-authority.ts";
import {
  type Circumstances,
  exporterImageFaults,
  identityFaults,
} from "../../../model/stack/cluster-identity.ts";
import { MADE_BY_COMMANDS } from "../../support/kubernetes/prod-stack.ts";

let authority: CertificateAuthority;
let other: CertificateAuthority;
let expired: CertificateAuthority;
let powerless: CertificateAuthority;

const DAY = 86_400_000;

/** The day on which an authority ends. */
const dayOf = ({ certificate }: CertificateAuthority): string =>
  new X509Certificate(certificate).validToDate.toISOString().slice(0, 10);

beforeAll(async () => {
  const now = new Date();
  const longAgo = new Date(now.getTime() - 11 * 365 * DAY);
  [authority, other, expired, powerless] = await Promise.all([
    createCertificateAuthority("first", now),
    createCertificateAuthority("second", now),
    createCertificateAuthority("old", longAgo),
    selfSigned("leaf"),
  ]);
});

/** A certificate that vouches for itself and may not sign others. */
async function selfSigned(name: string): Promise<CertificateAuthority> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
  });
  const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    certificate: certificate.toString("pem"),
    key: x509.PemConverter.encode(pkcs8, "PRIVATE KEY"),
  };
}

const faults = (cluster: Record<string, unknown>, circumstances: Partial<Circumstances> = {}) =>
  identityFaults(
    { ...MADE_BY_COMMANDS, caCertificate: authority.certificate, ...cluster },
    {
      stack: "prod",
      caKey: authority.key,
      now: new Date(),
      preview: false,
      insideKubernetes: false,
      ...circumstances,
    },
  );

test("nothing is wrong with what the commands write", () => {
  expect(faults({})).toEqual([]);
});

test("what is missing is told, each with the command that writes it", () => {
  expect(
    identityFaults(
      {},
      { stack: "prod", caKey: undefined, now: new Date(), preview: false, insideKubernetes: true },
    ),
  ).toEqual([
    "cluster.clusterId: missing; `npm run init -- --stack prod` writes it",
    "cluster.directoryIds: missing; `npm run init -- --stack prod` writes it",
    "cluster.caCertificate: missing; `npm run init -- --stack prod` writes it",
    "cluster.image: missing; `npm run image -- --stack prod --push REPOSITORY` writes it",
    "caKey: missing; `npm run init -- --stack prod` writes it",
  ]);
});

test("a missing image of the exporter is told with what writes it, and with how to do without", () => {
  const cluster = { kind: "kubernetes" };
  const observability = { kind: "bundled" };
  expect(exporterImageFaults({ cluster, observability }, "prod")).toEqual([
    "observability.exporter.image: missing; `npm run image -- --stack prod --push REPOSITORY` writes it, " +
      "and `observability.exporter.enabled: false` does without",
  ]);
  const exporter = { enabled: false };
  expect(
    exporterImageFaults({ cluster, observability: { ...observability, exporter } }, "prod"),
  ).toEqual([]);
});

test("a key of another authority is refused, and not shown", () => {
  const found = faults({}, { caKey: other.key });
  expect(found).toEqual([
    "caKey: it does not belong to the first certificate of cluster.caCertificate (CN=first); wanted the key that this certificate was made with",
  ]);
  expect(found.join()).not.toContain(other.key.split("\n")[1]);
});

test("in a bundle the first certificate signs, and the key must be its own", () => {
  const bundle = other.certificate + authority.certificate;
  expect(certificatesOf(bundle)).toHaveLength(2);
  expect(signingCertificate(bundle)).toBe(other.certificate.trim());
  expect(faults({ caCertificate: bundle }, { caKey: other.key })).toEqual([]);
  expect(faults({ caCertificate: bundle })).toEqual([
    "caKey: it does not belong to the first certificate of cluster.caCertificate (CN=second); wanted the key that this certificate was made with",
  ]);
});

test.each(["hush", "-----BEGIN EC PRIVATE KEY-----\nhush\n-----END EC PRIVATE KEY-----"])(
  "a key of another shape is refused, and not shown (%#)",
  (caKey) => {
    expect(faults({}, { caKey })).toEqual([
      "caKey: given a value of another shape; wanted a private key in PEM (PKCS #8)",
    ]);
  },
);

test("an expired authority is refused where no other is valid", () => {
  const bundle = { caCertificate: expired.certificate };
  expect(faults(bundle, { caKey: expired.key })).toEqual([
    `cluster.caCertificate: certificate 1 of 1 (CN=old) expired on ${dayOf(expired)}, and no other is valid; replace it: docs/runbooks/replace-authority.md`,
  ]);
});

test("beside a valid authority an expired one is warned of, wherever it stands", () => {
  const now = new Date();
  const first = expired.certificate + authority.certificate;
  expect(faults({ caCertificate: first }, { caKey: expired.key })).toEqual([]);
  expect(bundleWarnings(first, now)).toEqual([
    `certificate 1 of 2 (CN=old) expired on ${dayOf(expired)} and still signs: many clients refuse the brokers until another one is first; replace it: docs/runbooks/replace-authority.md`,
  ]);
  const second = authority.certificate + expired.certificate;
  expect(faults({ caCertificate: second })).toEqual([]);
  expect(bundleWarnings(second, now)).toEqual([
    "certificate 2 of 2 (CN=old) has expired: take it out once the brokers run with the first one",
  ]);
});

test("an authority that ends before what it signs is warned of, until its successor is trusted", () => {
  const nineYears = new Date(Date.now() + 9 * 365 * DAY + 30 * DAY);
  expect(bundleWarnings(authority.certificate, new Date())).toEqual([]);
  expect(bundleWarnings(authority.certificate, nineYears)).toEqual([
    `certificate 1 of 1 (CN=first) ends on ${dayOf(authority)}, before what it signs today; replace it: docs/runbooks/replace-authority.md`,
  ]);
  expect(bundleWarnings(authority.certificate + other.certificate, nineYears)).toEqual([]);
  expect(bundleWarnings("hush", nineYears)).toEqual([]);
});

test("an authority of the future is refused", () => {
  const [found] = faults({}, { now: new Date(Date.now() - 10 * DAY) });
  expect(found).toMatch(/certificate 1 of 1 \(CN=first\) is valid only from \d{4}-\d\d-\d\d on$/);
});

test("a certificate that may not sign is refused", () => {
  expect(faults({ caCertificate: powerless.certificate }, { caKey: powerless.key })).toEqual([
    "cluster.caCertificate: certificate 1 of 1 (CN=leaf) is no certificate authority: it may not sign others",
  ]);
});

test.each([
  ["text", "wanted one or more certificates in PEM"],
  [
    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    "certificate 1 of 1 cannot be read; wanted X.509 in PEM",
  ],
])("a bundle that is none is refused (%#)", (caCertificate, fault) => {
  expect(faults({ caCertificate })).toEqual([`cluster.caCertificate: ${fault}`]);
});

test("without access from outside the program must run inside", () => {
  const access = { type: "none" };
  expect(faults({ access }, { insideKubernetes: true })).toEqual([]);
  expect(faults({ access })).toEqual([
    'cluster.access: given type "none"; wanted nodePort or loadBalancer, because the program declares topics over the network and does not run inside Kubernetes (KUBERNETES_SERVICE_HOST is not set)',
  ]);
});
