import { type API, Connection, describeClusterV1, ResponseError } from "@platformatic/kafka";

import {
  connectFailure,
  isConnectionLost,
  type RefusedServer,
  unreachable,
} from "./connect-failure.ts";
import type { ConnectOptions } from "./connect-options.ts";
import { Deadline } from "./deadline.ts";
import { KafkaAdminError } from "./errors.ts";

const DEFAULT_DEADLINE_MS = 30_000;
const CLIENT_ID = "kafka-platform-admin";
const ENDPOINT_BROKERS = 1;

/**
 * One connection to one broker, opened on demand and again when lost. One is enough: a KRaft broker
 * forwards every administrative write to the controller. Requests are the client library's raw
 * protocol messages, since its high-level calls ignore `validateOnly`, hide internal topics, retry
 * an absent topic for seconds, and fold all errors of a batch into one.
 */
export class BrokerLink {
  readonly #options: ConnectOptions;
  readonly #requests = new Map<string, number>();
  #connection: Connection | undefined;
  #opening: Promise<Connection> | undefined;
  #address = "";
  #closed = false;

  constructor(options: ConnectOptions) {
    // A copy: the library keeps a reference to the credentials it is given.
    this.#options = { ...options, ...(options.sasl && { sasl: { ...options.sasl } }) };
  }

  /** Requests sent so far by Kafka's name of them, the ones that open a connection left out. */
  get requests(): ReadonlyMap<string, number> {
    return this.#requests;
  }

  get username(): string {
    return this.#options.sasl?.username ?? "ANONYMOUS";
  }

  deadline(): Deadline {
    return new Deadline(this.#options.deadlineMs ?? DEFAULT_DEADLINE_MS);
  }

  async open(deadline: Deadline): Promise<void> {
    await this.#connected(deadline);
  }

  /**
   * Sends a write once and returns the whole answer, the entries with errors included. `what` starts
   * the message of a failure. Never repeated: a lost connection leaves the effect unknown.
   */
  async write<Args extends unknown[], Response>(
    [name, api]: NamedApi<Args, Response>,
    what: string,
    deadline: Deadline,
    ...args: Args
  ): Promise<Response> {
    const connection = await this.#connected(deadline);
    this.#requests.set(name, (this.#requests.get(name) ?? 0) + 1);
    try {
      return await deadline.race(answer(api, connection, args), () => {
        // A request cannot be recalled: a later answer on this connection would only confuse.
        this.#drop(connection);
        return this.#late(what, deadline);
      });
    } catch (error) {
      if (error instanceof KafkaAdminError) throw error;
      throw this.#lost(what, error);
    }
  }

  /** As {@link write}, for requests that change nothing: sent once more when the connection is lost. */
  async read<Args extends unknown[], Response>(
    api: NamedApi<Args, Response>,
    what: string,
    deadline: Deadline,
    ...args: Args
  ): Promise<Response> {
    try {
      return await this.write(api, what, deadline, ...args);
    } catch (error) {
      if (!(error instanceof KafkaAdminError) || error.code !== "CONNECTION_LOST") throw error;
      return this.write(api, what, deadline, ...args);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const connection = this.#connection ?? (await this.#opening?.catch(() => undefined));
    this.#connection = undefined;
    await connection?.close();
  }

  async #connected(deadline: Deadline): Promise<Connection> {
    if (this.#closed) throw new KafkaAdminError("CLOSED", "The Kafka admin client is closed.");
    if (this.#connection?.isConnected()) return this.#connection;
    this.#opening ??= this.#openAny(deadline).finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  async #openAny(deadline: Deadline): Promise<Connection> {
    const refused: RefusedServer[] = [];
    const servers = this.#options.bootstrapServers;
    for (const [i, server] of servers.entries()) {
      // A server that swallows packets must leave time for the ones after it.
      const share = Math.max(1, Math.floor(deadline.remainingMs / (servers.length - i)));
      try {
        this.#connection = await this.#openOne(server, share);
        this.#address = server;
        return this.#connection;
      } catch (error) {
        refused.push({ server, error: connectFailure(server, error, this.#options, share) });
      }
    }
    throw unreachable(refused);
  }

  async #openOne(server: string, timeoutMs: number): Promise<Connection> {
    const { host, port } = parseServer(server);
    const { tls, sasl } = this.#options;
    const connection = new Connection(CLIENT_ID, {
      connectTimeout: timeoutMs,
      // Ours is the deadline; the library's own timer must never be the first.
      requestTimeout: 2_147_483_647,
      ...(tls && { tls: tls.ca === undefined ? {} : { ca: tls.ca } }),
      ...(sasl && { sasl: { ...sasl } }),
    });
    // Without a listener, losing an idle connection would end the process.
    connection.on("error", () => undefined);
    const time = new Deadline(timeoutMs);
    const late = () => new Error(`no answer within ${timeoutMs} ms`);
    try {
      await time.race(Promise.resolve(connection.connect(host, port)), late);
      // A port that wants credentials accepts the connection and hangs up on the first request.
      await time.race(answer(describeClusterV1.api, connection, [false, ENDPOINT_BROKERS]), late);
      return connection;
    } catch (error) {
      this.#drop(connection);
      throw error;
    }
  }

  #drop(connection: Connection): void {
    if (this.#connection === connection) this.#connection = undefined;
    // Destroyed, not closed: an orderly close waits for a peer that may be gone.
    (connection.socket as Connection["socket"] | undefined)?.destroy();
  }

  #late(what: string, deadline: Deadline): KafkaAdminError {
    return new KafkaAdminError(
      "DEADLINE",
      `${what}: ${this.#address} gave no answer within ${deadline.totalMs} ms.`,
    );
  }

  #lost(what: string, error: unknown): Error {
    if (!isConnectionLost(error)) return error as Error;
    return new KafkaAdminError(
      "CONNECTION_LOST",
      `${what}: the connection to ${this.#address} ended before the answer. Whether a change was made is unknown: look at it (refresh) before trying again.`,
    );
  }
}

/** Kafka's name of a request and the library's message for it. */
export type NamedApi<Args extends unknown[], Response> = readonly [string, API<Args, Response>];

/** The library throws when any entry has an error; the whole answer is inside. */
async function answer<Args extends unknown[], Response>(
  api: API<Args, Response>,
  connection: Connection,
  args: Args,
): Promise<Response> {
  try {
    return await api.async(connection, ...args);
  } catch (error) {
    const { response } = error as { response?: Response };
    if (error instanceof ResponseError && response !== undefined) return response;
    throw error;
  }
}

function parseServer(server: string): { host: string; port: number } {
  const match = /^(?:\[(?<v6>[^\]]+)\]|(?<name>[^:]+)):(?<port>\d+)$/.exec(server);
  const host = match?.groups?.["v6"] ?? match?.groups?.["name"];
  if (host === undefined) throw new Error(`not of the form host:port`);
  return { host, port: Number(match?.groups?.["port"]) };
}
