/** Waits until a container reports itself healthy. */
import { setTimeout as sleep } from "node:timers/promises";
import type Dockerode from "dockerode";
import type { OperationContext } from "../driver.ts";
import { lastLogLines } from "./container-log.ts";
import type { ContainerArgs } from "./container-properties.ts";
import { ask, DaemonError } from "./daemon-errors.ts";
import { redact } from "./redaction.ts";

const POLL_MILLISECONDS = 250;
/** A container its restart policy has started this often is not going to get well. */
const MOST_RESTARTS = 3;

export type HealthVerdict =
  | { readonly state: "healthy" }
  | { readonly state: "waiting"; readonly detail: string }
  | { readonly state: "failed"; readonly reason: string };

/** Pure. A health check that fails is waited for: a slow start may look so at first. */
export function judgeHealth(found: Dockerode.ContainerInspectInfo): HealthVerdict {
  const { Status, ExitCode, OOMKilled, Health } = found.State;
  const health = Health?.Status ?? "none";
  const exit = `exit code ${ExitCode}${OOMKilled ? ", killed for exceeding its memory limit" : ""}`;
  if (Status === "exited" || Status === "dead")
    return { state: "failed", reason: `it exited, ${exit}` };
  if (found.RestartCount >= MOST_RESTARTS) {
    return {
      state: "failed",
      reason: `it was restarted ${found.RestartCount} times, last ${exit}`,
    };
  }
  if (health === "none") {
    return {
      state: "failed",
      reason: "neither it nor its image has a health check; declare healthcheck, or leave wait out",
    };
  }
  return health === "healthy" ? { state: "healthy" } : { state: "waiting", detail: health };
}

/** @throws DaemonError with the last log lines and the last output of the health check */
export async function waitUntilHealthy(
  client: Dockerode,
  id: string,
  container: ContainerArgs,
  context: OperationContext,
): Promise<void> {
  const deadline = Date.now() + container.waitTimeout * 1000;
  let shown = "";
  for (;;) {
    const found = await ask(client, "read its health", client.getContainer(id).inspect());
    const verdict = judgeHealth(found);
    if (verdict.state === "healthy") return;
    if (verdict.state === "failed") throw await failure(client, found, container, verdict.reason);
    if (Date.now() >= deadline) {
      const reason = `not within ${container.waitTimeout} s, still ${verdict.detail}`;
      throw await failure(client, found, container, reason);
    }
    if (shown !== verdict.detail) context.progress(`waiting for health: ${verdict.detail}`);
    shown = verdict.detail;
    await interruptibleSleep(container.name, context.signal);
  }
}

async function interruptibleSleep(name: string, signal: AbortSignal): Promise<void> {
  try {
    await sleep(POLL_MILLISECONDS, undefined, { signal });
  } catch {
    throw new DaemonError(`interrupted while waiting for container "${name}" to become healthy`);
  }
}

async function failure(
  client: Dockerode,
  found: Dockerode.ContainerInspectInfo,
  container: ContainerArgs,
  reason: string,
): Promise<DaemonError> {
  // Only what the container wrote is redacted: our own words hold no secrets, but perhaps their parts.
  const written = (text: string): string[] => indent(redact(text, container.uploads ?? []));
  const check = found.State.Health?.Log.at(-1);
  const log = await lastLogLines(client, found.Id);
  const parts = [
    `container "${container.name}" did not become healthy: ${reason}`,
    ...(check === undefined
      ? []
      : [`last health check (exit code ${check.ExitCode}):`, ...written(check.Output)]),
    "last log lines:",
    ...written(log.join("\n")),
  ];
  return new DaemonError(parts.join("\n"));
}

function indent(text: string): string[] {
  const lines = text.trimEnd() === "" ? ["(none)"] : text.trimEnd().split("\n");
  return lines.map((line) => `  ${line}`);
}
