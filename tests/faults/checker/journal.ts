/** What the producers have written down, and what the readers have found: lines of words. */
import type { AcknowledgedRecord, FoundRecord } from "./accounting.ts";
import type { Delivery, IsrSample } from "./measures.ts";

export interface LoadJournal {
  /** How many records each producer has sent. */
  readonly sent: readonly number[];
  readonly acknowledged: readonly (AcknowledgedRecord & Delivery)[];
  /** librdkafka's name of the error of each record that was given up. */
  readonly failures: readonly string[];
  readonly samples: readonly IsrSample[];
}

/**
 * Reads what `load.py` writes:
 *
 *     sent PRODUCER COUNT
 *     acknowledged PRODUCER SEQUENCE TOPIC PARTITION OFFSET SENT_MS LATENCY_MS
 *     failed PRODUCER SEQUENCE ERROR
 *     isr AT_MS UNDER_MIN_ISR LEADERLESS
 */
export function parseLoadJournal(text: string): LoadJournal {
  const sent: number[] = [];
  const acknowledged: LoadJournal["acknowledged"][number][] = [];
  const failures: string[] = [];
  const samples: IsrSample[] = [];
  for (const line of linesOf(text)) {
    const [kind, ...words] = line.split(" ");
    const at = (index: number) => wholeNumber(words[index], line);
    const word = (index: number) => given(words[index], line);
    if (kind === "sent") sent[at(0)] = at(1);
    else if (kind === "failed") failures.push(word(2));
    else if (kind === "isr") {
      samples.push({ atMs: at(0), underMinIsr: at(1), leaderless: at(2) });
    } else if (kind === "acknowledged") {
      const identity = { producer: at(0), sequence: at(1) };
      const place = { topic: word(2), partition: at(3), offset: at(4) };
      acknowledged.push({ ...identity, ...place, sentMs: at(5), latencyMs: at(6) });
    } else throw new Error(`not a line of a load's journal: "${line}"`);
  }
  return { sent, acknowledged, failures, samples };
}

/** A record's value is `TOPIC PRODUCER SEQUENCE` and padding. @throws Error for any other value */
function parseFound(value: string, partition: number, offset: number): FoundRecord {
  const [topic, producer, sequence] = value.split(" ");
  const [of, at] = [wholeNumber(producer, value), wholeNumber(sequence, value)];
  return { topic: given(topic, value), partition, offset, producer: of, sequence: at };
}

/** Reads what `read_back.py` writes: `TOPIC PARTITION OFFSET VALUE`. */
export const parseReadBack = (text: string): FoundRecord[] =>
  linesOf(text).map((line) => {
    const [topic = "", partition, offset, ...value] = line.split(" ");
    const [where, at] = [wholeNumber(partition, line), wholeNumber(offset, line)];
    return ofTopic(parseFound(value.join(" "), where, at), topic);
  });

/** Reads what Kafka's console consumer prints with partition and offset: tabs, and a label before each number. */
export const parseConsole = (text: string, topic: string): FoundRecord[] =>
  linesOf(text).map((line) => {
    const match = /^Partition:(\d+)\tOffset:(\d+)\t(.*)$/.exec(line);
    if (!match) throw new Error(`not a line of the console consumer: "${line}"`);
    const [, partition, offset, value = ""] = match;
    return ofTopic(parseFound(value, Number(partition), Number(offset)), topic);
  });

/** A record that says it belongs to another topic has been read from the wrong one. */
function ofTopic(record: FoundRecord, topic: string): FoundRecord {
  if (record.topic === topic) return record;
  throw new Error(`a record of topic ${record.topic} was read from ${topic}`);
}

const linesOf = (text: string): string[] => text.split("\n").filter((line) => line !== "");

function wholeNumber(word: string | undefined, line: string): number {
  if (word !== undefined && /^-?\d+$/.test(word)) return Number(word);
  throw new Error(`"${word ?? ""}" in "${line}" is not a whole number`);
}

function given(word: string | undefined, line: string): string {
  if (word !== undefined && word !== "") return word;
  throw new Error(`a word is missing in "${line}"`);
}
