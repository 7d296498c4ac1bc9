/** Durations as Go writes them ("1m30s", "500ms"): time-outs of resources, health checks of containers. */

const NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

export const DURATION = /^(0|(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+)$/;

/** In nanoseconds, the Docker API's unit. Expects what {@link DURATION} accepts. */
export function nanoseconds(duration: string): number {
  return [...duration.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)].reduce(
    (sum, [, amount, unit]) => sum + Math.round(Number(amount) * (NANOSECONDS[unit ?? ""] ?? 0)),
    0,
  );
}
