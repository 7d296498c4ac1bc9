import type * as pulumi from "@pulumi/pulumi";
import type { ScramMechanism } from "../../model/values/scram-mechanism.ts";

/** How a client logs in. */
export interface Login {
  readonly username: string;
  readonly password: pulumi.Output<string>;
  readonly mechanism: ScramMechanism;
}

/** What every cluster offers to the rest of the program, whatever it runs on. */
export interface KafkaEndpoint {
  /**
   * `host:port` of the brokers. Plain and not Outputs: with an unknown address the Kafka provider's
   * preview goes blind.
   */
  readonly bootstrapServers: readonly string[];
  /** The same, for clients that run beside the brokers. */
  readonly internalBootstrapServers: readonly string[];
  readonly tlsEnabled: boolean;
  /** Certificate that clients must trust, in PEM; none where there is no TLS. */
  readonly caCertificate?: string | undefined;
  /** The super user that declares everything else. */
  readonly admin: Login;
  /** Where each broker's metrics are read, in Prometheus' format. */
  readonly metricsUrls: readonly string[];
}
