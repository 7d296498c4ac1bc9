import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";

/**
 * A door to a server on this machine through which everybody comes from another loopback address, so
 * that the server sees clients of more than one host. Linux has all of 127.0.0.0/8.
 */
export async function comingFrom(
  localAddress: string,
  server: string,
): Promise<{ readonly address: string; readonly close: () => void }> {
  const [host = "", port = ""] = server.split(":");
  const door: Server = createServer((client) => {
    const onward = connect({ host, port: Number(port), localAddress });
    client.pipe(onward).pipe(client);
    for (const [one, other] of [
      [client, onward],
      [onward, client],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const { port: own } = door.address() as AddressInfo;
  return { address: `127.0.0.1:${own}`, close: () => door.close() };
}
