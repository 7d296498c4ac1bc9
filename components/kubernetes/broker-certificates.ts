import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import type { CertificateNames } from "../../model/kubernetes/certificate-names.ts";

export interface BrokerCertificatesArgs {
  /** Certificate of the authority that signs, in PEM. */
  readonly caCertificate: string;
  /** Its private key, in PEM. */
  readonly caKey: pulumi.Input<string>;
  /** Names of each broker, by the name of its pod: what clients and other brokers ask for. */
  readonly brokers: Readonly<Record<string, CertificateNames>>;
}

const HOURS_A_DAY = 24;
/** A year: what is stolen is of use for no longer, and renewal stays a matter of routine. */
const VALID_HOURS = 365 * HOURS_A_DAY;
/** The last thirty days: any run of the program within them renews, and so restarts the brokers. */
const RENEWED_HOURS_BEFORE = 30 * HOURS_A_DAY;

/**
 * A key and a certificate for every broker, signed by the stack's own authority; valid for a year, and
 * renewed by any run in its last thirty days. Needs the provider `tls`.
 *
 * @example
 * const { keystores } = new BrokerCertificates("kafka-certificates", {
 *   caCertificate,
 *   caKey: config.requireSecret("caKey"),
 *   brokers: { "kafka-0": { dnsNames: ["kafka-0.example.com"], ipAddresses: [] } },
 * });
 */
export class BrokerCertificates extends pulumi.ComponentResource {
  /**
   * Key, certificate and its signer's in one PEM text, by the name of the pod: the keystore that
   * Kafka reads.
   */
  readonly keystores: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: BrokerCertificatesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kafka-platform:cluster:BrokerCertificates", name, {}, opts);

    this.keystores = Object.fromEntries(
      Object.entries(args.brokers).map(([broker, names]) => {
        const key = new tls.PrivateKey(
          `${broker}-key`,
          { algorithm: "ECDSA", ecdsaCurve: "P256" },
          { parent: this },
        );
        const request = new tls.CertRequest(
          `${broker}-request`,
          {
            privateKeyPem: pulumi.secret(key.privateKeyPem),
            subject: { commonName: broker },
            ...names,
          },
          { parent: this },
        );
        const certificate = new tls.LocallySignedCert(
          `${broker}-certificate`,
          {
            certRequestPem: request.certRequestPem,
            caCertPem: args.caCertificate,
            caPrivateKeyPem: args.caKey,
            validityPeriodHours: VALID_HOURS,
            earlyRenewalHours: RENEWED_HOURS_BEFORE,
            // Brokers are clients of each other.
            allowedUses: ["digital_signature", "server_auth", "client_auth"],
            setSubjectKeyId: true,
          },
          { parent: this },
        );
        const keystore = pulumi
          .all([key.privateKeyPemPkcs8, certificate.certPem])
          .apply((pems) => [...pems, args.caCertificate].map((pem) => `${pem.trim()}\n`).join(""));
        return [broker, pulumi.secret(keystore)];
      }),
    );
    this.registerOutputs({});
  }
}
