import type * as docker from "@pulumi/docker";

/** What the containers that watch the broker are told alike. */
export interface MonitoringContainerArgs {
  /** Prefix of the container's name. */
  readonly name: string;
  /** Image, by tag or digest. */
  readonly image: string;
  /** Loopback port. */
  readonly port: number;
  /** Network on which all containers of the platform find each other by their roles. */
  readonly network: docker.Network;
}

/** A file that everybody in the container may read: nothing secret. */
export const MONITORING_FILE = { permissions: "0444" } as const;

/** Asks the program itself, with what its image has to ask with. */
export const healthOf = (port: number, path: string) => ({
  tests: ["CMD", "wget", "-q", "-O", "/dev/null", `http://127.0.0.1:${String(port)}${path}`],
  interval: "10s",
  timeout: "5s",
  retries: 6,
  startPeriod: "1m0s",
});
