/** Annotations by which a program tells the real provider, and this driver, how to treat an object. */
import type { KubernetesObject } from "../../../clients/kubernetes/objects.ts";

const PREFIX = "pulumi.com/";

export const SKIP_AWAIT = `${PREFIX}skipAwait`;
export const TIMEOUT_SECONDS = `${PREFIX}timeoutSeconds`;
export const PATCH_FORCE = `${PREFIX}patchForce`;
export const DELETION_PROPAGATION = `${PREFIX}deletionPropagationPolicy`;

const SUPPORTED = [SKIP_AWAIT, TIMEOUT_SECONDS, PATCH_FORCE, DELETION_PROPAGATION];
const POLICIES = ["foreground", "background", "orphan"] as const;

/** What is wrong with one annotation, or undefined. Others than Pulumi's are the program's own. */
export function annotationFault(name: string, value: string): string | undefined {
  if (!name.startsWith(PREFIX)) return undefined;
  if (!SUPPORTED.includes(name)) {
    return `is not supported by the embedded engine; supported are ${SUPPORTED.join(", ")}`;
  }
  if (name === TIMEOUT_SECONDS && !/^[1-9]\d*$/.test(value)) {
    return `must be a number of seconds, not "${value}"`;
  }
  if (name === DELETION_PROPAGATION && !POLICIES.some((policy) => policy === value.toLowerCase())) {
    return `must be one of ${POLICIES.join(", ")}, not "${value}"`;
  }
  return undefined;
}

export function annotation(object: KubernetesObject, name: string): string | undefined {
  return object.metadata.annotations?.[name];
}

export function propagation(object: KubernetesObject): "Foreground" | "Background" | "Orphan" {
  const given = annotation(object, DELETION_PROPAGATION)?.toLowerCase();
  if (given === "background") return "Background";
  return given === "orphan" ? "Orphan" : "Foreground";
}
