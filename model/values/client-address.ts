import { isIPv4, isIPv6 } from "node:net";
import { z } from "zod";

const RANGE =
  "one address: Kafka's ACLs know no ranges, so put the range in a firewall rule or a NetworkPolicy";
const ADDRESS =
  "an IPv4 or IPv6 address such as 10.0.0.7; Kafka compares addresses, not host names";

/** The address of a client, in the only form that Kafka's authorizer would recognise. */
export const clientAddress = z
  .string({ error: ADDRESS })
  .refine((text) => !/[/*,]|\d-/.test(text), { error: RANGE, abort: true })
  .refine((text) => isIPv4(text) || (isIPv6(text) && !text.includes("%")), { error: ADDRESS })
  .transform((text) => (isIPv4(text) ? text : canonicalIPv6(text)));

/**
 * The authorizer compares text with what Java prints: eight groups, no zeros left out or in front,
 * and an IPv4 address where one is mapped into IPv6.
 */
function canonicalIPv6(text: string): string {
  // The URL parser writes every spelling, an embedded IPv4 address too, as compressed groups.
  const compressed = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const [before = [], after] = compressed
    .split("::")
    .map((half) => half.split(":").filter(Boolean));
  const missing = 8 - before.length - (after?.length ?? 0);
  const groups = [...before, ...Array<string>(missing).fill("0"), ...(after ?? [])];
  const mapped = groups.slice(0, 5).every((group) => group === "0") && groups[5] === "ffff";
  if (!mapped) return groups.join(":");
  return groups
    .slice(6)
    .map((group) => parseInt(group, 16))
    .flatMap((pair) => [pair >> 8, pair & 255])
    .join(".");
}
