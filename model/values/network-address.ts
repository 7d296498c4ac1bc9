import { isIP, isIPv6 } from "node:net";
import { z } from "zod";

const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const ADDRESS = "a host name such as kafka-0.example.com, or an IP address, without a port";

/** A host that clients reach: a DNS name in lower case, an IPv4 or an IPv6 address. */
export const networkAddress = z
  .string({ error: ADDRESS })
  .refine((text) => isIP(text) !== 0 || (HOST_NAME.test(text) && !looksLikeIPv4(text)), {
    error: ADDRESS,
  });

/** `10.0.0.256` has the form of a host name, but nobody means one. */
const looksLikeIPv4 = (text: string) => /^[\d.]+$/.test(text);

/** `host:port` as clients write it; an IPv6 address goes in brackets. */
export const hostAndPort = (host: string, port: number): string =>
  `${isIPv6(host) ? `[${host}]` : host}:${String(port)}`;

const RANGE = "a range of addresses such as 10.0.0.0/8";

/** A range of IP addresses in CIDR notation. */
export const addressRange = z.string({ error: RANGE }).refine(
  (text) => {
    const [address = "", bits = "", ...rest] = text.split("/");
    const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    return rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= longest;
  },
  { error: RANGE },
);
