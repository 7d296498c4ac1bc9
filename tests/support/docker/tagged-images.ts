import { execFileSync, spawnSync } from "node:child_process";

/**
 * Removes the tags that fit a pattern, such as `kafka-e2e-x/*`, and images that have no other. Never by id: stacks
 * with the same content have one image, and would lose the others' tags with their own.
 */
export function removeTaggedImages(pattern: string): void {
  const list = ["images", "--filter", `reference=${pattern}`];
  const format = ["--format", "{{.Repository}}:{{.Tag}}"];
  const listed = execFileSync("docker", [...list, ...format], { encoding: "utf8" });
  const tags = listed.split("\n").filter((tag) => tag !== "" && !tag.endsWith(":<none>"));
  if (tags.length > 0) spawnSync("docker", ["image", "rm", ...tags], { stdio: "pipe" });
}
