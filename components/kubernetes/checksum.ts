import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/**
 * A hash of what a pod reads at its start: another one restarts the pod.
 *
 * It is no secret even where the content is, and says so, or else the pods' whole template would be
 * hidden in every preview. What it is made of are keys and derived passwords of 190 bits and more,
 * which nobody finds by trying.
 */
export const checksum = (
  content: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>,
): pulumi.Output<string> =>
  pulumi.unsecret(pulumi.output(content).apply((files) => hashOf(files as Record<string, string>)));

/** SHA-256 over names and contents, each with its length, so that no two sets of files look alike. */
export function hashOf(files: Readonly<Record<string, string>>): string {
  const hash = createHash("sha256");
  for (const [name, content] of Object.entries(files).sort(([one], [other]) =>
    one < other ? -1 : 1,
  )) {
    hash.update(`${name}\0${Buffer.byteLength(content)}\0${content}`);
  }
  return hash.digest("hex");
}
