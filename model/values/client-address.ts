import { BlockList, isIPv4, isIPv6 } from "node:net";
import { z } from "zod";

const RANGE =
  "one address: Kafka's ACLs know no ranges, so put the range in a firewall rule or a NetworkPolicy";
const ADDRESS =
  "an IPv4 or IPv6 address such as 10.0.0.7; Kafka compares addresses, not host names";

const NOBODY =
  "the address of one client: this one is nobody's, and to Kafka not everybody's either; leave `hosts` out " +
  "to allow every address";

/** Unspecified, multicast and broadcast addresses: no connection comes from one. */
const nobodys = new BlockList();
nobodys.addSubnet("0.0.0.0", 8);
nobodys.addSubnet("224.0.0.0", 4);
nobodys.addAddress("255.255.255.255");
nobodys.addAddress("::", "ipv6");
nobodys.addSubnet("ff00::", 8, "ipv6");

/** The address of a client, in the only form that Kafka's authorizer would recognise. */
export const clientAddress = z
  .string({ error: ADDRESS })
  .refine((text) => !/[/*,]|\d-/.test(text), { error: RANGE, abort: true })
  .refine((text) => isIPv4(text) || (isIPv6(text) && !text.includes("%")), { error: ADDRESS })
  .transform((text) => (isIPv4(text) ? text : canonicalIPv6(text)))
  .refine((address) => !isIn(nobodys, address), { error: NOBODY });

/** Whether an address, as {@link clientAddress} makes it, belongs to a list. */
export const isIn = (list: BlockList, address: string): boolean =>
  list.check(address, isIPv4(address) ? "ipv4" : "ipv6");

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
