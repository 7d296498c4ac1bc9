import type { types } from "@pulumi/kubernetes";
import {
  clusterProperties,
  type ClusterPropertiesArgs,
  nodeProperties,
} from "../../../model/kubernetes/cluster-properties.ts";
import {
  type ClusterScope,
  clusterNames,
  nodesOf,
} from "../../../model/kubernetes/kubernetes-names.ts";
import { renderProperties } from "../../../model/broker/secret-files.ts";
import { objectMetadata } from "./object-metadata.ts";

/** Name of the file, in {@link clusterFormedConfigMap}, whose presence is the message. */
export const FORMED_KEY = "formed";

/** Name of the file with what differs on one broker. */
export const nodeFile = (node: number): string => `node-${node}.properties`;

/** The brokers' configuration: what they share, and what differs from one to the other. */
export const brokerConfigMap = (args: ClusterPropertiesArgs, brokers: number) =>
  ({
    metadata: objectMetadata(args, "broker", clusterNames(args).config),
    data: {
      "broker.properties": renderProperties(clusterProperties(args)),
      ...Object.fromEntries(
        nodesOf(brokers).map((node) => [
          nodeFile(node),
          renderProperties(nodeProperties(args, node)),
        ]),
      ),
    },
  }) satisfies types.input.core.v1.ConfigMap;

/**
 * Exists once the cluster has been up. A broker that finds its disk empty then joins the others, and
 * never forms a second quorum with others whose disks are empty too.
 */
export const clusterFormedConfigMap = (scope: ClusterScope, clusterId: string) =>
  ({
    metadata: objectMetadata(scope, "broker", clusterNames(scope).formed),
    data: { [FORMED_KEY]: clusterId },
  }) satisfies types.input.core.v1.ConfigMap;
