import type * as pulumi from "@pulumi/pulumi";
import type { ClusterConnection, ScramLogin } from "../../model/credentials/cluster-connection.ts";

/** How a client logs in. */
export type Login = ScramLogin<pulumi.Output<string>>;

/** What every cluster offers to the rest of the program, whatever it runs on. */
export interface KafkaEndpoint extends ClusterConnection<pulumi.Output<string>> {
  /** `host:port` of the brokers for clients that run beside them. */
  readonly internalBootstrapServers: readonly string[];
  /** Where each broker's metrics are read, in Prometheus' format. */
  readonly metricsUrls: readonly string[];
}
