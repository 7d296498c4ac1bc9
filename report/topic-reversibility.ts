import type { Change } from "./change.ts";
import { configEffect } from "./config-effects.ts";
import { type Judgement, worst } from "./judgement.ts";
import { at, isRecord, numberAt, same, shown } from "./property-value.ts";

/** A topic holds records: what becomes of them decides. */
export function judgeTopic(change: Change): Judgement {
  switch (change.verb) {
    case "replace":
      return { reversibility: "loses data", reasons: replacementReasons(change) };
    case "delete":
      return change.before?.options.retainOnDelete
        ? { reversibility: "reversible", reasons: ["the topic stays in Kafka, undeclared"] }
        : { reversibility: "loses data", reasons: ["all its records are deleted"] };
    case "update":
      return worst([partitions(change), replicationFactor(change), ...configuration(change)]);
    default:
      return { reversibility: "reversible", reasons: [] };
  }
}

function replacementReasons({ replaceKeys, before, after }: Change): string[] {
  const made = "the topic is deleted with all its records and made again, empty";
  return replaceKeys.map((key) => {
    const [from, to] = [before, after].map((side) => JSON.stringify(shown(at(side?.inputs, key))));
    if (key === "partitions") {
      return `partitions ${String(from)} → ${String(to)}: Kafka cannot take partitions away, so ${made}`;
    }
    if (key === "name") {
      return `name ${String(from)} → ${String(to)}: Kafka cannot rename, so ${made}`;
    }
    return `${key}: ${made}`;
  });
}

function partitions({ before, after }: Change): Judgement {
  const from = at(before?.inputs, "partitions");
  const to = at(after?.inputs, "partitions");
  if (same(from, to)) return { reversibility: "reversible", reasons: [] };
  const [old, next] = [numberAt(from), numberAt(to)].map((count) => String(count ?? "[unknown]"));
  return {
    reversibility: "irreversible",
    reasons: [
      `partitions ${String(old)} → ${String(next)}: they cannot be taken away again, and new records of a ` +
        "key may go to another partition than its older ones",
    ],
  };
}

function replicationFactor({ before, after }: Change): Judgement {
  const from = at(before?.inputs, "replicationFactor");
  const to = at(after?.inputs, "replicationFactor");
  if (same(from, to)) return { reversibility: "reversible", reasons: [] };
  const [old, next] = [from, to].map((count) => JSON.stringify(shown(count)));
  return {
    reversibility: "needs data to move",
    reasons: [
      `replicationFactor ${String(old)} → ${String(next)}: every partition is copied, or loses copies, by a ` +
        "reassignment that has to be throttled and watched",
    ],
  };
}

function configuration({ before, after }: Change): Judgement[] {
  const change = { before: at(before?.inputs, "config"), after: at(after?.inputs, "config") };
  const keys = [change.before, change.after].flatMap((side) =>
    isRecord(side) ? Object.keys(side) : [],
  );
  return [...new Set(keys)]
    .filter((key) => !same(at(change.before, key), at(change.after, key)))
    .sort()
    .map((key) => configEffect(key, change));
}
