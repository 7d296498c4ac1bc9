import { createConnection } from "node:net";
import { stackConfig } from "../stack/effective-config.ts";
import type { Stack } from "../stack/project.ts";
import { runPulumiOn } from "./pulumi-stack.ts";

/** Resources on Docker: all of them can be looked at where the broker cannot be asked. */
const ON_DOCKER = "urn:pulumi:*::*::**docker:index/**";

export interface PulumiUpArgs {
  /** Whether the CLI shows its preview and asks. */
  readonly asks: boolean;
  /** Whether it has made something of the stack before. */
  readonly holds: boolean;
}

/**
 * An `up` of a stack of this machine by the Pulumi CLI that looks at what is there first. What is in Kafka can
 * only be looked at while its broker runs, so one that was stopped or removed is brought back before.
 *
 * @returns the exit code of the CLI
 */
export async function pulumiUp(stack: Stack, { asks, holds }: PulumiUpArgs): Promise<number> {
  const up = ["up", ...(asks ? [] : ["--yes"])];
  if (!holds) return runPulumiOn(stack, up);
  if (!(await brokerListens(stack))) {
    const look = ["refresh", "--yes", "--skip-preview", "--target", ON_DOCKER];
    const code = (await runPulumiOn(stack, look)) || (await runPulumiOn(stack, up));
    if (code !== 0) return code;
  }
  return runPulumiOn(stack, [...up, "--refresh"]);
}

/** Docker listens on a port as long as the container behind it runs. */
function brokerListens(stack: Stack): Promise<boolean> {
  const { cluster } = stackConfig(stack);
  if (cluster.kind !== "docker") return Promise.resolve(true);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = createConnection({ host: "127.0.0.1", port: cluster.clientPort });
  socket.once("connect", () => resolve(true));
  socket.once("error", () => resolve(false));
  return promise.finally(() => socket.destroy());
}
