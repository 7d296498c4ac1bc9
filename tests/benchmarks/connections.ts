/**
 * Heap that a connection takes of a broker, against what the bounds of the platform count for it: they are right as
 * long as it is not more. Full collections before and after; needs Java 17 with `jcmd`.
 *
 *   node tests/benchmarks/connections.ts
 */
import { execFileSync } from "node:child_process";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { CONNECTION } from "../../model/broker/connection-limits.ts";
import { KIB } from "../../model/values/units.ts";
import { JarBroker } from "../support/kafka/jar-broker.ts";
import { type Place, placeOf } from "../support/attacks/strangers.ts";
import { isMet, print } from "./measure.ts";

const CONNECTIONS = 1000;
/** Handshakes of TLS cost a core milliseconds each. */
const AT_A_TIME = 50;

/** Bytes of everything alive on the broker's heap. */
function alive(pid: number): number {
  const args = [String(pid), "GC.class_histogram"];
  const said = execFileSync("jcmd", args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  const [, , bytes] = /^Total\s+(\d+)\s+(\d+)/m.exec(said) ?? [];
  if (bytes === undefined) throw new Error(`jcmd says no total:\n${said.slice(0, 400)}`);
  return Number(bytes);
}

function opened({ host, port, ca }: Place): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = ca === undefined ? connect(port, host) : connectTls({ host, port, ca });
  socket.once(ca === undefined ? "connect" : "secureConnect", () => resolve(socket));
  socket.once("error", reject);
  return promise;
}

/** Bytes that one of many connections takes which are open and wait. */
async function each(broker: JarBroker, place: Place): Promise<number> {
  // What the first ones load stays for all.
  const first = await Promise.all(Array.from({ length: AT_A_TIME }, () => opened(place)));
  await sleep(2000);
  const before = alive(broker.pid);
  const sockets: Socket[] = [];
  while (sockets.length < CONNECTIONS) {
    const more = Array.from({ length: AT_A_TIME }, () => opened(place));
    sockets.push(...(await Promise.all(more)));
  }
  await sleep(2000);
  const after = alive(broker.pid);
  for (const socket of [...first, ...sockets]) socket.destroy();
  return (after - before) / CONNECTIONS;
}

const broker = await JarBroker.start({ heapMb: 1024, listeners: ["tls"] });
try {
  const places = {
    plain: placeOf(broker.bootstrapServer),
    tls: placeOf(broker.tlsServer, await broker.ca()),
  };
  for (const kind of ["plain", "tls"] as const) {
    const bytes = await each(broker, places[kind]);
    const figure = {
      what: `heap of a connection, ${kind}`,
      measured: bytes / CONNECTION[kind],
      limit: 1,
      wanted: "at most",
      unit: "×",
      how: `${(bytes / KIB).toFixed(1)} KiB each of ${CONNECTIONS}, counted as ${CONNECTION[kind] / KIB} KiB`,
    } as const;
    print(figure);
    if (!isMet(figure)) process.exitCode = 1;
  }
} finally {
  await broker.destroy();
}
