import { KIB, MIB } from "../values/units.ts";
import { heapFor } from "./memory.ts";

/**
 * What strangers and accounts can take of a broker's heap. Kafka allocates the size that a client announces:
 * before the login for each connection, after it for each request. Unbounded, either ends a broker.
 */

/** Bytes that a stranger may announce: SCRAM's messages are of a few hundred. Kafka's own: 512 KiB. */
const LOGIN_MESSAGE = 16 * KIB;
/**
 * Bytes of heap that a connection takes besides: its buffers, and those of TLS. Twice what an open one was measured
 * to take (tests/benchmarks/connections.ts: 9 and 57 KiB), for a handshake needs more while it lasts.
 */
export const CONNECTION = { plain: 16 * KIB, tls: 112 * KIB } as const;
/** Kafka's own largest request. */
const LARGEST_REQUEST = 100 * MIB;

/** Shares of the heap for what waits for a login, and for requests under way. */
const SHARE = { connections: 1 / 8, requests: 3 / 8 } as const;
/**
 * How many of the largest requests there is room for. While there is none, everybody waits: a client that
 * announces and does not send keeps its room until the broker closes it for being idle.
 */
const LARGEST_REQUESTS = 16;

/**
 * Seconds in which a listener may fill up: a TLS handshake costs a core milliseconds. Not more of them, because
 * whoever comes while strangers queue waits behind them.
 */
const SECONDS_TO_FILL = 2;
/** New connections a second that every listener takes: after a broker's restart its clients come at once. */
const SLOWEST_RATE = 500;

export interface ConnectionLimitArgs {
  /** Memory limit of the broker, in bytes. */
  readonly memory: number;
  /** Listeners that clients reach, as Kafka writes them in the names of properties. */
  readonly clientListeners: readonly string[];
  readonly tls: boolean;
  /** What the stack says itself, by Kafka's names. @default everything follows from the memory */
  readonly properties?: Properties;
}

type Properties = Readonly<Record<string, string | undefined>>;

/** Bounds on connections and requests, for a broker's configuration. */
export function connectionLimits(args: ConnectionLimitArgs): Record<string, string> {
  const { clientListeners, properties = {} } = args;
  const heap = heapFor(args.memory);
  const requests = Math.floor(heap * SHARE.requests);
  const connections = Number(
    properties["max.connections"] ?? Math.floor((heap * SHARE.connections) / connectionBytes(args)),
  );
  const each = Math.floor(connections / clientListeners.length);
  const rate = Math.max(Math.floor(each / SECONDS_TO_FILL), SLOWEST_RATE);
  const limits: Readonly<Record<string, number>> = {
    "sasl.server.max.receive.size": LOGIN_MESSAGE,
    "queued.max.request.bytes": requests,
    "socket.request.max.bytes": Math.min(Math.floor(requests / LARGEST_REQUESTS), LARGEST_REQUEST),
    "max.connections": connections,
    // One address cannot take all listeners; behind a NodePort many clients may have the same one.
    "max.connections.per.ip": each,
    ...Object.fromEntries(
      clientListeners.flatMap((listener) => [
        [`listener.name.${listener}.max.connections`, each],
        [`listener.name.${listener}.max.connection.creation.rate`, rate],
      ]),
    ),
  };
  return Object.fromEntries(Object.entries(limits).map(([key, value]) => [key, String(value)]));
}

/** Properties without which there is no bound. */
export const BOUNDS = [
  "max.connections",
  "sasl.server.max.receive.size",
  "queued.max.request.bytes",
  "socket.request.max.bytes",
] as const;
/** Of the heap that clients may take at worst: a broker needs the rest for its own work. */
export const LARGEST_SHARE = 5 / 8;

/** Bytes of heap that strangers and accounts together can take at worst. */
export const memoryAtWorst = (
  bounds: Readonly<Record<(typeof BOUNDS)[number], number>>,
  { tls }: Pick<ConnectionLimitArgs, "tls">,
): number =>
  bounds["max.connections"] *
    (bounds["sasl.server.max.receive.size"] + CONNECTION[tls ? "tls" : "plain"]) +
  bounds["queued.max.request.bytes"] +
  // A request may start while there is any room left, so one comes on top.
  bounds["socket.request.max.bytes"];

const connectionBytes = ({ tls }: Pick<ConnectionLimitArgs, "tls">): number =>
  LOGIN_MESSAGE + (tls ? CONNECTION.tls : CONNECTION.plain);
