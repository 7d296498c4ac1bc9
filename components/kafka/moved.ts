import * as pulumi from "@pulumi/pulumi";

/**
 * Options of a resource that was elsewhere before: spread them where it is made. Without them the Kafka
 * provider takes away under the old name what it has just made under the new one, and the run succeeds.
 *
 * @param places as `kafka.lock.json` writes them: the types from the outermost component down, joined by
 *   `$`, then `::` and the logical name
 */
export const moved = (...places: readonly string[]): { aliases: string[] } => ({
  aliases: places.map(
    (place) => `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${place}`,
  ),
});
