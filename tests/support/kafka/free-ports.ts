import { createServer } from "node:net";

export interface Ports {
  readonly client: number;
  readonly controller: number;
  readonly tls: number;
  readonly plaintext: number;
}

/** Four loopback ports nobody listens on at this moment. */
export async function freePorts(): Promise<Ports> {
  const servers = Array.from({ length: 4 }, () => createServer());
  const numbers = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once("error", reject);
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            resolve(typeof address === "object" && address ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  const [client = 0, controller = 0, tls = 0, plaintext = 0] = numbers;
  return { client, controller, tls, plaintext };
}
