import { readFileSync } from "node:fs";

const INTERVAL_MS = 20;

/** Resident memory in MB of the processes that a process and its descendants are, as Linux tells it. */
function residentMemory(pid: number): number[] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const own = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return [own, ...[...children.matchAll(/\d+/g)].flatMap(([id]) => residentMemory(Number(id)))];
  } catch {
    return []; // It has ended since.
  }
}

export interface PeakMemory {
  /** The most that one process had, in MB. */
  readonly largest: number;
  /** The most that all had together, pages that they share counted for each, in MB. */
  readonly sum: number;
}

/** Samples a process and its descendants until told to stop. */
export function watchMemory(pid: number): () => PeakMemory {
  let peak: PeakMemory = { largest: 0, sum: 0 };
  const timer = setInterval(() => {
    const now = residentMemory(pid);
    const sum = now.reduce((total, one) => total + one, 0);
    peak = { largest: Math.max(peak.largest, ...now), sum: Math.max(peak.sum, sum) };
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    return peak;
  };
}
