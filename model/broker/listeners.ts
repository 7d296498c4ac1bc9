/**
 * Where a broker is reached, and by whom. Kafka's term is listener: a name, a port it binds and the
 * address it tells clients to come back to.
 */
export interface Listener {
  readonly name: "CLIENT" | "INTERNAL" | "CONTROLLER";
  /** Address bound inside the container. */
  readonly bind: string;
  readonly port: number;
  /** `host:port` told to clients; none for the controller, which nobody but the broker itself calls. */
  readonly advertised?: string;
}

export const CLIENT_PORT = 9092;
export const CONTROLLER_PORT = 9093;
export const INTERNAL_PORT = 9094;
export const METRICS_PORT = 9404;

/** Host name of the broker on the platform's Docker network. */
export const BROKER_HOST = "broker";

/**
 * The listeners of the one broker in Docker. CLIENT is published on loopback only; INTERNAL serves
 * containers of the platform's network; CONTROLLER never leaves the container.
 *
 * @param clientPort the loopback port that CLIENT is published on
 */
export const dockerListeners = (clientPort: number): readonly Listener[] => [
  {
    name: "CLIENT",
    bind: "0.0.0.0",
    port: CLIENT_PORT,
    advertised: `127.0.0.1:${String(clientPort)}`,
  },
  {
    name: "INTERNAL",
    bind: "0.0.0.0",
    port: INTERNAL_PORT,
    advertised: `${BROKER_HOST}:${String(INTERNAL_PORT)}`,
  },
  { name: "CONTROLLER", bind: "127.0.0.1", port: CONTROLLER_PORT },
];
