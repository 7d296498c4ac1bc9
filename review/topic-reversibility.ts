import type { TopicChange } from "../model/agreements/approval.ts";
import type { Change } from "./change.ts";
import { configEffect } from "./config-effects.ts";
import { requiresApproval, safe, type Assessment, combine } from "./assessment.ts";
import { at, isRecord, numberAt, same, shown } from "./property-value.ts";
import { UNKNOWN_WORD } from "../model/values/shown-words.ts";

/** A topic holds records: what becomes of them decides. */
export function assessTopic(change: Change): Assessment {
  switch (change.verb) {
    case "replace":
      return combine(replaceReasons(change).map((reason) => replacement(reason, change)));
    case "delete":
      return change.before?.options.retainOnDelete
        ? safe("reversible", "the topic stays in Kafka, undeclared")
        : requiresApproval("loses data", "deletion", "all its records are deleted");
    case "update":
      return combine([partitions(change), replicationFactor(change), ...configuration(change)]);
    default:
      return safe();
  }
}

/** Never none: an object that is made again is empty, whatever for. */
const replaceReasons = ({ replaceKeys }: Change): readonly string[] =>
  replaceKeys.length === 0 ? ["a run that did not end"] : replaceKeys;

function replacement(key: string, { before, after }: Change): Assessment {
  const made = "the topic is deleted with all its records and made again, empty";
  const [from, to] = [before, after].map((side) => JSON.stringify(shown(at(side?.inputs, key))));
  const lost = (change: TopicChange, reason: string) =>
    requiresApproval("loses data", change, reason);
  switch (key) {
    case "partitions": {
      const figures = `partitions ${String(from)} → ${String(to)}`;
      const reason = `${figures}: Kafka cannot take partitions away, so ${made}`;
      return lost("partition-decrease", reason);
    }
    case "name":
      return lost(
        "rename",
        `name ${String(from)} → ${String(to)}: Kafka cannot rename, so ${made}`,
      );
    default:
      return lost("replacement", `${key}: ${made}`);
  }
}

function partitions({ before, after }: Change): Assessment {
  const from = at(before?.inputs, "partitions");
  const to = at(after?.inputs, "partitions");
  if (same(from, to)) return safe();
  const [old, next] = [numberAt(from), numberAt(to)].map((count) => String(count ?? UNKNOWN_WORD));
  return requiresApproval(
    "irreversible",
    "partition-growth",
    `partitions ${String(old)} → ${String(next)}: they cannot be taken away again, and new records of a ` +
      "key may go to another partition than its older ones",
  );
}

function replicationFactor({ before, after }: Change): Assessment {
  const from = at(before?.inputs, "replicationFactor");
  const to = at(after?.inputs, "replicationFactor");
  if (same(from, to)) return safe();
  const [old, next] = [from, to].map((count) => JSON.stringify(shown(count)));
  return safe(
    "needs data to move",
    `replicationFactor ${String(old)} → ${String(next)}: every partition is copied, or loses copies, by a ` +
      "reassignment that has to be throttled and watched",
  );
}

function configuration({ before, after }: Change): Assessment[] {
  const change = { before: at(before?.inputs, "config"), after: at(after?.inputs, "config") };
  const keys = [change.before, change.after].flatMap((side) =>
    isRecord(side) ? Object.keys(side) : [],
  );
  return [...new Set(keys)]
    .filter((key) => !same(at(change.before, key), at(change.after, key)))
    .sort()
    .map((key) => configEffect(key, change));
}
