import * as pulumi from "@pulumi/pulumi";
import type { KafkaEndpoint, Login } from "./endpoint.ts";
import { clientJson, clientProperties } from "../../model/credentials/client-settings.ts";

/** What is handed to the people of an account: everything their client connects with. */
export interface ClientFiles {
  /** `client.properties`, tuned for durability; secret. */
  readonly clientProperties: pulumi.Output<string>;
  /** The same as JSON; secret. */
  readonly clientJson: pulumi.Output<string>;
}

/** Renders the files of one account for one cluster, as it is reached from where they are used. */
export function clientFiles(
  {
    bootstrapServers,
    tlsEnabled,
    caCertificate,
  }: Pick<KafkaEndpoint, "bootstrapServers" | "tlsEnabled" | "caCertificate">,
  account: { readonly login: Login; readonly consumerGroups: readonly string[] },
): ClientFiles {
  const { login, consumerGroups } = account;
  const connection = pulumi.output(login.password).apply((password) => ({
    bootstrapServers: bootstrapServers.join(","),
    tlsEnabled,
    caCertificate,
    ...login,
    password,
    consumerGroups,
  }));
  return {
    clientProperties: pulumi.secret(connection.apply((to) => clientProperties(to, "durability"))),
    clientJson: pulumi.secret(connection.apply((to) => clientJson(to, "durability"))),
  };
}
