import type { Deadline } from "../deadline.ts";
import { refusal } from "../errors.ts";
import type { BrokerAddress, BrokerLinks, Problem } from "./broker-links.ts";
import { FETCH } from "./fetch-api.ts";
import { type NextRecord, nextRecord } from "./record-batches.ts";

/** A place in a partition, and the broker that leads it. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly leader: number;
}

export interface FoundAt extends NextRecord {
  readonly place: Place;
}

/** Of committed transactions: what was aborted is nothing that a group has to read. */
const READ_COMMITTED = 1;
const NO_SESSION = [0, -1] as const;
/**
 * A partition brings as many batches as fit, the first partition at least one whole. A batch that is
 * larger, in another than the first, does not come: then the place is asked for again, in front.
 */
const PARTITION_BYTES = 128 * 1024;
const REQUEST_BYTES = 4 * 1024 * 1024;
/** Partitions of one request: what their bytes come to. */
const PLACES_PER_REQUEST = REQUEST_BYTES / PARTITION_BYTES;

/**
 * What a consumer would get next at each place: one request to each leader, for at most 32
 * partitions of it. A place that was not answered is left out.
 */
export async function nextRecords(
  links: BrokerLinks,
  brokers: readonly BrokerAddress[],
  places: readonly Place[],
  deadline: Deadline,
): Promise<{ readonly found: readonly FoundAt[]; readonly problems: readonly Problem[] }> {
  const chosen = choose(places);
  const asked = brokers.filter(({ id }) => chosen.has(id));
  const { byBroker, problems } = await links.ask(asked, async (link, { id }) => {
    const topics = (chosen.get(id) ?? []).map(({ topic, partition, offset }) => ({
      topicId: topic,
      partitions: [
        {
          partition,
          currentLeaderEpoch: -1,
          fetchOffset: BigInt(offset),
          lastFetchedEpoch: -1,
          partitionMaxBytes: PARTITION_BYTES,
        },
      ],
    }));
    const what = `records at the positions of groups, of broker ${String(id)}`;
    const limits = [0, 0, REQUEST_BYTES, READ_COMMITTED, ...NO_SESSION] as const;
    return link.read(FETCH, what, deadline, ...limits, topics, [], "");
  });
  const found: FoundAt[] = [];
  const refused = new Map<string, Problem>();
  for (const [broker, { partitions }] of byBroker) {
    const wanted = new Map(chosen.get(broker)?.map((place) => [key(place), place]));
    for (const fetched of partitions) {
      const place = wanted.get(key(fetched));
      const error = refusal(`topic ${fetched.topic}`, fetched);
      if (error) refused.set(`${String(broker)} ${error.brokerError ?? ""}`, { broker, error });
      if (error || !place) continue;
      const record = nextRecord(fetched, place.offset);
      const isThere = record.timestamp !== undefined || record.offset > place.offset;
      // Up to here there is nothing that may be read: the end, or a transaction that is still open.
      const atEnd = fetched.batches.length === 0 && fetched.lastStableOffset <= place.offset;
      if (isThere || atEnd) found.push({ place, ...record });
    }
  }
  return { found, problems: [...problems, ...refused.values()] };
}

/** For each leader, one place in each of its partitions: a request cannot name a partition twice. */
function choose(places: readonly Place[]): Map<number, Place[]> {
  const chosen = new Map<number, Place[]>();
  const taken = new Set<string>();
  for (const place of places) {
    const ofLeader = chosen.get(place.leader) ?? [];
    if (taken.has(key(place)) || ofLeader.length === PLACES_PER_REQUEST) continue;
    taken.add(key(place));
    ofLeader.push(place);
    chosen.set(place.leader, ofLeader);
  }
  return chosen;
}

const key = ({ topic, partition }: { readonly topic: string; readonly partition: number }) =>
  `${topic} ${String(partition)}`;
