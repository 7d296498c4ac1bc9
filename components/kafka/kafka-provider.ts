import * as kafka from "@pulumi/kafka";
import type * as pulumi from "@pulumi/pulumi";
import type { KafkaEndpoint } from "./endpoint.ts";

/** What declares topics, rights and logins in a cluster, logged in as its admin, once that is up. */
export const kafkaProvider = (endpoint: KafkaEndpoint & pulumi.Resource): kafka.Provider =>
  new kafka.Provider(
    "kafka",
    {
      bootstrapServers: [...endpoint.bootstrapServers],
      tlsEnabled: endpoint.tlsEnabled,
      ...(endpoint.caCertificate === undefined ? {} : { caCert: endpoint.caCertificate }),
      saslMechanism: endpoint.admin.mechanism === "SCRAM-SHA-512" ? "scram-sha512" : "scram-sha256",
      saslUsername: endpoint.admin.username,
      saslPassword: endpoint.admin.password,
    },
    { dependsOn: endpoint },
  );
