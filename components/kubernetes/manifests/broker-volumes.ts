import type { types } from "@pulumi/kubernetes";
import { DATA_MOUNT } from "../../../model/broker/broker-properties.ts";
import { keystoreFile, TRUSTSTORE_FILE } from "../../../model/kubernetes/cluster-properties.ts";
import {
  CLAIM_TEMPLATE,
  type ClusterScope,
  clusterNames,
  nodesOf,
} from "../../../model/kubernetes/kubernetes-names.ts";
import { FORMED_KEY, nodeFile } from "./config-maps.ts";
import { READABLE_BY_GROUP } from "./pod-security.ts";

const CONFIG_MOUNT = "/etc/kafka-platform";

/** Where the volumes of a broker are mounted. Only its data, and /tmp, can be written. */
export const brokerMounts = [
  { name: CLAIM_TEMPLATE, mountPath: DATA_MOUNT },
  { name: "config", mountPath: CONFIG_MOUNT, readOnly: true },
  { name: "tmp", mountPath: "/tmp" },
] satisfies types.input.core.v1.VolumeMount[];

/**
 * The volumes of a broker, its data apart. Configuration, secrets and certificates are one volume, so
 * that a change of several of them arrives at once.
 */
export const brokerVolumes = (
  scope: ClusterScope,
  brokers: number,
  secretFiles: readonly string[],
) => {
  const { config, credentials, tls, formed } = clusterNames(scope);
  const nodes = nodesOf(brokers);
  return [
    {
      name: "config",
      projected: {
        defaultMode: READABLE_BY_GROUP,
        sources: [
          {
            configMap: {
              name: config,
              items: files(["broker.properties", ...nodes.map(nodeFile)]),
            },
          },
          { secret: { name: credentials, items: files(secretFiles, "secrets/") } },
          {
            secret: {
              name: tls,
              items: files([TRUSTSTORE_FILE, ...nodes.map(keystoreFile)], "tls/"),
            },
          },
          // It comes into being while the brokers run.
          { configMap: { name: formed, items: files([FORMED_KEY], "cluster/"), optional: true } },
        ],
      },
    },
    // Kafka unpacks the libraries of its codecs there, and runs them.
    { name: "tmp", emptyDir: { sizeLimit: "512Mi" } },
  ] satisfies types.input.core.v1.Volume[];
};

const files = (keys: readonly string[], folder = "") =>
  keys.map((key) => ({ key, path: folder + key }) satisfies types.input.core.v1.KeyToPath);
