import type { ScramMechanism } from "../values/scram-mechanism.ts";

/** How a client logs in. @typeParam Password what the password is where it is used: a text, or a promise of one */
export interface ScramLogin<Password = string> {
  readonly username: string;
  readonly password: Password;
  readonly mechanism: ScramMechanism;
}

/** What it takes to reach a cluster as its admin. */
export interface ClusterConnection<Password = string> {
  /**
   * `host:port` of the brokers. Plain also where a password is not: with an unknown address the Kafka
   * provider's preview goes blind.
   */
  readonly bootstrapServers: readonly string[];
  readonly tlsEnabled: boolean;
  /** Certificate that clients must trust, in PEM; none where there is no TLS. */
  readonly caCertificate?: string | undefined;
  /** The super user that declares everything else. */
  readonly admin: ScramLogin<Password>;
}
