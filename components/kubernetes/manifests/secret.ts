import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterScope } from "../../../model/kubernetes/kubernetes-names.ts";
import { type Component, objectMetadata } from "./object-metadata.ts";

/** Files for the pods that mount them, by name. */
export type SecretFiles = pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;

/**
 * A Secret that holds `files`. They are its `data`, as the API server keeps it: `stringData` would be
 * written and never read back, so nobody would notice a change made by hand.
 */
export const secretObject = (
  scope: ClusterScope,
  component: Component,
  name: string,
  files: SecretFiles,
) =>
  ({
    metadata: objectMetadata(scope, component, name),
    type: "Opaque",
    data: pulumi.secret(
      pulumi.output(files).apply((known) => encoded(known as Record<string, string>)),
    ),
  }) satisfies types.input.core.v1.Secret;

const encoded = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, Buffer.from(content).toString("base64")]),
  );
