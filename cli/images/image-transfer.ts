/** Images on their way from or to a registry, as the Docker daemon tells of it. */
import type Dockerode from "dockerode";

/** A registry behind a firewall often neither answers nor refuses. */
const NO_PROGRESS_MS = 15_000;
const REPORT_EVERY_MS = 2_000;

/** One event of the daemon's pull or push stream. */
export interface TransferEvent {
  readonly status?: string;
  readonly id?: string;
  readonly error?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  /** Of a push, once: what the registry stored. */
  readonly aux?: { readonly Digest?: string };
}

export interface Transfer {
  readonly docker: Dockerode;
  /** Completes the sentence, such as `pulling apache/kafka:4.3.1`. */
  readonly doing: string;
  readonly begin: (abortSignal: AbortSignal) => Promise<NodeJS.ReadableStream>;
  /** Receives one line now and then. */
  readonly report: (message: string) => void;
  readonly noProgressMs?: number;
}

/**
 * Follows a transfer for as long as it makes progress.
 *
 * @returns all events that are not about a layer
 * @throws Error with the registry's reason, or that nothing happened for 15 seconds.
 */
export async function follow({
  docker,
  doing,
  begin,
  report,
  noProgressMs = NO_PROGRESS_MS,
}: Transfer): Promise<TransferEvent[]> {
  report(doing);
  const abort = new AbortController();
  const stalled = setTimeout(() => abort.abort(), noProgressMs);
  const layers = new Map<string, TransferEvent>();
  const others: TransferEvent[] = [];
  let reported = Date.now();
  try {
    const stream = await begin(abort.signal);
    await new Promise<void>((resolve, reject) => {
      abort.signal.addEventListener("abort", () => reject(new Error("no progress")));
      docker.modem.followProgress(
        stream,
        (error) => (error ? reject(error) : resolve()),
        (event: TransferEvent) => {
          stalled.refresh();
          if (event.id === undefined) others.push(event);
          else layers.set(event.id, event);
          if (Date.now() - reported < REPORT_EVERY_MS) return;
          reported = Date.now();
          report(`${doing}: ${transferred(layers.values())}`);
        },
      );
    });
    // The daemon has answered 200 before it began: a failure is an event among the others.
    const failure = others.find(({ error }) => error !== undefined)?.error;
    if (failure !== undefined) throw new Error(failure);
    return others;
  } catch (error) {
    const reason = abort.signal.aborted
      ? `no progress for ${noProgressMs / 1000} s`
      : daemonReason(error);
    throw new Error(reason, { cause: error });
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
export function transferred(layers: Iterable<TransferEvent>): string {
  let current = 0;
  let total = 0;
  for (const { progressDetail } of layers) {
    current += progressDetail?.current ?? 0;
    total += progressDetail?.total ?? 0;
  }
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
  return `${megabytes(current)} of ${megabytes(total)} MB`;
}
