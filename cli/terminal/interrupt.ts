/** A signal for work that only looks: the first Ctrl-C ends it, and what it made is cleared away. */
export function abortOnInterrupt(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  process.once("SIGINT", abort).once("SIGTERM", abort);
  const release = (): void => {
    process.off("SIGINT", abort).off("SIGTERM", abort);
  };
  return { signal: controller.signal, release };
}
