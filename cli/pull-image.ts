import type Dockerode from "dockerode";

/** A registry behind a firewall often neither answers nor refuses. */
const NO_PROGRESS_MS = 15_000;
const REPORT_EVERY_MS = 2_000;

/** One event of the daemon's pull stream. */
export interface PullEvent {
  readonly status?: string;
  readonly id?: string;
  readonly error?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
}

/**
 * Pulls an image, for as long as it makes progress.
 *
 * @throws Error with the registry's reason, or that nothing happened for 15 seconds.
 */
export async function pullImage(
  docker: Dockerode,
  image: string,
  report: (message: string) => void,
  noProgressMs = NO_PROGRESS_MS,
): Promise<void> {
  report(`pulling ${image}`);
  const abort = new AbortController();
  const stalled = setTimeout(() => abort.abort(), noProgressMs);
  const layers = new Map<string, PullEvent>();
  let reported = Date.now();
  try {
    const stream = await docker.pull(image, { abortSignal: abort.signal });
    await new Promise<void>((resolve, reject) => {
      abort.signal.addEventListener("abort", () => reject(new Error("no progress")));
      docker.modem.followProgress(
        stream,
        (error) => (error ? reject(error) : resolve()),
        (event: PullEvent) => {
          stalled.refresh();
          if (event.id !== undefined) layers.set(event.id, event);
          if (Date.now() - reported < REPORT_EVERY_MS) return;
          reported = Date.now();
          report(`pulling ${image}: ${pullProgress(layers.values())}`);
        },
      );
    });
  } catch (error) {
    const reason = abort.signal.aborted
      ? `no progress for ${noProgressMs / 1000} s`
      : daemonReason(error);
    throw new Error(`${image} cannot be pulled (${reason})`, { cause: error });
  } finally {
    clearTimeout(stalled);
  }
}

/** The daemon's own sentence, without the client library's decoration. */
function daemonReason(error: unknown): string {
  const { json, message } = error as Error & { json?: { message?: string } };
  return (json?.message ?? message).trim();
}

/** Pure: the last event of each layer as "12 of 230 MB". Layers of unknown size count as nothing. */
export function pullProgress(layers: Iterable<PullEvent>): string {
  let current = 0;
  let total = 0;
  for (const { progressDetail } of layers) {
    current += progressDetail?.current ?? 0;
    total += progressDetail?.total ?? 0;
  }
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
  return `${megabytes(current)} of ${megabytes(total)} MB`;
}
