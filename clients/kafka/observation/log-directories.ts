import { describeLogDirsV4 } from "@platformatic/kafka";
import type { Deadline } from "../deadline.ts";
import { refusal } from "../errors.ts";
import type { BrokerAddress, BrokerLinks, Problem } from "./broker-links.ts";

const LOG_DIRS = ["DescribeLogDirs", describeLogDirsV4.api] as const;

export interface LogDirectory {
  readonly broker: number;
  readonly directory: string;
  /** Bytes of the volume; undefined where the broker cannot tell. */
  readonly totalBytes: number | undefined;
  readonly usableBytes: number | undefined;
  /** Bytes of each topic in it. */
  readonly topics: ReadonlyMap<string, number>;
}

/** The disks of brokers, and what is on them. A directory that is offline is a problem, not an empty one. */
export async function logDirectories(
  links: BrokerLinks,
  brokers: readonly BrokerAddress[],
  deadline: Deadline,
): Promise<{
  readonly directories: readonly LogDirectory[];
  readonly problems: readonly Problem[];
}> {
  const { byBroker, problems } = await links.ask(brokers, async (link, { id }) => {
    const what = `log directories of broker ${String(id)}`;
    const answer = await link.read(LOG_DIRS, what, deadline, null);
    const error = refusal(what, answer);
    if (error) throw error;
    return answer.results;
  });
  const directories: LogDirectory[] = [];
  const refused: Problem[] = [];
  for (const [broker, results] of byBroker) {
    for (const result of results) {
      const { logDir: directory, totalBytes, usableBytes } = result;
      const error = refusal(`log directory ${directory} of broker ${String(broker)}`, result);
      if (error) {
        refused.push({ broker, error });
        continue;
      }
      const topics = new Map(
        result.topics.map(({ name, partitions }) => [
          name,
          partitions.reduce((sum, { partitionSize }) => sum + Number(partitionSize), 0),
        ]),
      );
      const [total, usable] = [known(totalBytes), known(usableBytes)];
      directories.push({ broker, directory, totalBytes: total, usableBytes: usable, topics });
    }
  }
  return { directories, problems: [...problems, ...refused] };
}

const known = (bytes: bigint): number | undefined => (bytes < 0n ? undefined : Number(bytes));
