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
/** Each process that runs tests has ports of its own: a broker that restarts must find its own free. */
const PROCESSES = 16;
const WIDTH = 600;
const own = FIRST + (Number(process.env["VITEST_POOL_ID"] ?? 0) % PROCESSES) * WIDTH;
const handedOut = new Set<number>();

/** Four loopback ports nobody listens on at this moment, and no other broker of this process ever has. */
export async function freePorts(): Promise<Ports> {
  const found = new Set<number>();
  while (found.size < 4) {
    const port = randomInt(own, own + WIDTH);
    if (handedOut.has(port) || !(await isFree(port))) continue;
    found.add(port);
    handedOut.add(port);
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
