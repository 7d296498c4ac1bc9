/** Where the Docker daemon is, as the provider argument `host` or DOCKER_HOST says it. */
import type Dockerode from "dockerode";

export const DEFAULT_HOST = "unix:///var/run/docker.sock";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const WANTED = "unix:///path/to/docker.sock or tcp://127.0.0.1:PORT";

/** Connection options for dockerode, or `fault`: why this address is refused. */
export type HostAddress =
  { readonly options: Dockerode.DockerOptions } | { readonly fault: string };

/**
 * A plain TCP socket is root on that machine for everyone who can reach it, so anything but loopback
 * is refused, as are transports this engine does not speak (ssh, npipe, TLS).
 *
 * @param source what the message calls the setting
 */
export function parseHost(host: string, source = "host"): HostAddress {
  const fault = (why: string): HostAddress => ({
    fault: `${source} must be ${WANTED}, not "${host}": ${why}`,
  });
  if (!URL.canParse(host)) return fault("that is no address");
  const url = new URL(host);
  // dockerode falls back to DOCKER_HOST for every option left out: hence the explicit undefined.
  if (url.protocol === "unix:") {
    if (url.hostname !== "" || url.pathname.length < 2)
      return fault("the socket's path is missing");
    const socketPath = decodeURIComponent(url.pathname);
    return { options: { socketPath, host: undefined, port: undefined, protocol: "http" } };
  }
  if (url.protocol !== "tcp:") {
    return fault(`the embedded engine does not connect by ${url.protocol.slice(0, -1)}`);
  }
  if (!LOOPBACK.test(url.hostname)) return fault("plain TCP to another machine is not encrypted");
  if (url.port === "") return fault("the port is missing");
  return {
    options: {
      socketPath: undefined,
      host: url.hostname.replace(/^\[|\]$/g, ""),
      port: url.port,
      protocol: "http",
    },
  };
}

/** The address a client talks to, for messages. */
export function addressOf(client: Dockerode): string {
  const modem = client.modem as { socketPath?: string; host?: string; port?: string | number };
  return modem.host === undefined
    ? `unix://${modem.socketPath ?? ""}`
    : `tcp://${modem.host}:${modem.port ?? ""}`;
}
