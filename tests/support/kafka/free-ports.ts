import { randomInt } from "node:crypto";
import { createServer } from "node:net";

export interface Ports {
  readonly client: number;
  readonly controller: number;
  readonly tls: number;
  readonly plaintext: number;
}

/** Below the ports from which connections go out: none of those takes one before its server is up. */
const FIRST = 11_000;
const LAST = 21_000;

/** Four loopback ports nobody listens on at this moment. */
export async function freePorts(): Promise<Ports> {
  const found = new Set<number>();
  while (found.size < 4) {
    const port = randomInt(FIRST, LAST);
    if (await isFree(port)) found.add(port);
  }
  const [client = 0, controller = 0, tls = 0, plaintext = 0] = found;
  return { client, controller, tls, plaintext };
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
