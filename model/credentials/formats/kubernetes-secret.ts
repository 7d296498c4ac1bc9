import { stringify } from "yaml";
import { clusterNames } from "../../kubernetes/kubernetes-names.ts";
import { TRUSTSTORE_FILE } from "../../kubernetes/cluster-properties.ts";
import type { ClientSettings } from "../client-settings.ts";
import { clientJson } from "./json.ts";
import { comments } from "./java-settings.ts";
import { clientProperties } from "./properties.ts";

/** A Secret with the files that a platform on Kubernetes publishes itself, for `kubectl apply`. */
export function secretManifest(client: ClientSettings): string {
  const { username, caCertificate } = client;
  const manifest = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: clusterNames({ name: "kafka" }).account(username) },
    type: "Opaque",
    stringData: {
      "client.properties": clientProperties(client),
      "client.json": clientJson(client),
      ...(caCertificate !== undefined && { [TRUSTSTORE_FILE]: caCertificate }),
    },
  };
  return [...comments([client.heading]), stringify(manifest, { lineWidth: 0 })].join("\n");
}
