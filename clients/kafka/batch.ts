import { type Deadline, untilVisible } from "./deadline.ts";
import { KafkaAdminError, type Outcome } from "./errors.ts";

/** A request for more than 10 000 partitions is refused as a whole; half of it leaves a margin. */
const RECORDS_PER_REQUEST = 5_000;

/** How entries of one kind travel together. */
export interface Batch<Entry> {
  /** Two entries with the same key are refused in one request, so they go in different ones. */
  readonly key: (entry: Entry) => string;
  /** Metadata records the entry makes. Default 1. */
  readonly records?: (entry: Entry) => number;
  /** One request; its outcomes in the order of the entries. */
  readonly send: (entries: readonly Entry[]) => Promise<readonly Outcome[]>;
  /** The entries whose effect the broker does not show yet. */
  readonly unseen: (entries: readonly Entry[]) => Promise<readonly Entry[]>;
  /** The object in messages, such as "topic orders". */
  readonly name: (entry: Entry) => string;
}

/**
 * Sends all entries in as few requests as Kafka accepts, then waits, with one shared look per
 * round, until the effect of every accepted entry is visible. Outcomes are in the order of
 * `entries`; a lost connection is the outcome of the entries that were under way only.
 */
export async function runBatch<Entry>(
  entries: readonly Entry[],
  deadline: Deadline,
  batch: Batch<Entry>,
): Promise<Outcome[]> {
  const slots = entries.map((entry): Slot<Entry> => ({ entry, outcome: undefined }));
  const { records = () => 1 } = batch;
  const parts = split(
    slots,
    ({ entry }) => batch.key(entry),
    ({ entry }) => records(entry),
  );
  for (const part of parts) {
    const results = await sendPart(
      part.map(({ entry }) => entry),
      batch.send,
    );
    part.forEach((slot, i) => (slot.outcome = results[i]));
  }
  await watch(slots, deadline, batch);
  return slots.map(({ outcome }) => outcome);
}

interface Slot<Entry> {
  readonly entry: Entry;
  outcome: Outcome;
}

/** Of two accepted writes to one object only the later one can be seen. */
async function watch<Entry>(
  slots: readonly Slot<Entry>[],
  deadline: Deadline,
  { key, name, unseen }: Batch<Entry>,
): Promise<void> {
  const accepted = slots.filter(({ outcome }) => outcome === undefined);
  const latest = new Map(accepted.map((slot) => [key(slot.entry), slot]));
  const watched = [...latest.values()];
  try {
    const entries = watched.map(({ entry }) => entry);
    const left = new Set(await untilVisible(entries, deadline, unseen));
    for (const slot of watched) {
      if (left.has(slot.entry)) slot.outcome = invisible(name(slot.entry), deadline);
    }
  } catch (error) {
    if (!(error instanceof KafkaAdminError)) throw error;
    for (const slot of watched) slot.outcome = unconfirmed(name(slot.entry), error);
  }
}

/**
 * Kafka judges entries one by one, but one it cannot even read fails the whole request with
 * `UNKNOWN_SERVER_ERROR` and nothing is done: halve it until the bad entry stands alone.
 */
async function sendPart<Entry>(
  part: readonly Entry[],
  send: Batch<Entry>["send"],
): Promise<readonly Outcome[]> {
  let results: readonly Outcome[];
  try {
    results = await send(part);
  } catch (error) {
    if (!(error instanceof KafkaAdminError)) throw error;
    return part.map(() => error);
  }
  const poisoned = results.every((one) => one?.brokerError === "UNKNOWN_SERVER_ERROR");
  if (!poisoned || part.length < 2) return results;
  const middle = Math.ceil(part.length / 2);
  const first = await sendPart(part.slice(0, middle), send);
  return [...first, ...(await sendPart(part.slice(middle), send))];
}

/** Pure: parts in which every key is unique and the records fit; order is kept within a part. */
export function split<Entry>(
  entries: readonly Entry[],
  key: (entry: Entry) => string,
  records: (entry: Entry) => number,
  limit = RECORDS_PER_REQUEST,
): Entry[][] {
  const parts: { entries: Entry[]; keys: Set<string>; records: number }[] = [];
  for (const entry of entries) {
    const name = key(entry);
    const weight = records(entry);
    // After the last part with the same key, so that of two writes to one object the later one wins.
    const after = parts.findLastIndex((part) => part.keys.has(name)) + 1;
    let part = parts.slice(after).find((one) => one.records + weight <= limit);
    if (!part) parts.push((part = { entries: [], keys: new Set(), records: 0 }));
    part.entries.push(entry);
    part.keys.add(name);
    part.records += weight;
  }
  return parts.map((part) => part.entries);
}

function invisible(name: string, deadline: Deadline): KafkaAdminError {
  return new KafkaAdminError(
    "DEADLINE",
    `${name}: the broker accepted the change but did not show it within ${deadline.totalMs} ms. Look at it (refresh) before trying again.`,
  );
}

function unconfirmed(name: string, error: KafkaAdminError): KafkaAdminError {
  return new KafkaAdminError(
    error.code,
    `${name}: the broker accepted the change but it could not be confirmed: ${error.message}`,
    error.brokerError,
  );
}
