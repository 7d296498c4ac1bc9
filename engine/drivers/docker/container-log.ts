/** The last lines a container wrote, for messages. */
import type Dockerode from "dockerode";
import { ask, DaemonError } from "./daemon-errors.ts";

const SHOWN_LINES = 25;
const HEADER_BYTES = 8;

/** Not every logging driver lets its log be read: then the one line says so. */
export async function lastLogLines(client: Dockerode, id: string): Promise<string[]> {
  const options = { stdout: true, stderr: true, follow: false, tail: SHOWN_LINES } as const;
  try {
    const log = await ask(client, "read its log", client.getContainer(id).logs(options));
    return demultiplex(log).trimEnd().split("\n").slice(-SHOWN_LINES);
  } catch (error) {
    if (error instanceof DaemonError) return [`(${error.message})`];
    throw error;
  }
}

/** Joins the frames in which Docker interleaves stdout and stderr, in their order. */
export function demultiplex(log: Buffer): string {
  const frames: Buffer[] = [];
  for (let at = 0; at + HEADER_BYTES <= log.length;) {
    const end = at + HEADER_BYTES + log.readUInt32BE(at + 4);
    frames.push(log.subarray(at + HEADER_BYTES, end));
    at = end;
  }
  return Buffer.concat(frames).toString("utf8");
}
