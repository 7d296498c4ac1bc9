/** What somebody without a login, or with a small one, can do to a broker: announce much, and send little. */
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { Connection } from "@platformatic/kafka";
import type { Login } from "../kafka/running-broker.ts";

/** Behind a storm a login waits until what came before it is refused. */
const LOGIN_MS = 20_000;

/** Until as many strangers as are wanted must have arrived. */
const ARRIVAL_MS = 60_000;

export interface Place {
  readonly host: string;
  readonly port: number;
  /** Certificate to trust, in PEM. Default: no TLS. */
  readonly ca?: string;
}

/** `host:port` in its parts. */
export function placeOf(server: string, ca?: string): Place {
  const at = server.lastIndexOf(":");
  const place = { host: server.slice(0, at), port: Number(server.slice(at + 1)) };
  return ca === undefined ? place : { ...place, ca };
}

/**
 * Opens connections that never log in, and announces a message on each.
 *
 * @param announced bytes that the broker is told to expect
 * @param least how many must have announced them before the time runs: TLS takes a core milliseconds for each
 * @param holdMs how long they stay open from then on
 * @returns how many the broker let announce something, and how many of them were open when the time was over
 */
export async function storm(
  place: Place,
  {
    connections,
    announced,
    least,
    holdMs,
  }: { connections: number; announced: number; least: number; holdMs: number },
): Promise<{ readonly announced: number; readonly open: number }> {
  const sockets = Array.from({ length: connections }, () => announce(place, announced));
  const telling = () => sockets.filter(({ bytesWritten }) => bytesWritten > 0);
  const deadline = Date.now() + ARRIVAL_MS;
  const isOver = () => telling().length >= least || sockets.every(({ destroyed }) => destroyed);
  while (!isOver() && Date.now() < deadline) await sleep(100);
  await sleep(holdMs);
  const told = telling();
  const open = told.filter(({ destroyed }) => !destroyed).length;
  for (const socket of sockets) socket.destroy();
  return { announced: told.length, open };
}

function announce({ host, port, ca }: Place, announced: number): Socket {
  const message = Buffer.alloc(104);
  message.writeUInt32BE(announced);
  const socket = ca === undefined ? connect(port, host) : connectTls({ host, port, ca });
  socket.once(ca === undefined ? "connect" : "secureConnect", () => socket.write(message));
  // Refused and closed ones are what a bounded broker is expected to make of most.
  socket.on("error", () => socket.destroy());
  socket.on("data", () => undefined);
  return socket;
}

/**
 * Logs in as an account several times, and announces a large request on each connection.
 *
 * @returns how many got that far
 */
export async function hugeRequests(
  { host, port, ca }: Place,
  login: Login,
  { count, announced, holdMs }: { count: number; announced: number; holdMs: number },
): Promise<number> {
  let sent = 0;
  const { username, password, mechanism = "SCRAM-SHA-512" } = login;
  const connections = Array.from({ length: count }, (_, at) => {
    return new Connection(`attacker-${String(at)}`, {
      sasl: { mechanism, username, password },
      ...(ca === undefined ? {} : { tls: { ca } }),
    });
  });
  const attempts = connections.map(async (connection) => {
    connection.on("error", () => undefined);
    await connection.connect(host, port);
    const message = Buffer.alloc(8);
    message.writeUInt32BE(announced);
    connection.socket.write(message);
    sent += 1;
  });
  // A broker that has ended lets nobody in, one without memory left may never answer.
  await Promise.race([Promise.allSettled(attempts), sleep(LOGIN_MS)]);
  await sleep(holdMs);
  for (const connection of connections) connection.socket.destroy();
  return sent;
}
