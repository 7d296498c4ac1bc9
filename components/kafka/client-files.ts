import * as pulumi from "@pulumi/pulumi";
import type { KafkaEndpoint, Login } from "./endpoint.ts";
import {
  type ClientConnection,
  type ClientSettings,
  clientSettings,
} from "../../model/credentials/client-settings.ts";
import { clientJson } from "../../model/credentials/formats/json.ts";
import { clientProperties } from "../../model/credentials/formats/properties.ts";

/** What is handed to the people of an account: everything their client connects with. */
export interface ClientFiles {
  /** `client.properties`, tuned for durability; secret. */
  readonly clientProperties: pulumi.Output<string>;
  /** The same as JSON; secret. */
  readonly clientJson: pulumi.Output<string>;
}

/** Whom files are for, and what its clients need to know. */
export interface ClientAccount extends Pick<
  ClientConnection,
  "consumerGroups" | "topics" | "environment"
> {
  readonly login: Login;
}

/** Renders the files of one account for one cluster, as it is reached from where they are used. */
export function clientFiles(
  {
    bootstrapServers,
    tlsEnabled,
    caCertificate,
  }: Pick<KafkaEndpoint, "bootstrapServers" | "tlsEnabled" | "caCertificate">,
  { login, consumerGroups, topics, environment }: ClientAccount,
): ClientFiles {
  const connection = {
    bootstrapServers: bootstrapServers.join(","),
    tlsEnabled,
    caCertificate,
    ...{ consumerGroups, topics, environment },
  };
  const rendered = (render: (settings: ClientSettings) => string) =>
    pulumi.secret(
      pulumi
        .output(login.password)
        .apply((password) =>
          render(clientSettings({ ...connection, ...login, password }, "durability")),
        ),
    );
  return { clientProperties: rendered(clientProperties), clientJson: rendered(clientJson) };
}
