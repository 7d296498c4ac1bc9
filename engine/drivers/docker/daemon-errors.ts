/** Turns what dockerode throws into one sentence: what failed, where, why, what to do. */
import type Dockerode from "dockerode";
import { addressOf } from "./host.ts";

/** A refusal by the daemon, or its absence. The message is meant for people and complete. */
export class DaemonError extends Error {
  /** HTTP status of the daemon's answer; undefined when it gave none. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.name = "DaemonError";
    this.status = status;
  }
}

export interface Refusal {
  readonly status: number | undefined;
  /** The daemon's own words. */
  readonly message: string;
}

/** Gives a better sentence for a refusal the caller knows, or undefined. */
export type Explain = (refusal: Refusal) => string | undefined | Promise<string | undefined>;

/**
 * Awaits one call to the daemon. `doing` completes the sentence "cannot …" (`create network "kafka"`).
 * @throws DaemonError
 */
export async function ask<T>(
  client: Dockerode,
  doing: string,
  call: Promise<T>,
  explain?: Explain,
): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof DaemonError) throw error;
    const refusal = refusalOf(error);
    const explained =
      interrupted(error) ??
      unreachable(client, error) ??
      diskFull(refusal) ??
      (await explanationOf(refusal, explain));
    throw new DaemonError(`cannot ${doing}: ${explained ?? refusal.message}`, refusal.status);
  }
}

/** As {@link ask}, but an object that does not exist is an answer: undefined. */
export async function askIfPresent<T>(
  client: Dockerode,
  doing: string,
  call: Promise<T>,
  explain?: Explain,
): Promise<T | undefined> {
  try {
    return await ask(client, doing, call, explain);
  } catch (error) {
    if (error instanceof DaemonError && error.status === 404) return undefined;
    throw error;
  }
}

/** An explanation asks the daemon itself, and may fail with it: then its own words must do. */
async function explanationOf(refusal: Refusal, explain?: Explain): Promise<string | undefined> {
  try {
    return await explain?.(refusal);
  } catch {
    return undefined;
  }
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof Error)) return { status: undefined, message: String(error) };
  const { statusCode, json } = error as { statusCode?: number; json?: { message?: string } | null };
  return { status: statusCode, message: (json?.message ?? error.message).trim() };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such socket",
  ECONNREFUSED: "nothing listens there",
  EACCES: "this user may not open the socket",
  ECONNRESET: "it closed the connection",
  EPIPE: "it closed the connection",
  ETIMEDOUT: "it does not answer",
};

function interrupted(error: unknown): string | undefined {
  return error instanceof Error && error.name === "AbortError" ? "interrupted" : undefined;
}

function unreachable(client: Dockerode, error: unknown): string | undefined {
  const { code, syscall } = error as { code?: string; syscall?: string };
  // A file of a build context that is missing is an ENOENT too.
  const remote = syscall === undefined || ["connect", "read", "write"].includes(syscall);
  const reason = code === undefined || !remote ? undefined : REASONS[code];
  if (reason === undefined) return undefined;
  const remedy =
    code === "EACCES"
      ? "add the user to the group docker and log in again"
      : "start Docker, or point DOCKER_HOST at the daemon";
  return `the Docker daemon at ${addressOf(client)} cannot be reached, ${reason}; ${remedy}`;
}

function diskFull({ message }: Refusal): string | undefined {
  if (!/no space left on device/i.test(message)) return undefined;
  return `the Docker daemon's disk is full (${message}); free some, for example with "docker system prune"`;
}
