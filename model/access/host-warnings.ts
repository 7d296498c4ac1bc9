import { BlockList } from "node:net";
import { isIn } from "../values/client-address.ts";
import type { Access } from "./grants.ts";

/** Addresses that a machine calls itself: a broker in a container or pod of its own never sees them. */
const ownAddresses = new BlockList();
ownAddresses.addSubnet("127.0.0.0", 8);
ownAddresses.addAddress("::1", "ipv6");

/** Where Docker's networks have their addresses, the gateways' among them, unless it is told otherwise. */
const dockerNetworks = new BlockList();
dockerNetworks.addSubnet("172.16.0.0", 12);
dockerNetworks.addSubnet("192.168.0.0", 16);

const GATEWAY =
  "to a broker in Docker, whoever connects from this machine comes from the gateway of its network: name " +
  "the addresses of other environments in `environments`";

/** Accounts that may only come from where no client of this kind of cluster comes from, a sentence each. */
export const hostWarnings = (
  accounts: readonly Pick<Access, "username" | "hosts">[],
  kind: "docker" | "kubernetes",
): string[] =>
  accounts.flatMap(({ username, hosts = [] }) =>
    hosts.flatMap((host) => {
      const at = `account ${username}: hosts ${host}`;
      if (kind === "docker") return isIn(dockerNetworks, host) ? [] : [`${at}: ${GATEWAY}`];
      return isIn(ownAddresses, host)
        ? [`${at}: only a client inside the broker's own pod has this address`]
        : [];
    }),
  );
