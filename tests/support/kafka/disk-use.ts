import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningBroker } from "./running-broker.ts";

const BLOCK = 512;
const BETWEEN_MS = 100;

/** What the files of a topic take of a broker's disk: records, indexes, and what is still to be removed. */
async function diskUse({ folder }: RunningBroker, topic: string): Promise<number> {
  const data = path.join(folder, "data");
  const folders = (await readdir(data)).filter(
    (name) => /-\d+$/.exec(name)?.index === topic.length && name.startsWith(topic),
  );
  const files = await Promise.all(
    folders.map(async (name) =>
      (await readdir(path.join(data, name))).map((file) => path.join(data, name, file)),
    ),
  );
  // Kafka removes and renames files meanwhile.
  const blocks = files.flat().map((file) =>
    stat(file).then(
      ({ blocks }) => blocks,
      () => 0,
    ),
  );
  return (await Promise.all(blocks)).reduce((sum, count) => sum + count * BLOCK, 0);
}

/** The most that each of the topics takes while `run` lasts. */
export async function peakUse(
  broker: RunningBroker,
  topics: readonly string[],
  run: Promise<unknown>,
): Promise<ReadonlyMap<string, number>> {
  const peaks = new Map(topics.map((topic) => [topic, 0]));
  const state = { over: false };
  const ended = run.finally(() => (state.over = true));
  while (!state.over) {
    for (const topic of topics) {
      peaks.set(topic, Math.max(peaks.get(topic) ?? 0, await diskUse(broker, topic)));
    }
    await sleep(BETWEEN_MS);
  }
  await ended;
  return peaks;
}
